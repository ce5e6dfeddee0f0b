"""Spaces, and the documents in them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from access.actions import Action
from access.actors import Resource
from accounts.models import Account, Member
from environments.models import Environment
from lib.ids import IdField


def way_in_version(own: int, inherited: int) -> int:
    """Both in one number, so that neither can make up for the other."""
    return own * 1_000_000 + inherited


class Space(models.Model):
    """A place of work inside one environment, for ever the same one (flatfile-api.md, section 14)."""

    view_action: ClassVar = Action.VIEW_SPACE
    facts: ClassVar = {"account_id": "account_id", "environment_id": "environment_id", "space_id": "pk"}

    id = IdField("us_sp_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="spaces")
    name = models.CharField(max_length=255)
    # NULL: what the environment says holds.
    guest_authentication = models.JSONField(null=True)
    display_order = models.IntegerField(null=True)
    space_config_id = models.CharField(max_length=255, blank=True)
    metadata = models.JSONField(default=dict)
    settings = models.JSONField(null=True)
    actions = models.JSONField(default=list)
    access = models.JSONField(default=list)
    namespace = models.CharField(max_length=255, blank=True)
    labels = models.JSONField(default=list)
    translations_path = models.CharField(max_length=1024, blank=True)
    language_override = models.CharField(max_length=35, blank=True)
    app_id = models.CharField(max_length=255, blank=True)
    is_app_template = models.BooleanField(default=False)
    primary_workbook = models.ForeignKey("Workbook", on_delete=models.SET_NULL, null=True, related_name="+")
    # Raised when the space stops letting guests in that way: the links and tokens of before never work again.
    magic_link_version = models.IntegerField(default=1)
    shared_link_version = models.IntegerField(default=1)
    archived_at = models.DateTimeField(null=True)
    last_activity_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by_label = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-created_at", "-id"], name="spaces_of_an_account"),
            models.Index(fields=["environment", "-created_at", "-id"], name="spaces_of_an_environment"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ways_in(self) -> list[str]:
        """How guests may come in: the space's own word, else its environment's (flatfile-api.md, section 12.2)."""
        own = self.guest_authentication
        return self.environment.guest_authentication if own is None else own

    def version_of(self, way: str) -> int:
        """The version of a way in: the space's own, and its environment's while it follows that one."""
        inherited = 0 if self.guest_authentication is not None else getattr(self.environment, f"{way}_version")
        return way_in_version(getattr(self, f"{way}_version"), inherited)

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="space",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            space_id=self.pk,
            label=self.name,
            environment_label=self.environment.name,
        )


class Document(models.Model):
    """A text that guests of the space read, in Markdown (flatfile-api.md, section 22)."""

    view_action: ClassVar = Action.VIEW_DOCUMENT
    facts: ClassVar = {"account_id": "account_id", "environment_id": "environment_id", "space_id": "space_id"}

    id = IdField("us_dc_", primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=255)
    body = models.TextField()
    treatments = models.JSONField(default=list)
    actions = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["space", "created_at", "id"], name="documents_of_a_space")]

    def __str__(self) -> str:
        return self.title

    @property
    def resource(self) -> Resource:
        return Resource(
            kind="document",
            id=self.pk,
            account_id=self.account_id,
            environment_id=self.environment_id,
            space_id=self.space_id,
            label=self.title,
            environment_label=self.environment.name,
        )
