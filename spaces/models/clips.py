"""Data clips: copies of chosen records of a sheet, worked on apart and merged back (flatfile-api.md, section 18)."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from access.actions import Action
from access.actors import Resource
from accounts.models import Account
from environments.models import Environment
from lib.ids import IdField
from spaces.models.spaces import Space
from spaces.models.workbooks import Record, Sheet, Workbook


class DataClip(models.Model):
    """A clip and the sheet its copies are in. Open while it is worked on, ready while it is compared, then merged.

    It belongs to whoever made it; what a key has made belongs to all keys of its environment.
    """

    class Status(models.TextChoices):
        OPEN = "OPEN", "Open"
        READY = "READY", "Ready"
        MERGED = "MERGED", "Merged"

    view_action: ClassVar = Action.VIEW_CLIP
    facts: ClassVar = {
        "account_id": "account_id",
        "environment_id": "environment_id",
        "space_id": "space_id",
        "workbook_id": "workbook_id",
        "clip_id": "pk",
        "owner_id": "owner_id",
    }

    id = IdField("us_clip_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    workbook = models.ForeignKey(Workbook, on_delete=models.CASCADE, related_name="clips")
    source = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="clips")
    sheet = models.OneToOneField(Sheet, on_delete=models.CASCADE, related_name="clip")
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    owner_id = IdField()
    created_by_id = IdField()
    created_by_label = models.CharField(max_length=255, blank=True)
    ready_at = models.DateTimeField(null=True)
    merged_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["space", "-created_at", "-id"], name="clips_of_a_space"),
            models.Index(fields=["owner_id"], name="clips_of_an_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> str:
        return self.Status.MERGED if self.merged_at else self.Status.READY if self.ready_at else self.Status.OPEN

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="clip",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            space_id=self.space_id,
            workbook_id=self.workbook_id,
            clip_id=self.pk,
            owner_id=self.owner_id,
            label=self.name,
            environment_label=self.environment.name,
        )


class ClipRecord(models.Model):
    """Where a record of a clip comes from, what it was when it was copied, and what was decided about differences.

    `origin_id` is a copy and no foreign key: the record may be deleted meanwhile. Without a row a record is new.
    """

    clip = models.ForeignKey(DataClip, on_delete=models.CASCADE, related_name="copies")
    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="copied")
    origin_id = IdField()
    snapshot = models.JSONField(default=dict)
    resolves = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clip", "origin_id"], name="a_record_is_clipped_once_into_a_clip")
        ]

    def __str__(self) -> str:
        return self.origin_id

    def decided(self, field: str | None) -> dict[str, Any] | None:
        """What was decided about a field; without one, about a record that is gone from the sheet."""
        return next((one for one in self.resolves if one.get("field") == field), None)


class ClipReference(models.Model):
    """A value by which a record of a clip refers to records of another sheet, and so opens them to the clip's guests.

    Such values are given by whoever sees all of that sheet, and by nobody else: when the record was copied, and when
    its cell was written since. What others write into the cell opens nothing, and closes nothing.
    """

    clip = models.ForeignKey(DataClip, on_delete=models.CASCADE, related_name="references")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=255)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    value = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["clip", "sheet", "key"], name="references_of_a_clip")]

    def __str__(self) -> str:
        return self.value
