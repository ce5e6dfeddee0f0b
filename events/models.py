"""What happened: one row an event, never changed, with its labels; and how often each credential asked, by day."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from access.actions import Action, Audience
from access.actors import Actor, Resource
from lib.ids import IdField
from lib.times import iso

ANOTHER = "A guest"


class Event(models.Model):
    """A deed or a refusal. Ids are copies and not foreign keys: the log outlives what it tells of."""

    facts: ClassVar = {"account_id": "account_id", "environment_id": "environment_id", "space_id": "space_id"}

    id = IdField("us_evt_", primary_key=True)
    account_id = IdField(null=True)
    environment_id = IdField(blank=True)
    environment_label = models.CharField(max_length=255, blank=True)
    space_id = IdField(blank=True)

    topic = models.CharField(max_length=64)
    domain = models.CharField(max_length=32)
    audience = models.CharField(max_length=8, choices=[(audience.value, audience.value) for audience in Audience])
    action = models.CharField(max_length=64, blank=True)
    refused = models.BooleanField(default=False)
    rule = models.CharField(max_length=128, blank=True)
    reason = models.CharField(max_length=255, blank=True)

    actor_id = IdField(blank=True)
    actor_kind = models.CharField(max_length=16)
    actor_label = models.CharField(max_length=255, blank=True)
    credential_kind = models.CharField(max_length=16, blank=True)
    credential_id = IdField(blank=True)
    credential_hint = models.CharField(max_length=24, blank=True)
    subject_kind = models.CharField(max_length=32, blank=True)
    subject_id = IdField(blank=True)
    subject_label = models.CharField(max_length=255, blank=True)

    ip = models.CharField(max_length=45, blank=True)
    client = models.CharField(max_length=255, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account_id__isnull=False) | Q(refused=True),
                name="only_a_refusal_may_belong_to_no_account",
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "-created_at", "-id"], name="events_of_an_account"),
            models.Index(
                fields=["account_id", "environment_id", "-created_at", "-id"], name="events_of_an_environment"
            ),
            # A guest's page asks for theirs alone, among all that happened in the account.
            models.Index(
                fields=["subject_id", "-created_at"], name="events_about_a_guest", condition=Q(subject_kind="guest")
            ),
            models.Index(fields=["actor_id", "-created_at"], name="events_by_a_guest", condition=Q(actor_kind="guest")),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_label}"

    def as_json(self, to: Actor | None = None) -> dict[str, Any]:
        """The event as the API shows it (flatfile-api.md, section 20), with who and why beside it.

        A guest reads of another guest neither name nor address: only that it was one.
        """
        is_another = to is not None and to.kind.is_guest and self.actor_kind == "guest" and self.actor_id != to.id
        return {
            "id": self.id,
            "topic": self.topic,
            "domain": self.domain,
            "context": self._context(),
            "payload": self.payload,
            "createdAt": iso(self.created_at),
            "callbackUrl": "",
            "dataUrl": "",
            "origin": None,
            "namespaces": [],
            "actor": {
                "id": self.actor_id,
                "type": self.actor_kind,
                "name": ANOTHER if is_another else self.actor_label,
            },
            "outcome": {"refused": self.refused, "action": self.action, "rule": self.rule, "reason": self.reason},
        }

    def _context(self) -> dict[str, str]:
        optional = {"spaceId": self.space_id, "actorId": self.actor_id, "entityId": self.subject_id}
        if self.subject_kind == "clip":
            optional["dataClipId"] = self.subject_id
        always = {"accountId": self.account_id or "", "environmentId": self.environment_id}
        return always | {name: value for name, value in optional.items() if value}


class Usage(models.Model):
    """How many requests one credential made on one day, in UTC. Written by `events.usage` alone.

    The database does not enforce the foreign keys: adding up must neither fail for an environment that is just being
    deleted nor hold its deletion up.
    """

    view_action: ClassVar = Action.VIEW_USAGE
    facts: ClassVar = {"account_id": "account_id", "environment_id": "environment_id"}

    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="+", db_constraint=False)
    environment = models.ForeignKey(
        "environments.Environment",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    credential_id = IdField()
    kind = models.CharField(max_length=16)
    day = models.DateField()
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credential_id", "day"], name="one_count_per_credential_and_day"),
        ]
        indexes = [
            models.Index(fields=["environment", "day"], name="usage_of_an_environment"),
            models.Index(fields=["day"], name="usage_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"

    @property
    def resource(self) -> Resource:
        return Resource("usage", self.credential_id, self.account_id, self.environment_id)
