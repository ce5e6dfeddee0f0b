"""Inviting guests by mail into a space they were given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import refusal, require
from access.queries import get_visible
from events.actions import record
from guests import mail
from guests.actions.inviting import may_invite
from guests.links import renew_link
from guests.models import Grant, Guest, MagicLink
from guests.resources import guest_in
from lib import limits
from lib.ids import is_id
from lib.problems import InvalidInput, Problem
from spaces.models import Space

LONGEST_NAME, LONGEST_MESSAGE = 100, 2_000
# One mailbox, however many people invite it (security.md, row 56).
PER_MINUTE = limits.Limit("invitations to a mailbox and space in a minute", 1, timedelta(minutes=1))
PER_HOUR = limits.Limit("invitations to a mailbox and space in an hour", 5, timedelta(hours=1))
IN_ALL = limits.Limit("invitations to a mailbox in an hour", 20, timedelta(hours=1))


class MagicLinkOff(Problem):
    code, status = "magic_link_off", 409
    message = (
        "Guests do not come into this space by magic link: it is archived, or its guestAuthentication is without it."
    )
    field = "spaceId"


class GuestNotInSpace(Problem):
    code, status = "guest_not_in_space", 409
    message = "This guest was not given that space. Give it to them first, then invite them."
    field = "guestId"


class GuestHasNoAddress(Problem):
    code, status = "guest_without_address", 409
    message = "This guest has no e-mail address, so there is nowhere to send an invitation."
    field = "guestId"


class BadInvitation(InvalidInput):
    code = "bad_invitation"
    message = f"A name has at most {LONGEST_NAME} printable characters, a message at most {LONGEST_MESSAGE}."
    field = "message"


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """One invitation to be mailed."""

    guest: Guest
    space: Space
    from_name: str = ""
    message: str = ""


@transaction.atomic
def invite_guests(actor: Actor, invitations: Iterable[NewInvitation]) -> list[MagicLink]:
    """Mail all of them or, when one is refused, none. Of two for one guest and space the last counts.

    In one order, so that two that are asked for at once never wait for each other's counters.
    """
    once = {(one.guest.email, one.space.pk, one.guest.pk): one for one in invitations}
    return [
        invite_guest(actor, one.guest, space=one.space, from_name=one.from_name, message=one.message)
        for _, one in sorted(once.items(), key=lambda item: item[0])
    ]


@transaction.atomic
def invite_guest(actor: Actor, guest: Guest, *, space: Space, from_name: str = "", message: str = "") -> MagicLink:
    """Queue the mail that invites a guest into a space they were given; an earlier invitation ends with it.

    Raises GuestNotInSpace, GuestHasNoAddress, MagicLinkOff, BadInvitation, TooManyAttempts.
    """
    require(actor, Action.INVITE_GUEST, space.resource)
    if not (decision := may_invite(actor, space)):
        raise refusal(decision)
    grant = _grant(guest, space)
    name, text = checked_texts(from_name, message)
    _count(guest.email, space.pk)
    link = renew_link(
        grant,
        MagicLink.Kind.INVITATION,
        invited_by_id=actor.id,
        invited_by_label=actor.name[:255],
        from_name=name,
        message=text,
    )
    mail.send_invitation.enqueue(link.pk)
    # Other guests of the space read it too, so the address is not in it.
    payload = {"guestId": guest.pk, "spaceId": space.pk, "invitationId": link.pk}
    record(actor, Action.INVITE_GUEST, guest_in(guest, space), payload=payload)
    return link


def find_invitee(actor: Actor, space: Space, id: str) -> Guest:
    """A guest of this space; or any other that the actor may see, who will be refused in clearer words.

    For somebody who may invite into the space. Raises NotFound.
    """
    in_space = Guest.objects.select_related("environment").filter(grants__space=space)
    found = in_space.filter(pk=id).first() if is_id(id) else None
    return found or get_visible(Guest, actor, id, related=("environment",))


def checked_texts(from_name: str, message: str) -> tuple[str, str]:
    """Both as they are mailed: the name on one line, nothing unprintable. Raises BadInvitation."""
    name = " ".join(from_name.split())
    lines = [" ".join(line.split()) for line in message.strip().splitlines()]
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInvitation(field="fromName")
    if sum(map(len, lines)) > LONGEST_MESSAGE or not all(line.isprintable() for line in lines):
        raise BadInvitation
    return name, "\n".join(lines)


def _grant(guest: Guest, space: Space) -> Grant:
    """What the guest was given of the space, when an invitation to it can lead somewhere."""
    now = timezone.now()
    grant = Grant.objects.select_related("guest", "space__environment").filter(guest=guest, space=space).first()
    if grant is None or grant.has_ended(now):
        raise GuestNotInSpace
    if not guest.email:
        raise GuestHasNoAddress
    if grant.why_closed(now):
        raise MagicLinkOff
    return grant


def _count(email: str, space_id: str) -> None:
    limits.hit(PER_MINUTE, f"{email} {space_id}")
    limits.hit(PER_HOUR, f"{email} {space_id}")
    limits.hit(IN_ALL, email)
