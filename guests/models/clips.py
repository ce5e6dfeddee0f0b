"""Who works on a data clip: guests of its space who were named, and whoever has its link."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from accounts.models import Account
from guests.models.people import Grant, Guest
from lib.ids import IdField
from spaces.models import DataClip
from tokens.models import AccessToken


class ClipShare(models.Model):
    """A clip shared with a guest of its space. It ends with what the guest was given of the space."""

    clip = models.ForeignKey(DataClip, on_delete=models.CASCADE, related_name="shares")
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="clip_shares")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clip", "grant"], name="a_clip_is_shared_once_with_a_guest")]

    def __str__(self) -> str:
        return f"{self.clip} with {self.grant.guest}"


class ClipLinks(models.QuerySet["ClipLink"]):
    def live(self) -> "ClipLinks":
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now()))


class ClipLink(models.Model):
    """The link by which anybody works on a clip, as one anonymous guest of its own: ending it deletes that guest.

    Its secret is sealed, because it is shown again, and found by its digest.
    """

    id = IdField("us_cl_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    clip = models.OneToOneField(DataClip, on_delete=models.CASCADE, related_name="link")
    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="clip_link")
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64, unique=True)
    pepper_mark = models.CharField(max_length=8)
    # What the API shows as `accessToken`; another takes its place when it is about to end.
    token = models.ForeignKey(AccessToken, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by_id = IdField(blank=True)
    made_by_label = models.CharField(max_length=255, blank=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ClipLinks.as_manager()

    def __str__(self) -> str:
        return self.pk

    @property
    def environment_id(self) -> str:
        return self.clip.environment_id

    @property
    def hint(self) -> str:
        return "data clip"

    def has_ended(self, at: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= at

    def why_dead(self, at: datetime) -> str:
        """Why it opens nothing, as a sentence; empty while it is good."""
        if self.has_ended(at):
            return "The link has expired."
        return "The space is archived." if self.clip.space.archived_at else ""
