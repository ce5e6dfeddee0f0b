"""/secrets (flatfile-api.md, section 19), of the environment; those of spaces and actors come with them."""

from typing import Any

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from environments import actions
from environments.models import Environment, Secret
from environments.serializers import NewSecret, SecretsIn, secret_out
from environments.shapes import SecretOut
from lib.drf import data
from lib.operations import many, operation
from lib.problems import InvalidInput
from spaces.models import Space


class Secrets(Api):
    """/secrets"""

    @operation("list_secrets", query=SecretsIn, answers=many(SecretOut))
    def get(self, request: Request) -> Response:
        """List the secrets of an environment, by name."""
        possible(request.actor, Action.VIEW_SECRET)
        return _listed(request, _environment(request, SecretsIn.of(request.query_params), Action.VIEW_SECRET))

    @operation("set_secret", body=NewSecret, answers=many(SecretOut))
    def post(self, request: Request) -> Response:
        """Create a secret, or replace the value of the one of that name; all of them are returned."""
        possible(request.actor, Action.SET_SECRET)
        given = NewSecret.of(request.data)
        for scope in ("spaceId", "actorId"):
            if scope in given:
                raise InvalidInput("Secrets belong to a whole environment for now. Leave this out.", field=scope)
        environment = _environment(request, given, Action.SET_SECRET)
        actions.set_secret(request.actor, environment, name=given["name"], value=given["value"])
        return _listed(request, environment)


class OneSecret(Api):
    """/secrets/{secretId}"""

    @operation("delete_secret", answers=many(SecretOut))
    def delete(self, request: Request, secret_id: str) -> Response:
        """Delete a secret; those that are left are returned."""
        secret = get_visible(Secret, request.actor, secret_id, to=Action.DELETE_SECRET, related=("environment",))
        actions.delete_secret(request.actor, secret)
        return _listed(request, secret.environment)


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


def _listed(request: Request, environment: Environment) -> Response:
    secrets = visible(Secret, request.actor).filter(environment=environment).order_by("name", "pk")
    return data([secret_out(secret) for secret in secrets])
