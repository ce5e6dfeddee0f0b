"""Companies and their people: Account, User, Member, Role, RoleAssignment."""

import unicodedata
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from access.actions import Action
from access.actors import Resource
from access.actors import Role as RoleName
from lib import crypto, emails
from lib.ids import IdField

LONGEST_PASSWORD = 1024


class Account(models.Model):
    """A company: the tenant that every other row belongs to."""

    view_action: ClassVar = Action.VIEW_ACCOUNT
    facts: ClassVar = {"account_id": "pk"}

    id = IdField("us_acc_", primary_key=True)
    name = models.CharField(max_length=255)
    metadata = models.JSONField(default=dict)
    allowed_origins = models.JSONField(default=list)  # each in the form of lib.web_origins.normal
    default_app_id = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name

    @property
    def resource(self) -> Resource:
        return Resource(kind="account", id=self.pk, account_id=self.pk, label=self.name)


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A login of that address, in canonical form. Hashes: never call it inside a transaction."""
        user = self.model(email=emails.canonical(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username)


class User(AbstractBaseUser):
    """A login: an address and a password. It never leaves the building; an account knows its Member."""

    # A UUID, because the links of a password reset take no underscore.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=255, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    # What was signed in or minted before these moments no longer opens anything (security.md, ruling 6).
    sign_ins_not_before = models.DateTimeField(default=timezone.now)
    tokens_not_before = models.DateTimeField(default=timezone.now)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.email

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(normal(raw_password) if raw_password else raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        if raw_password is None or len(raw_password) > LONGEST_PASSWORD:
            return False
        return super().check_password(normal(raw_password))

    def get_session_auth_hash(self) -> str:
        """What a session keeps of the password it began with, so that another password ends it.

        Under no key, for session data is sealed: so a new SECRET_KEY ends no session, and none has to change its id.
        """
        return crypto.fingerprint(f"session {self.password}")


def normal(password: str) -> str:
    """The form of a password that is hashed: NFKC (security.md, ruling 23)."""
    return unicodedata.normalize("NFKC", password)


class Member(models.Model):
    """A user in one account: what the API calls a User, what tokens belong to, what roles are given to."""

    view_action: ClassVar = Action.VIEW_MEMBER
    facts: ClassVar = {"account_id": "account_id", "owner_id": "pk"}

    id = IdField("us_usr_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    name = models.CharField(max_length=255)
    metadata = models.JSONField(default=dict)
    dashboard = models.IntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    last_seen_at = models.DateTimeField(null=True)
    deactivated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "user"], name="a_user_is_a_member_of_an_account_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def resource(self) -> Resource:
        return Resource(kind="member", id=self.pk, account_id=self.account_id, owner_id=self.pk, label=self.name)


class Role(models.Model):
    """One of the roles of an account; what it allows is in access/tables.py."""

    view_action: ClassVar = Action.VIEW_ROLE
    facts: ClassVar = {"account_id": "account_id"}

    id = IdField("us_rol_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=32, choices=[(name.value, name.value) for name in RoleName])
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="one_role_of_a_name_per_account")]

    def __str__(self) -> str:
        return self.name

    @property
    def resource(self) -> Resource:
        return Resource(kind="role", id=self.pk, account_id=self.account_id, label=self.name)


class RoleAssignment(models.Model):
    """A role given to a member or guest: on the whole account, or on one environment or space of it."""

    id = IdField("us_acr_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="assignments")
    guest = models.ForeignKey("guests.Guest", on_delete=models.CASCADE, null=True, related_name="assignments")
    environment = models.ForeignKey("environments.Environment", on_delete=models.CASCADE, null=True, related_name="+")
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(environment__isnull=True) | Q(space__isnull=True),
                name="an_assignment_has_at_most_one_narrower_resource",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, guest__isnull=True) | Q(member__isnull=True, guest__isnull=False),
                name="an_assignment_has_exactly_one_actor",
            ),
            models.UniqueConstraint(
                fields=["role", "guest", "environment"],
                condition=Q(guest__isnull=False, space__isnull=True),
                name="a_role_is_given_to_a_guest_once_on_an_environment",
            ),
            models.UniqueConstraint(
                fields=["role", "guest", "space"],
                condition=Q(guest__isnull=False, environment__isnull=True),
                name="a_role_is_given_to_a_guest_once_on_a_space",
            ),
            # Three, because a UNIQUE over columns that may be NULL would not compare those.
            models.UniqueConstraint(
                fields=["role", "member"],
                condition=Q(environment__isnull=True, space__isnull=True),
                name="a_role_is_given_once_on_the_account",
            ),
            models.UniqueConstraint(
                fields=["role", "member", "environment"],
                condition=Q(environment__isnull=False),
                name="a_role_is_given_once_on_an_environment",
            ),
            models.UniqueConstraint(
                fields=["role", "member", "space"],
                condition=Q(space__isnull=False),
                name="a_role_is_given_once_on_a_space",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.member or self.guest}"

    @property
    def resource_id(self) -> str:
        """What the role is given on: an account, environment or space id (flatfile-api.md, section 9)."""
        return self.space_id or self.environment_id or self.account_id
