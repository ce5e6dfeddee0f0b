"""People without an account, and what each was given."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from access.actions import Action
from access.actors import Resource
from accounts.models import Account
from environments.models import Environment
from lib.ids import IdField
from spaces.models import DataClip, Sheet, Space, Workbook


class Guest(models.Model):
    """A person in one environment, known by a random id: the address is an attribute (security.md, ruling 7).

    Without an address it is the visitor of a shared link or of an embedded space.
    """

    view_action: ClassVar = Action.VIEW_GUEST
    facts: ClassVar = {"account_id": "account_id", "environment_id": "environment_id", "owner_id": "pk"}

    id = IdField("us_g_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="guests")
    email = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=255, blank=True)
    # Who this is for the product that embeds a space: the same actor comes back as the same guest.
    external_actor_id = models.CharField(max_length=255, blank=True)
    # Whoever has the link of a data clip is one guest, which ends with the clip.
    clip = models.ForeignKey(DataClip, on_delete=models.CASCADE, null=True, related_name="+")
    created_by_id = IdField(blank=True)
    created_by_label = models.CharField(max_length=255, blank=True)
    last_seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["environment", "email"], condition=~Q(email=""), name="one_guest_of_an_address_per_environment"
            ),
            models.UniqueConstraint(
                fields=["environment", "external_actor_id"],
                condition=~Q(external_actor_id=""),
                name="one_guest_of_an_external_actor_per_environment",
            ),
        ]
        indexes = [
            models.Index(fields=["environment", "-created_at", "-id"], name="guests_of_an_environment"),
            models.Index(fields=["created_at"], condition=Q(email="", clip=None), name="visitors_by_age"),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        return self.name or self.email or "Anonymous guest"

    @property
    def is_anonymous(self) -> bool:
        return not self.email

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="guest",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            owner_id=self.pk,
            label=self.called,
            environment_label=self.environment.name,
        )


class Grants(models.QuerySet["Grant"]):
    def lasting(self, at: datetime) -> "Grants":
        """Those that have not ended."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at))


class Grant(models.Model):
    """A space given to a guest: the whole of it, or only the parts that are listed.

    Limited to workbooks or sheets, a list that is or becomes empty gives nothing of them (flatfile-api.md, section 11).
    """

    class Via(models.TextChoices):
        INVITATION = "invitation", "by invitation"
        SHARED_LINK = "shared_link", "by shared link"
        EMBED = "embed", "by an embedded space"

    id = IdField("us_gg_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="grants")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="grants")
    via = models.CharField(max_length=11, choices=Via.choices, default=Via.INVITATION)
    has_workbook_limit = models.BooleanField(default=False)
    has_sheet_limit = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)
    granted_by_id = IdField(blank=True)
    granted_by_label = models.CharField(max_length=255, blank=True)
    last_accessed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = Grants.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guest", "space"], name="a_guest_is_given_a_space_once")]
        indexes = [models.Index(fields=["space", "-created_at", "-id"], name="grants_of_a_space")]

    def __str__(self) -> str:
        return f"{self.guest} in {self.space}"

    @property
    def is_whole(self) -> bool:
        return not (self.has_workbook_limit or self.has_sheet_limit)

    @property
    def listed(self) -> list[str]:
        """The names of the sheets that a limited grant lists, or of its workbooks."""
        parts = self.parts.select_related("workbook", "sheet").order_by("pk")
        found = [part.sheet if self.has_sheet_limit else part.workbook for part in parts]
        return [one.name for one in found if one]

    @property
    def counted(self) -> str:
        """How much a limited grant lists, such as `2 workbooks`: the sheets where it is limited to sheets."""
        noun = "sheet" if self.has_sheet_limit else "workbook"
        number = self.parts.filter(**{f"{noun}__isnull": False}).count()
        return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

    def has_ended(self, at: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= at

    def why_closed(self, at: datetime) -> str:
        """Why no magic link leads in by this grant, as a sentence; empty while one does."""
        if self.has_ended(at):
            return "What the guest was given has ended."
        if self.space.archived_at:
            return "The space is archived."
        return "" if "magic_link" in self.space.ways_in else "The space does not let guests in by magic link."


class GrantPart(models.Model):
    """One workbook or one sheet that a limited grant lists."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="parts")
    workbook = models.ForeignKey(Workbook, on_delete=models.CASCADE, null=True, related_name="+")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(workbook__isnull=True, sheet__isnull=False) | Q(workbook__isnull=False, sheet__isnull=True),
                name="a_part_is_a_workbook_or_a_sheet",
            ),
            models.UniqueConstraint(fields=["grant", "workbook"], name="a_workbook_is_listed_once_in_a_grant"),
            models.UniqueConstraint(fields=["grant", "sheet"], name="a_sheet_is_listed_once_in_a_grant"),
        ]

    def __str__(self) -> str:
        return f"{self.workbook_id or self.sheet_id}"
