"""Acting as a guest: a token of theirs for a program, and the end of all they have."""

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import require
from events.actions import record
from guests.models import Guest
from lib.locks import hold
from lib.problems import NotFound
from lib.times import moment
from tokens.credentials.guests import mint_guest_token, text_of
from tokens.models import AccessToken


@transaction.atomic
def issue_guest_token(actor: Actor, guest: Guest, space_id: str = "") -> str:
    """The text of a token that acts as the guest for an hour; it dies with the credential that asked for it.

    With a space, only for a guest who was given it. Raises NotFound.
    """
    require(actor, Action.ISSUE_GUEST_TOKEN, guest.resource)
    now = timezone.now()
    if space_id and not has_space(guest, space_id):
        raise NotFound
    token = mint_guest_token(guest.pk, guest.account_id, now, parent=actor)
    payload = {"guestId": guest.pk, "accessTokenId": token.pk, "expiresAt": moment(token.expires_at)}
    record(actor, Action.ISSUE_GUEST_TOKEN, guest.resource, payload=payload)
    return text_of(token)


@transaction.atomic
def end_guest_sessions(actor: Actor, guest: Guest) -> int:
    """End all sessions and tokens of the guest, and say how many there were. What they were given stays theirs."""
    require(actor, Action.END_GUEST_SESSIONS, guest.resource)
    hold(guest)  # so that no sibling of a token is made meanwhile
    now = timezone.now()
    ended = AccessToken.objects.filter(guest=guest, revoked_at=None, expires_at__gt=now).update(revoked_at=now)
    record(actor, Action.END_GUEST_SESSIONS, guest.resource, payload={"guestId": guest.pk, "ended": ended})
    return ended


def has_space(guest: Guest, space_id: str) -> bool:
    """Whether the guest was given anything of the space, and it has not ended."""
    grant = guest.grants.filter(space_id=space_id).first()
    return grant is not None and not grant.has_ended(timezone.now())
