"""The API of accounts and people: all is read, the account also changed (flatfile-api.md, sections 7 to 9)."""

from django.db.models import F, Q, QuerySet
from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, visible
from accounts import actions
from accounts.models import Account, Member, Role
from accounts.serializers import (
    SORTABLE,
    AccountChange,
    UsersIn,
    account_out,
    assignment_out,
    member_out,
    role_out,
)
from accounts.shapes import AccountOut, RoleAssignmentOut, RoleOut, UserOut
from lib.drf import data, listing
from lib.operations import listed, many, one, operation


class CurrentAccount(Api):
    """/accounts/current"""

    @operation("get_current_account", answers=one(AccountOut))
    def get(self, request: Request) -> Response:
        """Get the account of the credential."""
        return data(account_out(get_visible(Account, request.actor, request.actor.account_id or "")))

    @operation("update_account", body=AccountChange, answers=one(AccountOut))
    def patch(self, request: Request) -> Response:
        """Change the account."""
        account_id = request.actor.account_id or ""
        account = get_visible(Account, request.actor, account_id, to=Action.UPDATE_ACCOUNT)
        return data(account_out(actions.update_account(request.actor, account, **AccountChange.named(request.data))))


class Users(Api):
    """/users"""

    @operation("list_users", query=UsersIn, answers=listed(UserOut))
    def get(self, request: Request) -> Response:
        """List the members of the account."""
        given = UsersIn.of(request.query_params)
        rows = visible(Member, request.actor).select_related("user")
        if "email" in given:
            rows = rows.filter(user__email=given["email"].strip().casefold())
        if "search" in given:
            rows = rows.filter(Q(name__icontains=given["search"]) | Q(user__email__icontains=given["search"]))
        return listing(given, _sorted(rows, given.get("sortField"), given.get("sortDirection")), member_out)


class OneUser(Api):
    """/users/{userId}"""

    @operation("get_user", answers=one(UserOut))
    def get(self, request: Request, user_id: str) -> Response:
        """Get a member of the account."""
        return data(member_out(get_visible(Member, request.actor, user_id, related=("user",))))


class UserRoles(Api):
    """/users/{userId}/roles"""

    @operation("list_user_roles", answers=many(RoleAssignmentOut))
    def get(self, request: Request, user_id: str) -> Response:
        """List the roles that a member has."""
        member = get_visible(Member, request.actor, user_id, to=Action.VIEW_ROLE)
        return data([assignment_out(assignment) for assignment in member.assignments.order_by("created_at", "pk")])


class Roles(Api):
    """/roles"""

    @operation("list_roles", answers=many(RoleOut))
    def get(self, request: Request) -> Response:
        """List the roles that members of the account can have."""
        return data([role_out(role) for role in visible(Role, request.actor).order_by("created_at", "pk")])


def _sorted(rows: QuerySet[Member], field: str | None, direction: str | None) -> QuerySet[Member]:
    """Newest first unless asked otherwise; what has no value comes last either way."""
    if field is None:
        return rows.order_by("-created_at", "-pk")
    column = F(SORTABLE[field])
    order = column.desc(nulls_last=True) if direction == "desc" else column.asc(nulls_last=True)
    return rows.order_by(order, "pk")
