"""Roles of guests, on their environment or a space of it."""

from django.db import IntegrityError, transaction

from access.actions import Action
from access.actors import Actor, Resource
from access.policy import require
from access.queries import findable
from accounts.models import Role, RoleAssignment
from environments.models import Environment
from events.actions import record
from guests.actions.grants import check_somebody
from guests.models import Guest
from guests.resources import guest_in
from lib.ids import is_id
from lib.problems import InvalidInput, NotFound, Problem
from spaces.models import Space


class NoPlaceForGuest(InvalidInput):
    code, field = "no_place_for_guest", "resourceId"
    message = "A guest's role is on their environment, or on a space of it."


class RoleAlreadyAssigned(Problem):
    code, status = "role_already_assigned", 409
    message = "This guest has this role there already."


def find_role(actor: Actor, id: str) -> Role:
    """A role of the actor's account, which everybody in it knows. Raises NotFound."""
    role = Role.objects.filter(account_id=actor.account_id, pk=id).first() if is_id(id) else None
    if role is None:
        raise NotFound
    return role


def find_place(actor: Actor, id: str) -> Environment | Space:
    """The environment or space of that id. Raises NotFound, NoPlaceForGuest for an account."""
    if id and id == actor.account_id:
        raise NoPlaceForGuest
    model: type[Environment] | type[Space] = Space if id.startswith("us_sp_") else Environment
    found = findable(model, actor, Action.ASSIGN_ROLE).filter(pk=id).first() if is_id(id) else None
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def assign_role(actor: Actor, guest: Guest, role: Role, place: Environment | Space) -> RoleAssignment:
    """Give the guest the role there. Only an Admin of that place does, so no role is wider than the giver's.

    Raises NoPlaceForGuest, RoleAlreadyAssigned, GuestOfLink.
    """
    require(actor, Action.ASSIGN_ROLE, place.resource)
    check_somebody(guest)
    if guest.environment_id != place.resource.environment_id or role.account_id != guest.account_id:
        raise NoPlaceForGuest
    where = {"space": place} if isinstance(place, Space) else {"environment": place}
    try:
        with transaction.atomic():
            made = RoleAssignment.objects.create(account_id=guest.account_id, guest=guest, role=role, **where)
    except IntegrityError:
        raise RoleAlreadyAssigned from None
    payload = {"guestId": guest.pk, "role": role.name, "resourceId": made.resource_id}
    record(actor, Action.ASSIGN_ROLE, _about(guest, made), payload=payload)
    return made


@transaction.atomic
def remove_role(actor: Actor, assignment: RoleAssignment) -> None:
    """Take a role from its guest, from the next request on. Twice is not an error."""
    guest = assignment.guest
    if guest is None:
        raise NoPlaceForGuest
    about = _about(guest, assignment)
    require(actor, Action.REMOVE_ROLE, about)
    if RoleAssignment.objects.filter(pk=assignment.pk).delete()[0]:
        payload = {"guestId": guest.pk, "role": assignment.role.name, "resourceId": assignment.resource_id}
        record(actor, Action.REMOVE_ROLE, about, payload=payload)


def _about(guest: Guest, assignment: RoleAssignment) -> Resource:
    return guest_in(guest, assignment.space) if assignment.space else guest.resource
