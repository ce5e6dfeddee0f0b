"""/secrets (flatfile-api.md, section 19): of an environment, of a space in it, of an actor."""

from typing import Any

from django.db.models import Q
from rest_framework.response import Response

from access.actions import Action
from access.actors import Resource
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from accounts.models import Member
from environments import actions
from environments.models import Environment, Secret
from environments.serializers import NewSecret, SecretsIn, secret_out
from environments.shapes import SecretOut
from guests.models import Guest
from lib.drf import data
from lib.operations import many, operation
from lib.problems import InvalidInput
from spaces.models import Space


class Secrets(Api):
    """/secrets"""

    @operation("list_secrets", query=SecretsIn, answers=many(SecretOut))
    def get(self, request: Request) -> Response:
        """List the secrets of an environment, by name.

        With a space or an actor also theirs, which go before the environment's of the same name.
        """
        possible(request.actor, Action.VIEW_SECRET)
        given = SecretsIn.of(request.query_params)
        environment = _environment(request, given, Action.VIEW_SECRET)
        return _listed(request, environment, given.get("spaceId"), given.get("actorId", ""))

    @operation("set_secret", body=NewSecret, answers=many(SecretOut))
    def post(self, request: Request) -> Response:
        """Create a secret, or replace the value of the one of that name; all of them are returned."""
        possible(request.actor, Action.SET_SECRET)
        given = NewSecret.of(request.data)
        environment = _environment(request, given, Action.SET_SECRET)
        place = {"space": _space(request, given), "owner": _owner(request, given)}
        actions.set_secret(request.actor, environment, name=given["name"], value=given["value"], **place)
        return _listed(request, environment, given.get("spaceId"), given.get("actorId", ""))


class OneSecret(Api):
    """/secrets/{secretId}"""

    @operation("delete_secret", answers=many(SecretOut))
    def delete(self, request: Request, secret_id: str) -> Response:
        """Delete a secret; those that are left are returned."""
        secret = get_visible(Secret, request.actor, secret_id, to=Action.DELETE_SECRET, related=("environment",))
        actions.delete_secret(request.actor, secret)
        return _listed(request, secret.environment, secret.space_id, secret.actor_id)


def _environment(request: Request, given: dict[str, Any], to: Action) -> Environment:
    """The environment that was named, or that the space or the credential implies."""
    named = given.get("environmentId") or request.actor.environment_id
    if "spaceId" in given:
        space = get_visible(Space, request.actor, given["spaceId"])
        if named not in (None, space.environment_id):
            raise InvalidInput("This space lies in another environment.", field="spaceId")
        named = space.environment_id
    if not named:
        raise InvalidInput("Name the environment.", field="environmentId")
    return get_visible(Environment, request.actor, named, to=to)


def _space(request: Request, given: dict[str, Any]) -> Resource | None:
    if "spaceId" not in given:
        return None
    return get_visible(Space, request.actor, given["spaceId"], related=("environment",)).resource


def _owner(request: Request, given: dict[str, Any]) -> Resource | None:
    """The member or guest that was named. Raises NotFound."""
    id = given.get("actorId")
    if not id:
        return None
    if id.startswith("us_g_"):
        return get_visible(Guest, request.actor, id, related=("environment",)).resource
    return get_visible(Member, request.actor, id).resource


def _listed(request: Request, environment: Environment, space_id: str | None, actor_id: str) -> Response:
    """What holds there: of one name the actor's own goes first, then the space's, then the environment's."""
    places = Q(space=None) | Q(space=space_id) if space_id else Q(space=None)
    found = visible(Secret, request.actor).filter(places, environment=environment, actor_id__in={"", actor_id})
    holding = {
        secret.name: secret for secret in sorted(found, key=lambda one: (bool(one.actor_id), bool(one.space_id)))
    }
    return data([secret_out(holding[name]) for name in sorted(holding)])
