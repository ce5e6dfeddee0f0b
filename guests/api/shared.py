"""/shared-links: the public links of spaces, which the official SDK does not know."""

from typing import Any

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from guests import actions
from guests.models import SharedLink
from guests.serializers.shared import NewSharedLink, SharedLinkChange, SharedLinksIn, shared_link_out
from guests.shapes import SharedLinkOut
from lib.drf import data, listing, success
from lib.operations import done, listed, one, operation
from spaces.models import Space

NAMES = {"expiresAt": "expires_at", "mostUses": "most_uses", "password": "password"}


class SharedLinks(Api):
    """/shared-links"""

    @operation("list_shared_links", query=SharedLinksIn, answers=listed(SharedLinkOut))
    def get(self, request: Request) -> Response:
        """List the public links within reach, each with its address."""
        possible(request.actor, Action.VIEW_SHARED_LINK)
        given = SharedLinksIn.of(request.query_params)
        rows = visible(SharedLink, request.actor).filter(revoked_at=None).select_related("space__environment")
        if "spaceId" in given:
            rows = rows.filter(space_id=given["spaceId"])
        return listing(given, rows.order_by("-created_at", "-pk"), shared_link_out)

    @operation("create_shared_link", body=NewSharedLink, answers=one(SharedLinkOut))
    def post(self, request: Request) -> Response:
        """Make a new public link for a space; the one it had ends, with everybody who came in by it."""
        possible(request.actor, Action.CREATE_SHARED_LINK)
        given = NewSharedLink.of(request.data)
        space = get_visible(
            Space, request.actor, given.pop("spaceId"), to=Action.CREATE_SHARED_LINK, related=("environment",)
        )
        return data(shared_link_out(actions.create_shared_link(request.actor, space, **_named(given))))


class OneSharedLink(Api):
    """/shared-links/{sharedLinkId}"""

    @operation("update_shared_link", body=SharedLinkChange, answers=one(SharedLinkOut))
    def patch(self, request: Request, shared_link_id: str) -> Response:
        """Change until when, how often and with which password a link lets people in; null takes that away."""
        given = SharedLinkChange.of(request.data)
        link = _found(request, shared_link_id, Action.UPDATE_SHARED_LINK)
        return data(shared_link_out(actions.update_shared_link(request.actor, link, **_named(given))))

    @operation("revoke_shared_link", answers=done)
    def delete(self, request: Request, shared_link_id: str) -> Response:
        """Revoke a link for ever, with everybody who came in by it."""
        actions.revoke_shared_link(request.actor, _found(request, shared_link_id, Action.REVOKE_SHARED_LINK))
        return success()


def _found(request: Request, id: str, to: Action) -> SharedLink:
    return get_visible(SharedLink, request.actor, id, to=to, related=("space__environment", "environment"))


def _named(given: dict[str, Any]) -> dict[str, Any]:
    return {NAMES[name]: value for name, value in given.items()}
