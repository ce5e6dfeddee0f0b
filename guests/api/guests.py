"""/guests (flatfile-api.md, section 11)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from rest_framework.response import Response

from access.actions import Action
from access.actors import Actor
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from guests import actions
from guests.actions import NewGuest
from guests.models import Grant, Guest
from guests.serializers.guests import GuestChange, GuestIn, GuestsIn, SpaceIn, guest_out_for, guest_out_to, one_or_many
from guests.shapes import GuestOut, GuestTokenOut
from lib import emails
from lib.drf import data, listing, success
from lib.operations import done, either, many, one, operation
from lib.problems import InvalidInput, NotFound
from spaces.models import Space

MOST_LISTED = 1_000
PAGING = {"pageSize", "pageNumber", "after"}
WITH_GRANTS = ("grants", "grants__parts")


class Guests(Api):
    """/guests"""

    @operation("list_guests", query=GuestsIn, answers=either(GuestOut))
    def get(self, request: Request) -> Response:
        """List guests, the newest first: up to 1,000 at once, or in pages."""
        possible(request.actor, Action.VIEW_GUEST)
        given, now = GuestsIn.of(request.query_params), timezone.now()
        rows = _filtered(visible(Guest, request.actor), given).prefetch_related(*WITH_GRANTS)
        rows = rows.order_by("-created_at", "-pk")
        if PAGING & request.query_params.keys():
            return listing(given, rows, lambda guest: guest_out_for(request.actor, guest, now))
        return data([guest_out_for(request.actor, guest, now) for guest in rows[:MOST_LISTED]])

    @operation("create_guests", body=[GuestIn], answers=many(GuestOut), refuses=(429,))
    def post(self, request: Request) -> Response:
        """Create one guest or several, with what they are given.

        An address that is a guest's already is that guest, who is given the spaces as well.
        """
        possible(request.actor, Action.CREATE_GUEST)
        sent = one_or_many(GuestIn, request.data)
        made = actions.create_guests(request.actor, [_new(request, given) for given in sent])
        guests = Guest.objects.prefetch_related(*WITH_GRANTS).in_bulk([guest.pk for guest in made])
        now = timezone.now()
        return data(
            [guest_out_to(request.actor, guests[guest.pk], now, given) for guest, given in zip(made, sent, strict=True)]
        )


class OneGuest(Api):
    """/guests/{guestId}"""

    @operation("get_guest", answers=one(GuestOut))
    def get(self, request: Request, guest_id: str) -> Response:
        """Read a guest."""
        return data(_out(request.actor, get_visible(Guest, request.actor, guest_id)))

    @operation("update_guest", body=GuestChange, answers=one(GuestOut))
    def patch(self, request: Request, guest_id: str) -> Response:
        """Change a guest; `spaces` is the whole list of what they have from now on."""
        given = GuestChange.of(request.data)
        guest = get_visible(Guest, request.actor, guest_id, to=Action.UPDATE_GUEST, related=("environment",))
        if given.pop("environmentId", guest.environment_id) != guest.environment_id:
            raise InvalidInput("A guest stays in their environment.", field="environmentId")
        if "spaces" in given:
            given["spaces"] = actions.find_given(request.actor, guest.environment_id, given["spaces"])
        return data(_out(request.actor, actions.update_guest(request.actor, guest, **given)))

    @operation("delete_guest", query=SpaceIn, answers=done)
    def delete(self, request: Request, guest_id: str) -> Response:
        """Delete a guest for good, or take one space from them."""
        space_id = SpaceIn.of(request.query_params).get("spaceId")
        action = Action.DELETE_GUEST if space_id is None else Action.VIEW_GUEST
        guest = get_visible(Guest, request.actor, guest_id, to=action, related=("environment",))
        if space_id is None:
            actions.delete_guest(request.actor, guest)
        else:
            space = get_visible(Space, request.actor, space_id, to=Action.WITHDRAW_SPACE, related=("environment",))
            actions.withdraw_space(request.actor, guest, space)
        return success()


class GuestToken(Api):
    """/guests/{guestId}/token: a GET that mints, as the SDK has it."""

    @operation("issue_guest_token", query=SpaceIn, answers=one(GuestTokenOut))
    def get(self, request: Request, guest_id: str) -> Response:
        """Get an access token that acts as the guest."""
        guest, space_id = _asked(request, guest_id)
        return data({"token": actions.issue_guest_token(request.actor, guest, space_id), "valid": True})

    def head(self, request: Request, guest_id: str) -> Response:
        """Answered alike, and nothing is minted."""
        _asked(request, guest_id)
        return data({})


def _asked(request: Request, guest_id: str) -> tuple[Guest, str]:
    space_id = SpaceIn.of(request.query_params).get("spaceId", "")
    guest = get_visible(Guest, request.actor, guest_id, to=Action.ISSUE_GUEST_TOKEN, related=("environment",))
    if space_id and not actions.has_space(guest, space_id):
        raise NotFound
    return guest, space_id


def _new(request: Request, given: dict[str, Any]) -> NewGuest:
    environment = actions.find_environment(request.actor, given["environmentId"])
    spaces = actions.find_given(request.actor, environment.pk, given.get("spaces", []))
    return NewGuest(environment, given["email"], given.get("name", ""), spaces)


def _out(actor: Actor, guest: Guest) -> dict[str, Any]:
    return guest_out_for(actor, Guest.objects.prefetch_related(*WITH_GRANTS).get(pk=guest.pk), timezone.now())


def _filtered(rows: QuerySet[Guest], given: dict[str, Any]) -> QuerySet[Guest]:
    if "spaceId" in given:
        rows = rows.filter(grants__in=Grant.objects.lasting(timezone.now()).filter(space_id=given["spaceId"]))
    if "environmentId" in given:
        rows = rows.filter(environment_id=given["environmentId"])
    if "email" in given:
        rows = rows.filter(email=_address(given["email"]))
    if "search" in given:
        rows = rows.filter(Q(name__icontains=given["search"]) | Q(email__icontains=given["search"]))
    return rows


def _address(email: str) -> str | None:
    """What guests are found by; None, which is nobody, for what is no address."""
    try:
        return emails.canonical(email)
    except emails.BadEmail:
        return None
