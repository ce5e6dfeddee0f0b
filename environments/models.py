"""Environments and what is born and dies with them: API keys and secrets."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from access import lifetimes
from access.actions import Action
from access.actors import Resource
from accounts.models import Account, Member
from lib import crypto
from lib.ids import IdField

MAGIC_LINK = "magic_link"
SHARED_LINK = "shared_link"
GUEST_AUTHENTICATION = (MAGIC_LINK, SHARED_LINK)
KNOCKED_WITHIN = timedelta(days=30)


def both_ways() -> list[str]:
    return list(GUEST_AUTHENTICATION)


def close_ways_in(place: models.Model, before: list[str], after: list[str]) -> list[str]:
    """Raise the version of each way in that was taken away (security.md, ruling 22); the fields that changed."""
    fields = [f"{way}_version" for way in GUEST_AUTHENTICATION if way in before and way not in after]
    for field in fields:
        setattr(place, field, getattr(place, field) + 1)
    return fields


class Environment(models.Model):
    """One isolated world of an account: development, production, … (flatfile-api.md, section 10)."""

    view_action: ClassVar = Action.VIEW_ENVIRONMENT
    facts: ClassVar = {"account_id": "account_id", "environment_id": "pk", "is_production": "is_prod"}

    id = IdField("us_env_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="environments")
    name = models.CharField(max_length=255)
    is_prod = models.BooleanField(default=False)
    guest_authentication = models.JSONField(default=both_ways)
    # Raised when guests may no longer come in that way: links and tokens of before never work again.
    magic_link_version = models.IntegerField(default=1)
    shared_link_version = models.IntegerField(default=1)
    features = models.JSONField(default=dict)
    metadata = models.JSONField(default=dict)
    translations_path = models.CharField(max_length=1024, blank=True)
    namespaces = models.JSONField(default=list)
    language_override = models.CharField(max_length=35, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="one_environment_of_a_name_per_account"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def word(self) -> str:
        return self.name[:1].upper() + self.name[1:]

    @property
    def tone(self) -> str:
        return "live" if self.is_prod else "dev"

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="environment",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.pk,
            is_production=self.is_prod,
            label=self.name,
            environment_label=self.name,
        )


class Keys(models.QuerySet["ApiKey"]):
    def live(self) -> "Keys":
        """The keys that open something now."""
        now = timezone.now()
        lasting = (Q(expires_at=None) | Q(expires_at__gt=now)) & (Q(ends_at=None) | Q(ends_at__gt=now))
        return self.filter(lasting, revoked_at=None)

    def expiring_soon(self) -> "Keys":
        """Those of the live that end by themselves within 14 days, and that nothing is about to replace."""
        return self.filter(lifetimes.ending_soon(), ends_at=None)

    def unused(self) -> "Keys":
        """Those of the live that nothing has used for 90 days."""
        return self.filter(lifetimes.unused(), ends_at=None)

    def knocking(self) -> "Keys":
        """The keys that have ended and were tried all the same within the last 30 days, the latest first."""
        now = timezone.now()
        ended = Q(revoked_at__isnull=False) | Q(expires_at__lte=now) | Q(ends_at__lte=now)
        return self.filter(ended, refused_at__gt=now - KNOCKED_WITHIN).order_by("-refused_at", "-pk")


class ApiKey(models.Model):
    """A program's key to one environment, looked up by digest; sealed as well, because administrators may see it."""

    view_action: ClassVar = Action.VIEW_KEY
    facts: ClassVar = {"account_id": "account_id", "environment_id": "environment_id"}

    class Type(models.TextChoices):
        SECRET = "SECRET", "Secret key"
        PUBLISHABLE = "PUBLISHABLE", "Publishable key"

    id = IdField("us_key_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="keys")
    type = models.CharField(max_length=11, choices=Type.choices)
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    pepper_mark = models.CharField(max_length=8, blank=True, help_text="Which pepper made the digest; blank: unknown.")
    sealed = models.BinaryField()
    hint = models.CharField(max_length=12)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by_label = models.CharField(max_length=255, blank=True)
    scopes = models.JSONField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    # Rotation: the new key names the old one, whose overlap ends at `ends_at`.
    rotated_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="successors")
    ends_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_client = models.CharField(max_length=255, blank=True)
    last_used_ip = models.CharField(max_length=45, blank=True)
    # The last time somebody knocked with it after its end.
    refused_at = models.DateTimeField(null=True)
    refused_client = models.CharField(max_length=255, blank=True)
    refused_ip = models.CharField(max_length=45, blank=True)

    objects = Keys.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["environment", "-created_at", "-id"], name="live_keys", condition=Q(revoked_at__isnull=True)
            ),
            models.Index(
                fields=["environment", "-refused_at"], name="knocking_keys", condition=Q(refused_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint})"

    @property
    def is_secret(self) -> bool:
        return self.type == self.Type.SECRET

    @property
    def is_live(self) -> bool:
        now = timezone.now()
        return self.revoked_at is None and all(end is None or end > now for end in (self.expires_at, self.ends_at))

    @property
    def ended_at(self) -> datetime | None:
        """When it stopped working; None while it works."""
        ends, now = (self.revoked_at, self.expires_at, self.ends_at), timezone.now()
        return min((end for end in ends if end and end <= now), default=None)

    @property
    def expires_soon(self) -> bool:
        return self.ends_at is None and lifetimes.ends_soon(self.expires_at)

    @property
    def is_unused(self) -> bool:
        return self.ends_at is None and lifetimes.is_unused(self.created_at, self.last_used_at)

    @property
    def text(self) -> str:
        """The key itself, opened. Faces show it of publishable keys; of secret ones only reveal_key does."""
        return crypto.unseal(self.sealed, self.pk)

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="key",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            label=self.name,
            environment_label=self.environment.name,
        )


class Secret(models.Model):
    """A named value that agents and listeners of an environment read at run time (flatfile-api.md, section 19)."""

    view_action: ClassVar = Action.VIEW_SECRET
    facts: ClassVar = {"account_id": "account_id", "environment_id": "environment_id"}

    id = IdField("us_sec_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="secrets")
    # For one space or one actor alone: there it goes before the environment's of the same name.
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, null=True, related_name="secrets")
    actor_id = IdField(blank=True)
    name = models.CharField(max_length=1024)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by_label = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["environment", "name", "actor_id"],
                condition=Q(space__isnull=True),
                name="one_secret_of_a_name_per_environment_and_actor",
            ),
            models.UniqueConstraint(
                fields=["space", "name", "actor_id"],
                condition=Q(space__isnull=False),
                name="one_secret_of_a_name_per_space_and_actor",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> str:
        return crypto.unseal(self.sealed, self.pk)

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="secret",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            label=self.name,
            environment_label=self.environment.name,
        )
