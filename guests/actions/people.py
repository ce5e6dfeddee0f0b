"""Creating, changing and deleting guests."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import require
from environments.models import Environment, Secret
from events.actions import record
from guests.actions.given import Given
from guests.actions.grants import check_somebody, facts_of, give_space, put_spaces
from guests.actions.inviting import check_inviter
from guests.models import Guest, MagicLink
from guests.resources import guest_in
from lib import emails
from lib.changes import put
from lib.locks import hold
from lib.problems import InvalidInput, Problem
from tokens.models import AccessToken

MOST_GUESTS = 100_000
LONGEST_NAME = 255


class GuestEmailTaken(Problem):
    code, status = "guest_email_taken", 409
    message = "Another guest of this environment has this address. Use another, or change that guest."
    field = "email"


class GuestNameInvalid(InvalidInput):
    code, message = "guest_name_invalid", f"A guest's name is one line of at most {LONGEST_NAME} characters."
    field = "name"


class TooManyGuests(Problem):
    code, status = "too_many_guests", 409
    message = f"An environment has at most {MOST_GUESTS:,} guests. Delete those who need it no more."


@dataclass(frozen=True, slots=True)
class NewGuest:
    """One guest as a request describes it."""

    environment: Environment
    email: str
    name: str = ""
    spaces: Sequence[Given] = ()


@transaction.atomic
def create_guests(actor: Actor, wanted: Iterable[NewGuest]) -> list[Guest]:
    """All of them or, when one is refused, none."""
    return [create_guest(actor, one.environment, email=one.email, name=one.name, spaces=one.spaces) for one in wanted]


@transaction.atomic
def create_guest(
    actor: Actor, environment: Environment, *, email: str, name: str = "", spaces: Sequence[Given] = ()
) -> Guest:
    """A guest with this address and these spaces; nothing is mailed.

    An address that is a guest's already is that guest: they get the spaces as well, and keep their name. One that was
    deleted is a stranger, with another id and nothing from before (security.md, ruling 7).
    Raises BadEmail, GuestNameInvalid, TooManyGuests, TooManyGrants.
    """
    for place in [given.space.resource for given in spaces] or [environment.resource]:
        require(actor, Action.CREATE_GUEST, place)
    check_inviter(actor, environment, [given.space for given in spaces])
    address, label = emails.canonical(email), _name(name)
    hold(environment)
    guest = Guest.objects.filter(environment=environment, email=address).first()
    if guest is None:
        guest = _new_guest(actor, environment, address, label, spaces)
    elif label and not guest.name:
        Guest.objects.filter(pk=guest.pk).update(name=label, updated_at=timezone.now())
    guest.environment = environment
    for given in spaces:
        give_space(actor, guest, given)
    return guest


@transaction.atomic
def update_guest(
    actor: Actor,
    guest: Guest,
    *,
    email: str | None = None,
    name: str | None = None,
    spaces: list[Given] | None = None,
) -> Guest:
    """Change the address, the name, and what they were given: exactly `spaces`, when they are listed.

    Another address is another mailbox: whoever came in by the old one is signed out, and its links are dead.
    Raises BadEmail, GuestEmailTaken, GuestNameInvalid, TooManyGrants, GuestOfLink.
    """
    require(actor, Action.UPDATE_GUEST, guest.resource)
    check_somebody(guest)
    environment = guest.environment
    guest = hold(guest)
    guest.environment = environment
    wanted = {} if email is None else {"email": emails.canonical(email)}
    if name is not None:
        wanted["name"] = _name(name)
    if changed := list(put(guest, wanted, ("email", "name"))):
        _save(guest, changed)
        payload = {"guestId": guest.pk, "environmentId": guest.environment_id, "email": guest.email}
        record(actor, Action.UPDATE_GUEST, guest.resource, payload=payload | {"changes": changed})
    if "email" in changed:
        _end_old_mailbox(guest)
    if spaces is not None:
        put_spaces(actor, guest, spaces)
    return guest


@transaction.atomic
def delete_guest(actor: Actor, guest: Guest) -> None:
    """Delete a guest with their grants, roles, links and tokens, all at once and for good. Twice is not an error.

    Raises GuestOfLink.
    """
    require(actor, Action.DELETE_GUEST, guest.resource)
    check_somebody(guest)
    # Held against a token or grant that is just being made, too.
    if not Guest.objects.select_for_update().filter(pk=guest.pk).first():
        return
    left = list(guest.grants.select_related("space__environment").order_by("created_at"))
    resource = guest.resource
    Guest.objects.filter(pk=guest.pk).delete()
    Secret.objects.filter(environment=guest.environment_id, actor_id=guest.pk).delete()
    for grant in left:
        record(actor, Action.WITHDRAW_SPACE, guest_in(guest, grant.space), payload=facts_of(guest, grant.space))
    payload = {"guestId": guest.pk, "environmentId": guest.environment_id, "email": guest.email}
    record(actor, Action.DELETE_GUEST, resource, payload=payload)


def _new_guest(actor: Actor, environment: Environment, email: str, name: str, spaces: Sequence[Given]) -> Guest:
    # Visitors without an address are limited where they come in.
    if Guest.objects.filter(environment=environment).exclude(email="").count() >= MOST_GUESTS:
        raise TooManyGuests
    guest = Guest(account_id=environment.account_id, environment=environment, email=email, name=name)
    guest.created_by_id, guest.created_by_label = actor.id, actor.name[:255]
    guest.save(force_insert=True)
    # A guest's deed is about the space: that is what they may do it in.
    resource = guest_in(guest, spaces[0].space) if actor.kind.is_guest else guest.resource
    payload = {"guestId": guest.pk, "environmentId": environment.pk, "email": email}
    record(actor, Action.CREATE_GUEST, resource, payload=payload)
    return guest


def _save(guest: Guest, changed: list[str]) -> None:
    try:
        with transaction.atomic():
            guest.save(update_fields=[*changed, "updated_at"])
    except IntegrityError:
        raise GuestEmailTaken from None


def _end_old_mailbox(guest: Guest) -> None:
    """Sessions, tokens and links, for good: back at the old address, none of them lives again."""
    now = timezone.now()
    AccessToken.objects.filter(guest=guest, revoked_at=None).update(revoked_at=now)
    MagicLink.objects.filter(grant__guest=guest, used_at=None, replaced_at=None).update(replaced_at=now)


def _name(name: str) -> str:
    name = name.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise GuestNameInvalid
    return name
