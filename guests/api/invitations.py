"""/invitations and /invitations/exchange (flatfile-api.md, sections 8, 11 and 12)."""

from typing import Any

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, OpenApi, Request
from access.origins import origin_of
from access.queries import get_visible, possible
from guests import actions, credentials
from guests.actions import NewInvitation
from guests.credentials import Exchanged
from guests.serializers.guests import ExchangeIn, InviteIn, exchanged_out, one_or_many
from guests.shapes import ExchangedOut
from lib.drf import data, success
from lib.operations import done, one, operation
from spaces.models import Space


class Invitations(Api):
    """/invitations"""

    @operation("invite_guests", body=[InviteIn], answers=done, refuses=(429,))
    def post(self, request: Request) -> Response:
        """Invite one guest or several by mail."""
        possible(request.actor, Action.INVITE_GUEST)
        actions.invite_guests(
            request.actor, [_invitation(request, given) for given in one_or_many(InviteIn, request.data)]
        )
        return success()


class Exchange(OpenApi):
    """/invitations/exchange. Whether there is such a guest, the answer to an address does not tell."""

    @operation("exchange_link", body=ExchangeIn, answers=one(ExchangedOut), refuses=(401, 429))
    def post(self, request: Request) -> Response:
        """Exchange the secret of a link for an access token, or have a new link sent."""
        given = ExchangeIn.of(request.data)
        origin = origin_of(request._request)
        if "token" in given:
            password = given.get("password", "")
            return data(exchanged_out(credentials.exchange_any_link(given["token"], origin, password)))
        credentials.ask_link(given["email"], given["spaceId"], origin)
        return data(exchanged_out(Exchanged(sent_to=given["email"])))


def _invitation(request: Request, given: dict[str, Any]) -> NewInvitation:
    space = get_visible(Space, request.actor, given["spaceId"], to=Action.INVITE_GUEST, related=("environment",))
    guest = actions.find_invitee(request.actor, space, given["guestId"])
    return NewInvitation(guest, space, given.get("fromName", ""), given.get("message", ""))
