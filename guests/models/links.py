"""The links that are mailed to guests: the invitation, which signs nobody in, and the sign-in link it asks for."""

from datetime import datetime

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from accounts.models import Account
from guests.models.people import Grant, Guest
from lib.ids import IdField
from spaces.models import Space, way_in_version

OWN = way_in_version(1, 0)


def _inherited() -> Case:
    """What the environment adds to a version where the space follows it (Space.version_of)."""
    follows = When(
        grant__space__guest_authentication__isnull=True, then=F("grant__space__environment__magic_link_version")
    )
    return Case(follows, default=Value(0))


class Links(models.QuerySet["MagicLink"]):
    def live(self) -> "Links":
        """Those that have not ended for good: neither they, nor what was given, nor the way in they were made for."""
        now, version = timezone.now(), F("grant__space__magic_link_version") * OWN + _inherited()
        lives = Q(expires_at=None) | Q(expires_at__gt=now)
        given = Q(grant__expires_at=None) | Q(grant__expires_at__gt=now)
        return self.filter(lives, given, used_at=None, replaced_at=None, version=version)

    def opening(self) -> "Links":
        """Those of the live whose secret opens something now: to no archived space, for no former address."""
        return self.live().filter(grant__space__archived_at=None, email=F("grant__guest__email"))

    def whole(self) -> "Links":
        """With everything that a link depends on."""
        return self.select_related("grant__guest__environment", "grant__space__environment", "account")


class MagicLink(models.Model):
    """A link for one guest and one space. Of its secret only a digest is kept, from when the mail is sent.

    It is good only as the newest of its kind, for the address it went to, while what was given lasts and the space
    lets guests in by magic link (security.md, rulings 9 and 22).
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", "an invitation"
        SIGN_IN = "sign_in", "a sign-in link"

    id = IdField("us_ml_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    email = models.CharField(max_length=254)
    version = models.BigIntegerField(help_text="Of the space's magic links; another one ends this.")
    digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    pepper_mark = models.CharField(max_length=8, blank=True, help_text="Which pepper made the digests.")
    invited_by_id = IdField(blank=True)
    invited_by_label = models.CharField(max_length=255, blank=True)
    from_name = models.CharField(max_length=255, blank=True)
    message = models.TextField(blank=True)
    attempts = models.IntegerField(default=0, help_text="How often it was tried to send the mail.")
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=64, blank=True, help_text="The class of the last error.")
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = Links.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "kind"],
                condition=Q(used_at__isnull=True, replaced_at__isnull=True),
                name="one_link_of_a_kind_is_good_for_a_grant",
            ),
        ]
        indexes = [models.Index(fields=["grant", "-created_at", "-id"], name="links_of_a_grant")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.email}"

    @property
    def guest(self) -> Guest:
        return self.grant.guest

    @property
    def space(self) -> Space:
        return self.grant.space

    @property
    def environment_id(self) -> str:
        return self.space.environment_id

    @property
    def hint(self) -> str:
        return self.kind

    @property
    def last_used_at(self) -> datetime | None:
        return self.used_at

    @property
    def delivery(self) -> str:
        """What became of the mail: `queued`, `sent` or `failed` (and tried again, some times)."""
        return "sent" if self.sent_at else "failed" if self.failed_at else "queued"

    @property
    def sender(self) -> str:
        """Who invites, as the mail says it: the name given, else the person's, else the account's."""
        is_person = self.invited_by_id.startswith(("us_usr_", "us_g_"))
        return self.from_name or (self.invited_by_label if is_person else "") or self.account.name

    def why_dead(self, at: datetime) -> str:
        """Why it opens nothing, as a sentence for the log; empty while it is good."""
        if self.used_at:
            return "The link was used before."
        if self.replaced_at:
            return "A newer link or another address took its place."
        if self.expires_at and self.expires_at <= at:
            return "The link has expired."
        return self.why_closed(at)

    def why_closed(self, at: datetime) -> str:
        """What ended around it; empty while nothing did."""
        if self.email != self.guest.email:
            return "The guest has another address now."
        if self.version != self.space.version_of("magic_link"):
            return "The space has ended its links since."
        return self.grant.why_closed(at)
