"""The public link of a space: whoever opens it and presses its button becomes an anonymous guest of that space."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from access.actions import Action
from access.actors import Resource
from accounts.models import Account
from environments.models import Environment
from lib import crypto
from lib.ids import IdField
from spaces.models import Space


class SharedLinks(models.QuerySet["SharedLink"]):
    def live(self) -> "SharedLinks":
        """Those that were not revoked. Whether one leads in also hangs on its limits and on its space."""
        return self.filter(revoked_at=None)

    def open(self) -> "SharedLinks":
        """Those of the live that have neither ended nor been used up."""
        lasting = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.live().filter(lasting, Q(most_uses=None) | Q(uses__lt=models.F("most_uses")))

    def whole(self) -> "SharedLinks":
        """With everything that a link depends on."""
        return self.select_related("space__environment", "account", "environment")


class SharedLink(models.Model):
    """A link that lasts until it is revoked, and leads into one space (flatfile-api.md, section 12.2).

    Looked up by digest, and sealed as well, because whoever may share the space is shown it again. It carries the
    version of the space's way in: switched off once, it stays dead (security.md, ruling 22).
    """

    view_action: ClassVar = Action.VIEW_SHARED_LINK
    facts: ClassVar = {"account_id": "account_id", "environment_id": "environment_id", "space_id": "space_id"}

    id = IdField("us_sl_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="shared_links")
    version = models.BigIntegerField(help_text="Of the space's shared links; another one ends this.")
    digest = models.CharField(max_length=64, unique=True)
    pepper_mark = models.CharField(max_length=8, blank=True, help_text="Which pepper made the digest.")
    sealed = models.BinaryField()
    password = models.CharField(max_length=255, blank=True, help_text="Argon2; blank: none is asked for.")
    expires_at = models.DateTimeField(null=True)
    most_uses = models.IntegerField(null=True, help_text="How often it lets somebody in; NULL: no limit.")
    uses = models.IntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_by_id = IdField(blank=True)
    created_by_label = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SharedLinks.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space"], condition=Q(revoked_at__isnull=True), name="one_shared_link_is_live_in_a_space"
            ),
        ]
        indexes = [models.Index(fields=["account", "-created_at", "-id"], name="shared_links_of_an_account")]

    def __str__(self) -> str:
        return f"The public link of {self.space}"

    @property
    def secret(self) -> str:
        return crypto.unseal(self.sealed, self.pk)

    @property
    def has_password(self) -> bool:
        return bool(self.password)

    @property
    def hint(self) -> str:
        return "a shared link"

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="shared_link",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            space_id=self.space_id,
            label=self.space.name,
            environment_label=self.environment.name,
        )

    def why_dead(self, at: datetime) -> str:
        """Why it lets nobody in, as a sentence; empty while it does."""
        if self.revoked_at:
            return "The link was revoked."
        if self.expires_at and self.expires_at <= at:
            return "The link has expired."
        if self.most_uses is not None and self.uses >= self.most_uses:
            return "The link was used as often as it may be."
        return why_not_shared(self.space) or (
            "" if self.version == self.space.version_of("shared_link") else "The space has ended its links since."
        )


def why_not_shared(space: Space) -> str:
    """Why nobody comes into the space by a shared link, as a sentence; empty while somebody may."""
    if space.archived_at:
        return "The space is archived."
    return "" if "shared_link" in space.ways_in else "The space does not let guests in by shared link."
