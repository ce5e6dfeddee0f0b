"""/auth/api-key and /auth/api-keys (flatfile-api.md, section 6), and what is ours beside them."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from rest_framework.response import Response

from access.actions import Action
from access.actors import Actor
from access.drf import Api, Request
from access.policy import can
from access.queries import get_visible, possible, visible
from environments import actions
from environments.models import ApiKey, Environment, Keys
from environments.serializers import KeyChange, KeysIn, KeyToDelete, NewKey, OfEnvironment, Rotation, key_out
from lib import crypto
from lib.drf import data, success
from lib.problems import NotFound

MOST_KNOCKING = 100


class AllKeys(Api):
    """/auth/api-keys"""

    def get(self, request: Request) -> Response:
        possible(request.actor, Action.VIEW_KEY)
        given = KeysIn.of(request.query_params)
        environment = get_visible(Environment, request.actor, given["environmentId"], to=Action.VIEW_KEY)
        keys: Keys = visible(ApiKey, request.actor).filter(environment=environment)  # type: ignore[assignment]
        if given.get("usedAfterEnd"):
            return data([key_out(key) for key in keys.knocking()[:MOST_KNOCKING]])
        live = keys.live().select_related("environment").order_by("-created_at", "-pk")
        return data(_shown(request.actor, live))


class Key(Api):
    """/auth/api-key"""

    def post(self, request: Request) -> Response:
        possible(request.actor, Action.CREATE_KEY)
        given = NewKey.of(request.query_params)
        given["expires_at"] = given.pop("expiresAt", None)
        environment = get_visible(Environment, request.actor, given.pop("environmentId"), to=Action.CREATE_KEY)
        issued = actions.create_key(request.actor, environment, **given)
        return data([key_out(issued.key, issued.secret)])

    def delete(self, request: Request) -> Response:
        possible(request.actor, Action.REVOKE_KEY)
        given = KeyToDelete.of(request.query_params)
        environment = get_visible(Environment, request.actor, given["environmentId"], to=Action.REVOKE_KEY)
        keys = visible(ApiKey, request.actor).filter(environment=environment).select_related("environment")
        key = keys.filter(Q(pk=given["key"]) | Q(digest__in=crypto.digests(given["key"]))).first()
        if key is None:
            raise NotFound
        actions.revoke_key(request.actor, key)
        return success()


class OneKey(Api):
    """/auth/api-keys/{keyId}"""

    def patch(self, request: Request, key_id: str) -> Response:
        key = get_visible(ApiKey, request.actor, key_id, to=Action.RENAME_KEY, related=("environment",))
        return data(key_out(actions.rename_key(request.actor, key, **KeyChange.of(request.data))))

    def delete(self, request: Request, key_id: str) -> Response:
        key = get_visible(ApiKey, request.actor, key_id, to=Action.REVOKE_KEY, related=("environment",))
        actions.revoke_key(request.actor, key)
        return success()


class RevealKey(Api):
    """/auth/api-keys/{keyId}/reveal"""

    def post(self, request: Request, key_id: str) -> Response:
        key = get_visible(ApiKey, request.actor, key_id, to=Action.REVEAL_KEY, related=("environment",))
        return data(key_out(key, actions.reveal_key(request.actor, key)))


class RotateKey(Api):
    """/auth/api-keys/{keyId}/rotate"""

    def post(self, request: Request, key_id: str) -> Response:
        key = get_visible(ApiKey, request.actor, key_id, to=Action.ROTATE_KEY, related=("environment",))
        issued = actions.rotate_key(request.actor, key, **Rotation.of(request.data))
        return data(key_out(issued.key, issued.secret))


class CompleteRotation(Api):
    """/auth/api-keys/{keyId}/complete"""

    def post(self, request: Request, key_id: str) -> Response:
        key = get_visible(ApiKey, request.actor, key_id, to=Action.COMPLETE_ROTATION, related=("environment",))
        return data(key_out(actions.complete_rotation(request.actor, key)))


class CancelRotation(Api):
    """/auth/api-keys/{keyId}/cancel"""

    def post(self, request: Request, key_id: str) -> Response:
        key = get_visible(ApiKey, request.actor, key_id, to=Action.CANCEL_ROTATION, related=("environment",))
        return data(key_out(actions.cancel_rotation(request.actor, key)))


class PublishableKey(Api):
    """/auth/publishable-key"""

    def get(self, request: Request) -> Response:
        possible(request.actor, Action.VIEW_PUBLISHABLE_KEY)
        environment_id = OfEnvironment.of(request.query_params)["environmentId"]
        get_visible(Environment, request.actor, environment_id, to=Action.VIEW_PUBLISHABLE_KEY)
        keys = visible(ApiKey, request.actor, to=Action.VIEW_PUBLISHABLE_KEY)
        live = keys.live().filter(environment_id=environment_id, type=ApiKey.Type.PUBLISHABLE)  # type: ignore[attr-defined]
        key = live.order_by("-created_at", "-pk").first()
        if key is None:
            raise NotFound("This environment has no publishable key. Create one first.")
        return data(key_out(key))


@transaction.atomic
def _shown(actor: Actor, keys: Any) -> list[dict[str, Any]]:
    """Secret keys in full while the proof is fresh, each on record as revealed (security.md, rulings 10 and 18)."""
    return [
        key_out(key, actions.reveal_key(actor, key) if key.is_secret and _may_reveal(actor, key) else None)
        for key in keys
    ]


def _may_reveal(actor: Actor, key: ApiKey) -> bool:
    return bool(can(actor, Action.REVEAL_KEY, key.resource))
