"""What access is given to: spaces."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from access.actions import Action
from access.actors import Resource
from accounts.models import Account, Member
from environments.models import Environment
from lib.ids import IdField


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
    archived_at = models.DateTimeField(null=True)
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
