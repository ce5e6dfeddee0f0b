"""What the API reads and shows of accounts and people (flatfile-api.md, sections 7 to 9)."""

from typing import Any

from rest_framework import serializers

from accounts.models import Account, Member, Role, RoleAssignment
from lib.drf import PAGE_SIZE, Input, Paged, Text, Texts, Whole, present
from lib.times import moment

# Names of the API → names of the domain function.
ACCOUNT_FIELDS = {
    "name": "name",
    "defaultAppId": "default_app_id",
    "embeddedDomainWhitelist": "allowed_origins",
}
SORTABLE = {
    "email": "user__email",
    "name": "name",
    "id": "pk",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "last_seen_at": "last_seen_at",
    "dashboard": "dashboard",
    # Everybody's identity comes from here, so these order nothing; the SDK may name them.
    "idp": "pk",
    "idp_ref": "pk",
}
IDP = "LATCHKEY"


class AccountChange(Input):
    """Body of PATCH /accounts/current; every field is optional."""

    name = Text(max_length=255, required=False)
    defaultAppId = Text(max_length=40, required=False, allow_blank=True)
    embeddedDomainWhitelist = Texts(required=False, max_length=1000)  # the domain says how many there may be

    @classmethod
    def named(cls, given: Any) -> dict[str, Any]:
        """What was given, under the names of the domain function."""
        return {ACCOUNT_FIELDS[name]: value for name, value in cls.of(given).items()}


class UsersIn(Paged):
    """Query of GET /users."""

    pageSize = Whole(least=1, most=99_999_999, default=20, help_text=PAGE_SIZE)
    email = Text(required=False, max_length=254)
    search = Text(required=False, max_length=254)
    sortField = serializers.ChoiceField(choices=sorted(SORTABLE), required=False)
    sortDirection = serializers.ChoiceField(choices=["asc", "desc"], required=False)


def account_out(account: Account) -> dict[str, Any]:
    return {
        "id": account.pk,
        "name": account.name,
        "metadata": account.metadata,
        "embeddedDomainWhitelist": account.allowed_origins,
        "createdAt": moment(account.created_at),
        "updatedAt": moment(account.updated_at),
        **present(defaultAppId=account.default_app_id or None),
    }


def member_out(member: Member) -> dict[str, Any]:
    return present(
        id=member.pk,
        email=member.user.email,
        name=member.name,
        accountId=member.account_id,
        idp=IDP,
        metadata=member.metadata,
        createdAt=moment(member.created_at),
        updatedAt=moment(member.updated_at),
        lastSeenAt=moment(member.last_seen_at),
        dashboard=member.dashboard,
    )


def role_out(role: Role) -> dict[str, Any]:
    return {
        "id": role.pk,
        "name": role.name,
        "accountId": role.account_id,
        "createdAt": moment(role.created_at),
        "updatedAt": moment(role.updated_at),
    }


def assignment_out(assignment: RoleAssignment) -> dict[str, Any]:
    return {
        "id": assignment.pk,
        "roleId": assignment.role_id,
        "actorId": assignment.member_id,
        "resourceId": assignment.resource_id,
        "createdAt": moment(assignment.created_at),
        "updatedAt": moment(assignment.updated_at),
    }
