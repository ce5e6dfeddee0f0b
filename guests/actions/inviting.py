"""What a guest may do for others: let somebody into a space they have the whole of (security.md, ruling 8)."""

from datetime import datetime, timedelta

from access.actions import Action
from access.actors import Actor
from access.policy import Decision, can, refusal
from environments.models import Environment
from guests.models import Grant
from lib import limits
from spaces.models import Space

INTO_A_SPACE = "A guest lets others into a space, and into nothing else. Name the space."
NAMELESS = "Whoever came in without an address of their own, by a public link or an embed, lets nobody in."
NOT_WHOLE = "Only a guest of the whole space lets others into it."
NO_INVITES = "This space does not let its guests invite others."
# One guest's invitations are a few people, never a list of addresses.
PER_HOUR = limits.Limit("guests added by a guest in an hour", 50, timedelta(hours=1))


def check_inviter(actor: Actor, environment: Environment, spaces: list[Space]) -> None:
    """Refuses a guest who may not add somebody to each of these spaces; anybody else passes. Raises Forbidden.

    A role that was given to a guest adds nothing here: what counts is the space itself.
    """
    if not actor.kind.is_guest:
        return
    if not spaces:
        raise refusal(Decision(False, Action.CREATE_GUEST, "guest_invites", INTO_A_SPACE, environment.resource))
    for space in spaces:
        check_inviter_into(actor, space)
    limits.hit(PER_HOUR, actor.id)


def check_inviter_into(actor: Actor, space: Space) -> None:
    """The same for one space, uncounted. Raises Forbidden."""
    if not (decision := may_invite(actor, space, Action.GIVE_SPACE)):
        raise refusal(decision)


def may_invite(actor: Actor, space: Space, action: Action = Action.INVITE_GUEST) -> Decision:
    """Whether they may let somebody into this space, and why not: the one place that says so (security.md, ruling 8).

    Members and keys may where they have the right; a guest only into a space they have the whole of, that lets them.
    Who came in by a public link invites nobody: what they gave would outlive the link, its limit and its password.
    """
    decision = can(actor, action, space.resource)
    if not actor.kind.is_guest:
        return decision
    held = actor.places.whole_spaces if actor.places else frozenset()
    refusals = {NAMELESS: not actor.email, NOT_WHOLE: space.pk not in held, NO_INVITES: not _lets_guests_invite(space)}
    why = next((why for why, holds in refusals.items() if holds), "")
    return Decision(False, action, "guest_invites", why, space.resource) if why else decision


def no_later_than_own(actor: Actor, space: Space, expires_at: datetime | None) -> datetime | None:
    """The end of what is given: never later than that of the guest who gives it."""
    if not actor.kind.is_guest:
        return expires_at
    own = Grant.objects.filter(guest_id=actor.id, space=space).values_list("expires_at", flat=True).first()
    return min((end for end in (own, expires_at) if end), default=None)


def _lets_guests_invite(space: Space) -> bool:
    """Whether its guests may bring others: by magic link, unless `showGuestInvite` is false."""
    sidebar = space.metadata.get("sidebarConfig") if isinstance(space.metadata, dict) else None
    is_off = isinstance(sidebar, dict) and sidebar.get("showGuestInvite") is False
    return not is_off and space.archived_at is None and "magic_link" in space.ways_in
