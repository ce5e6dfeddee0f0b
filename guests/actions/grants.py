"""Giving a guest a space, the whole or parts of it, and taking it again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.limits import check_expiry
from access.policy import require
from events.actions import record
from guests.actions.given import Given
from guests.actions.inviting import check_inviter_into, no_later_than_own
from guests.models import Grant, GrantPart, Guest
from guests.resources import guest_in
from lib.locks import hold
from lib.problems import NotFound, Problem
from lib.times import moment
from spaces.models import Space

MOST_GRANTS = 500
CHANGED = "space:guestUpdated"


class TooManyGrants(Problem):
    code, status = "too_many_grants", 409
    message = f"A guest has at most {MOST_GRANTS} spaces. Take one from them first."


class GuestOfLink(Problem):
    code, status = "guest_of_a_link", 409
    message = (
        "This guest is everybody who has the link of a data clip, and goes with it. "
        "End the link, or name a guest who has an address."
    )


@transaction.atomic
def give_space(actor: Actor, guest: Guest, given: Given, *, via: Grant.Via = Grant.Via.INVITATION) -> Grant:
    """Put what the guest has of the space to exactly this; it holds from their next request on.

    A guest changes nothing that somebody else has already, and gives nothing that outlasts their own. What had ended
    is given anew, so that an old invitation stays dead. Raises TooManyGrants, BadExpiry, GuestOfLink, NotFound for
    another environment.
    """
    require(actor, Action.GIVE_SPACE, given.space.resource)
    check_inviter_into(actor, given.space)
    if guest.environment_id != given.space.environment_id:
        raise NotFound
    check_somebody(guest)
    if not given.keeps_end:
        check_expiry(given.expires_at)
    hold(guest)
    grant = Grant.objects.filter(guest=guest, space=given.space).first()
    if grant and grant.has_ended(timezone.now()):
        grant.delete()
        grant = None
    if grant is None:
        return _new_grant(actor, guest, given, via)
    return grant if actor.kind.is_guest else _change(actor, guest, grant, given)


def check_somebody(guest: Guest) -> None:
    """Who may share a clip says who has its link: the link's guest is no way round that. Raises GuestOfLink."""
    if guest.clip_id:
        raise GuestOfLink


@transaction.atomic
def withdraw_space(actor: Actor, guest: Guest, space: Space) -> None:
    """Take what the guest was given of the space; their next request finds nothing of it. Twice is not an error."""
    require(actor, Action.WITHDRAW_SPACE, space.resource)
    hold(guest)
    if Grant.objects.filter(guest=guest, space=space).delete()[0]:
        record(actor, Action.WITHDRAW_SPACE, guest_in(guest, space), payload=facts_of(guest, space))


@transaction.atomic
def put_spaces(actor: Actor, guest: Guest, given: list[Given]) -> None:
    """Give exactly these spaces, each as it is described, and take every other one."""
    kept = {one.space.pk for one in given}
    for grant in guest.grants.exclude(space__in=kept).select_related("space__environment"):
        withdraw_space(actor, guest, grant.space)
    for one in given:
        give_space(actor, guest, one)


def facts_of(guest: Guest, space: Space) -> dict[str, Any]:
    """The payload of an event about a guest and a space (flatfile-api.md, section 20)."""
    return {"guestId": guest.pk, "email": guest.email, "spaceId": space.pk}


def _new_grant(actor: Actor, guest: Guest, given: Given, via: Grant.Via) -> Grant:
    if Grant.objects.filter(guest=guest).count() >= MOST_GRANTS:
        raise TooManyGrants
    grant = Grant.objects.create(
        account_id=guest.account_id,
        guest=guest,
        space=given.space,
        via=via,
        has_workbook_limit=given.workbooks is not None,
        has_sheet_limit=given.sheets is not None,
        expires_at=no_later_than_own(actor, given.space, given.expires_at),
        granted_by_id=actor.id,
        granted_by_label=actor.name[:255],
    )
    _put_parts(grant, given)
    record(actor, Action.GIVE_SPACE, guest_in(guest, given.space), payload=_payload(guest, grant, given))
    return grant


def _change(actor: Actor, guest: Guest, grant: Grant, given: Given) -> Grant:
    """The grant as it is to be. What is already so is no event."""
    end = grant.expires_at if given.keeps_end else given.expires_at
    wanted = (given.workbooks is not None, given.sheets is not None, end)
    is_same = wanted == (grant.has_workbook_limit, grant.has_sheet_limit, grant.expires_at)
    if not _put_parts(grant, given) and is_same:
        return grant
    grant.has_workbook_limit, grant.has_sheet_limit, grant.expires_at = wanted
    grant.save(update_fields=["has_workbook_limit", "has_sheet_limit", "expires_at"])
    payload = _payload(guest, grant, given)
    record(actor, Action.GIVE_SPACE, guest_in(guest, given.space), topic=CHANGED, payload=payload)
    return grant


def _put_parts(grant: Grant, given: Given) -> bool:
    """Make the list of parts this one; whether that changed anything."""
    wanted: dict[str, dict[str, Any]] = {part.pk: {"workbook": part} for part in given.workbooks or ()}
    wanted |= {part.pk: {"sheet": part} for part in given.sheets or ()}
    listed = {str(part): part for part in grant.parts.all()}
    gone = [part.pk for id, part in listed.items() if id not in wanted]
    fresh = [GrantPart(grant=grant, **part) for id, part in wanted.items() if id not in listed]
    GrantPart.objects.filter(pk__in=gone).delete()
    GrantPart.objects.bulk_create(fresh)
    return bool(gone or fresh)


def _payload(guest: Guest, grant: Grant, given: Given) -> dict[str, Any]:
    """With what of the space was given, where it is not the whole."""
    listed = {"workbookIds": given.workbooks, "sheetIds": given.sheets}
    parts = {name: [part.pk for part in found] for name, found in listed.items() if found is not None}
    end = {"expiresAt": moment(grant.expires_at)} if grant.expires_at else {}
    return facts_of(guest, given.space) | parts | end
