"""Workbooks, their sheets, and the records in those."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from access.actions import Action
from access.actors import Resource
from accounts.models import Account
from environments.models import Environment
from lib.ids import IdField
from spaces.models.spaces import Space

CLIPPED = "CLIPPED_FROM_SHEET"


class Workbook(models.Model):
    """A set of sheets that refer to each other, in one space (flatfile-api.md, section 15)."""

    view_action: ClassVar = Action.VIEW_WORKBOOK
    facts: ClassVar = {
        "account_id": "account_id",
        "environment_id": "environment_id",
        "space_id": "space_id",
        "workbook_id": "pk",
    }

    id = IdField("us_wb_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="workbooks")
    name = models.CharField(max_length=255)
    namespace = models.CharField(max_length=255, blank=True)
    labels = models.JSONField(default=list)
    actions = models.JSONField(default=list)
    settings = models.JSONField(null=True)
    metadata = models.JSONField(default=dict)
    treatments = models.JSONField(default=list)
    folder = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["space", "-created_at", "-id"], name="workbooks_of_a_space"),
            models.Index(fields=["environment", "-created_at", "-id"], name="workbooks_of_an_environment"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="workbook",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            space_id=self.space_id,
            workbook_id=self.pk,
            label=self.name,
            environment_label=self.environment.name,
        )


class Sheet(models.Model):
    """A table of records: its fields are in `config`, as the API takes them (flatfile-api.md, section 16).

    The copy of chosen records that a data clip works on is a sheet too, and no guest reaches it but through its clip.
    """

    view_action: ClassVar = Action.VIEW_SHEET
    facts: ClassVar = {
        "account_id": "account_id",
        "environment_id": "environment_id",
        "space_id": "space_id",
        "workbook_id": "workbook_id",
        "sheet_id": "pk",
        "is_clip": "is_clip",
    }

    id = IdField("us_sh_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    workbook = models.ForeignKey(Workbook, on_delete=models.CASCADE, related_name="sheets")
    name = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    config = models.JSONField(default=dict)
    metadata = models.JSONField(default=dict)
    is_clip = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    locked_by_id = IdField(blank=True)
    # Kept with every write of records, so that no list has to count a million of them.
    records_count = models.BigIntegerField(default=0)
    invalid_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workbook", "slug"], condition=Q(is_clip=False), name="one_sheet_of_a_slug_per_workbook"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def like(self, other: "Sheet") -> "Sheet":
        """This sheet, configured as the other one, its records untouched."""
        self.name, self.config, self.metadata = other.name, other.config, other.metadata
        return self

    @property
    def fields(self) -> list[dict[str, Any]]:
        return list(self.config.get("fields", []))

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="sheet",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            space_id=self.space_id,
            workbook_id=self.workbook_id,
            sheet_id=self.pk,
            is_clip=self.is_clip,
            label=self.name,
            environment_label=self.environment.name,
        )


class Record(models.Model):
    """One row of a sheet: its cells by field key, as the API shows them (flatfile-api.md, section 17)."""

    id = IdField("us_rc_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="records", db_index=False)
    position = models.BigIntegerField()
    values = models.JSONField(default=dict)
    metadata = models.JSONField(default=dict)
    is_valid = models.BooleanField(default=True)
    # The words a search looks through: all values in lower case.
    text = models.TextField(blank=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["sheet", "position", "id"], name="records_of_a_sheet"),
            # The few that hold an error among a million.
            models.Index(
                fields=["sheet", "position", "id"], name="invalid_records_of_a_sheet", condition=Q(is_valid=False)
            ),
        ]

    def __str__(self) -> str:
        return self.pk
