"""What gets a row although nothing happened: a 403 of a known actor, a failed sign-in, the use of a dead credential.

These rows commit on their own: whatever was refused has been rolled back.
"""

from datetime import timedelta

from access.actions import Audience
from access.actors import Actor, Origin, Resource
from access.policy import Forbidden
from events.actions import LABEL, about, by
from events.models import Event
from lib import limits
from lib.problems import BadCredential, TooManyAttempts

ONE_AN_HOUR = limits.Limit("dead credential noted", 1, timedelta(hours=1))


class DeadCredential(BadCredential):
    """A credential of ours that no longer opens anything. It answers like any bad one; the log knows more."""

    def __init__(self, resource: Resource, hint: str, reason: str) -> None:
        self.resource, self.hint, self.reason = resource, hint, reason
        super().__init__()


def record_forbidden(actor: Actor, refusal: Forbidden) -> None:
    """One row for a 403."""
    decision = refusal.decision
    Event.objects.create(
        topic="access:refused",
        domain="access",
        audience=Audience.SECURITY.value,
        action=decision.action.value,
        refused=True,
        rule=decision.rule,
        reason=decision.reason[:LABEL],
        **about(decision.resource, actor.account_id),
        **by(actor),
    )


def record_dead_credential(dead: DeadCredential, origin: Origin) -> None:
    """At most one row per credential and hour."""
    try:
        limits.hit(ONE_AN_HOUR, dead.resource.id)
    except TooManyAttempts:
        return
    Event.objects.create(
        topic="credential:refused",
        domain="access",
        audience=Audience.SECURITY.value,
        refused=True,
        rule="dead_credential",
        reason=dead.reason,
        actor_kind="nobody",
        credential_id=dead.resource.id,
        credential_hint=dead.hint,
        **about(dead.resource, None),
        **_from(origin),
    )


def record_failed_proof(topic: str, who: str, reason: str, origin: Origin, account_id: str | None = None) -> None:
    """One row for a sign-in or exchange that failed; `who` is the address or client id that was claimed."""
    Event.objects.create(
        topic=topic,
        domain="access",
        audience=Audience.SECURITY.value,
        refused=True,
        rule="bad_proof",
        reason=reason,
        account_id=account_id,
        actor_kind="nobody",
        subject_kind="login",
        subject_label=who[:LABEL],
        **_from(origin),
    )


def _from(origin: Origin) -> dict[str, str]:
    return {"ip": origin.ip, "client": origin.client[:LABEL], "request_id": origin.request_id}
