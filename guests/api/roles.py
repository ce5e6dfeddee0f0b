"""/guests/{guestId}/roles (flatfile-api.md, sections 9 and 11)."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible
from accounts.models import RoleAssignment
from guests import actions
from guests.models import Guest
from guests.serializers.guests import NewRole, guest_role_out
from guests.shapes import GuestRoleOut
from lib.drf import data, success
from lib.ids import is_id
from lib.operations import done, many, one, operation
from lib.problems import NotFound


class GuestRoles(Api):
    """/guests/{guestId}/roles"""

    @operation("list_guest_roles", answers=many(GuestRoleOut))
    def get(self, request: Request, guest_id: str) -> Response:
        """List the roles of a guest."""
        guest = get_visible(Guest, request.actor, guest_id)
        return data([guest_role_out(held) for held in guest.assignments.order_by("created_at", "pk")])

    @operation("assign_role", body=NewRole, answers=one(GuestRoleOut))
    def post(self, request: Request, guest_id: str) -> Response:
        """Give a guest a role on their environment or a space of it."""
        possible(request.actor, Action.ASSIGN_ROLE)
        given = NewRole.of(request.data)
        guest = get_visible(Guest, request.actor, guest_id, related=("environment",))
        role = actions.find_role(request.actor, given["roleId"])
        place = actions.find_place(request.actor, given["resourceId"])
        return data(guest_role_out(actions.assign_role(request.actor, guest, role, place)))


class OneGuestRole(Api):
    """/guests/{guestId}/roles/{actorRoleId}"""

    @operation("remove_role", answers=done)
    def delete(self, request: Request, guest_id: str, assignment_id: str) -> Response:
        """Take a role from a guest."""
        possible(request.actor, Action.REMOVE_ROLE)
        guest = get_visible(Guest, request.actor, guest_id, related=("environment",))
        actions.remove_role(request.actor, _assignment(guest, assignment_id))
        return success()


def _assignment(guest: Guest, id: str) -> RoleAssignment:
    found = RoleAssignment.objects.select_related("role", "guest__environment", "space__environment")
    assignment = found.filter(guest=guest, pk=id).first() if is_id(id) else None
    if assignment is None:
        raise NotFound
    return assignment
