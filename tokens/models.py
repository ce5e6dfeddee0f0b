"""Credentials of people and of programs that act for them: tokens, client pairs, access tokens and what signs those."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from access import lifetimes
from access.actions import Action
from access.actors import Resource
from accounts.models import Account, Member
from environments.models import Environment
from lib import crypto
from lib.ids import IdField

OWNED: dict[str, str] = {"account_id": "account_id", "owner_id": "member_id"}


class Pairs(models.QuerySet["ClientCredential"]):
    def live(self) -> "Pairs":
        """The pairs that still open something: not deleted, and not ended by a new password."""
        return self.filter(revoked_at=None, created_at__gte=F("member__user__tokens_not_before"))


class Tokens(models.QuerySet["PersonalAccessToken"]):
    def live(self) -> "Tokens":
        """The tokens that still open something, as the statement that resolves one decides it."""
        now = timezone.now()
        parent, minter = "parent_token", "parent_access_token"
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=now),
            _lasting(parent)
            | Q(**{f"{parent}__revoked_at": None, f"{parent}__expires_at": None})
            | Q(**{f"{parent}__revoked_at": None, f"{parent}__expires_at__gt": now}),
            _lasting(minter)
            | Q(
                _lasting(f"{minter}__client") | Q(**{f"{minter}__client__revoked_at": None}),
                **{
                    f"{minter}__revoked_at": None,
                    f"{minter}__expires_at__gt": now,
                    f"{minter}__auth_time__gte": F("member__user__sign_ins_not_before"),
                },
            ),
            revoked_at=None,
            created_at__gte=F("member__user__tokens_not_before"),
        )

    def expiring_soon(self) -> "Tokens":
        """Those of the live that end by themselves within 14 days."""
        return self.filter(lifetimes.ending_soon())

    def unused(self) -> "Tokens":
        """Those of the live that nothing has used for 90 days."""
        return self.filter(lifetimes.unused())


def _lasting(parent: str) -> Q:
    """Nothing it would die with."""
    return Q(**{f"{parent}__isnull": True})


class SigningKey(models.Model):
    """An Ed25519 pair that signs access tokens. A retired one still verifies what it signed, until `dies_at`."""

    id = IdField("us_jwk_", primary_key=True)
    public = models.TextField(help_text="JSON Web Key, public half.")
    sealed = models.BinaryField(help_text="JSON Web Key, private half, encrypted.")
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    dies_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="one_signing_key_is_current"
            ),
        ]

    def __str__(self) -> str:
        return self.pk

    @property
    def private(self) -> str:
        return crypto.unseal(self.sealed, self.pk)


class ClientCredential(models.Model):
    """The legacy pair of client id and secret, exchanged for an access token of its owner."""

    view_action: ClassVar = Action.VIEW_CLIENT
    facts: ClassVar = OWNED

    id = IdField("us_cc_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="clients")
    client_id = models.CharField(max_length=36, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    pepper_mark = models.CharField(max_length=8, blank=True, help_text="Which pepper made the digest; blank: unknown.")
    hint = models.CharField(max_length=12)
    description = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_client = models.CharField(max_length=255, blank=True)
    last_used_ip = models.CharField(max_length=45, blank=True)

    objects = Pairs.as_manager()

    def __str__(self) -> str:
        return self.client_id

    @property
    def resource(self) -> Resource:
        return Resource("client", self.pk, self.account_id, owner_id=self.member_id, label=self.client_id)


class AccessToken(models.Model):
    """The live state behind a signed access token: its `jti`. Who may do what is never in the token itself."""

    class Kind(models.TextChoices):
        PASSWORD = "password", "by e-mail and password"
        CLIENT = "client", "by client id and secret"
        GUEST = "guest", "of a guest"
        SPACE = "space", "of an embedded space"
        GUEST_SESSION = "guest_session", "of a guest's session on our pages"

    class Via(models.TextChoices):
        MAGIC_LINK = "magic_link", "by magic link"
        SHARED_LINK = "shared_link", "by shared link"

    id = IdField("us_at_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")
    guest = models.ForeignKey("guests.Guest", on_delete=models.CASCADE, null=True, related_name="tokens")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    # A guest's: the way in, through which space, and the version of that way then (security.md, ruling 22).
    via = models.CharField(max_length=11, choices=Via.choices, blank=True)
    space = models.ForeignKey("spaces.Space", on_delete=models.CASCADE, null=True, related_name="+")
    via_version = models.BigIntegerField(default=0)
    shared_link = models.ForeignKey("guests.SharedLink", on_delete=models.CASCADE, null=True, related_name="tokens")
    # What minted a guest's token, and takes it along when it ends.
    parent_key = models.ForeignKey("environments.ApiKey", on_delete=models.CASCADE, null=True, related_name="+")
    parent_token = models.ForeignKey("PersonalAccessToken", on_delete=models.CASCADE, null=True, related_name="+")
    parent_access_token = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    client = models.ForeignKey(ClientCredential, on_delete=models.CASCADE, null=True, related_name="+")
    signing_key = models.ForeignKey(SigningKey, on_delete=models.CASCADE, related_name="+")
    chain_id = IdField()
    auth_time = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="client", client__isnull=False) | (~Q(kind="client") & Q(client__isnull=True)),
                name="an_access_token_of_a_client_pair_names_it",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["password", "client"], member__isnull=False, guest__isnull=True)
                | Q(kind__in=["guest", "space", "guest_session"], member__isnull=True, guest__isnull=False),
                name="an_access_token_is_of_a_member_or_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return self.pk


class PersonalAccessToken(models.Model):
    """A member's token, usable as it is. One made by another credential names it, and dies with it."""

    view_action: ClassVar = Action.VIEW_TOKEN
    facts: ClassVar = OWNED

    id = IdField("us_pat_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    pepper_mark = models.CharField(max_length=8, blank=True, help_text="Which pepper made the digest; blank: unknown.")
    hint = models.CharField(max_length=12)
    scopes = models.JSONField(null=True)
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, null=True, related_name="+")
    parent_token = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    parent_access_token = models.ForeignKey(AccessToken, on_delete=models.CASCADE, null=True, related_name="children")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    last_used_client = models.CharField(max_length=255, blank=True)
    last_used_ip = models.CharField(max_length=45, blank=True)

    objects = Tokens.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent_token__isnull=True) | Q(parent_access_token__isnull=True),
                name="a_token_has_at_most_one_parent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["member", "-created_at", "-id"], name="live_tokens", condition=Q(revoked_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint})"

    @property
    def expires_soon(self) -> bool:
        return lifetimes.ends_soon(self.expires_at)

    @property
    def is_unused(self) -> bool:
        return lifetimes.is_unused(self.created_at, self.last_used_at)

    @property
    def resource(self) -> Resource:
        return Resource("token", self.pk, self.account_id, owner_id=self.member_id, label=self.name)
