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
from environments.shapes import KeyOut
from lib import crypto
from lib.drf import data, success
from lib.operations import done, many, one, operation
from lib.problems import NotFound

MOST_KNOCKING = 100


class AllKeys(Api):
    """/auth/api-keys"""

    @operation("list_keys", query=KeysIn, answers=many(KeyOut))
    def get(self, request: Request) -> Response:
        """List the keys of an environment that work, or those that were tried after their end."""
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

    @operation("create_key", query=NewKey, answers=many(KeyOut))
    def post(self, request: Request) -> Response:
        """Create a key; the list holds it alone."""
        possible(request.actor, Action.CREATE_KEY)
        given = NewKey.of(request.query_params)
        given["expires_at"] = given.pop("expiresAt", None)
        environment = get_visible(Environment, request.actor, given.pop("environmentId"), to=Action.CREATE_KEY)
        issued = actions.create_key(request.actor, environment, **given)
        return data([key_out(issued.key, issued.secret)])

    @operation("delete_key", query=KeyToDelete, answers=done)
    def delete(self, request: Request) -> Response:
        """Delete a key, named by its id or by itself."""
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

    @operation("rename_key", body=KeyChange, answers=one(KeyOut))
    def patch(self, request: Request, key_id: str) -> Response:
        """Rename a key."""
        key = get_visible(ApiKey, request.actor, key_id, to=Action.RENAME_KEY, related=("environment",))
        return data(key_out(actions.rename_key(request.actor, key, **KeyChange.of(request.data))))

    @operation("revoke_key", answers=done)
    def delete(self, request: Request, key_id: str) -> Response:
        """Delete a key; twice is no error."""
        key = get_visible(ApiKey, request.actor, key_id, to=Action.REVOKE_KEY, related=("environment",))
        actions.revoke_key(request.actor, key)
        return success()


class RevealKey(Api):
    """/auth/api-keys/{keyId}/reveal"""

    @operation("reveal_key", answers=one(KeyOut))
    def post(self, request: Request, key_id: str) -> Response:
        """Show a secret key in full, on record."""
        key = get_visible(ApiKey, request.actor, key_id, to=Action.REVEAL_KEY, related=("environment",))
        return data(key_out(key, actions.reveal_key(request.actor, key)))


class RotateKey(Api):
    """/auth/api-keys/{keyId}/rotate"""

    @operation("rotate_key", body=Rotation, answers=one(KeyOut))
    def post(self, request: Request, key_id: str) -> Response:
        """Create a key like this one, which stops after the overlap."""
        key = get_visible(ApiKey, request.actor, key_id, to=Action.ROTATE_KEY, related=("environment",))
        issued = actions.rotate_key(request.actor, key, **Rotation.of(request.data))
        return data(key_out(issued.key, issued.secret))


class CompleteRotation(Api):
    """/auth/api-keys/{keyId}/complete"""

    @operation("complete_rotation", answers=one(KeyOut))
    def post(self, request: Request, key_id: str) -> Response:
        """Stop the old key of a rotation now; the new one is returned."""
        key = get_visible(ApiKey, request.actor, key_id, to=Action.COMPLETE_ROTATION, related=("environment",))
        return data(key_out(actions.complete_rotation(request.actor, key)))


class CancelRotation(Api):
    """/auth/api-keys/{keyId}/cancel"""

    @operation("cancel_rotation", answers=one(KeyOut))
    def post(self, request: Request, key_id: str) -> Response:
        """Stop the new key of a rotation; the old one goes on and is returned."""
        key = get_visible(ApiKey, request.actor, key_id, to=Action.CANCEL_ROTATION, related=("environment",))
        return data(key_out(actions.cancel_rotation(request.actor, key)))


class PublishableKey(Api):
    """/auth/publishable-key"""

    @operation("get_publishable_key", query=OfEnvironment, answers=one(KeyOut))
    def get(self, request: Request) -> Response:
        """Get the newest publishable key of an environment."""
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
