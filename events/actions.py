"""Writing the log and reading it by what the actor may see."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from access.actions import DEEDS, Action, Audience
from access.actors import Actor, Kind, Places, Resource
from access.policy import can, reach
from access.queries import possible, within
from events.models import Event
from lib.ids import is_id
from lib.problems import NotFound

LABEL = 255
CLIP_SHEET = "clip_sheet"  # the kind of a subject that is the copy a data clip works on
PROOF = "A good proof"  # what a sign-in or an exchange is allowed by: no right, but a password, secret or token


def record(
    actor: Actor,
    action: Action,
    resource: Resource,
    *,
    topic: str = "",
    payload: Mapping[str, Any] | None = None,
) -> Event:
    """Write that the actor did this: the last line of a domain function, in the transaction of the deed itself.

    `topic` replaces the Action's own where one deed has two names (a secret is created or updated).
    """
    deed = DEEDS[action]
    decision = can(actor, action, resource)
    return Event.objects.create(
        topic=topic or deed.topic,
        domain=deed.domain,
        audience=deed.audience.value,
        action=action.value,
        rule=decision.rule[:128] if decision else PROOF,
        payload=dict(payload or {}),
        **about(resource, actor.account_id),
        **by(actor),
    )


def about(resource: Resource, account_id: str | None) -> dict[str, Any]:
    """The columns that say what an event is about."""
    return {
        "account_id": resource.account_id or account_id,
        "environment_id": resource.environment_id or "",
        "environment_label": resource.environment_label[:LABEL],
        "space_id": resource.space_id or "",
        "subject_kind": CLIP_SHEET if resource.is_clip else resource.kind,
        "subject_id": resource.id,
        "subject_label": resource.label[:LABEL],
    }


def by(actor: Actor) -> dict[str, Any]:
    """The columns that say who did it, with what and from where."""
    return {
        "actor_id": actor.id,
        "actor_kind": _actor_kind(actor.kind),
        "actor_label": actor.name[:LABEL],
        "credential_kind": actor.kind.value,
        "credential_id": actor.credential.id,
        "credential_hint": actor.credential.hint,
        "ip": actor.origin.ip,
        "client": actor.origin.client[:LABEL],
        "request_id": actor.origin.request_id,
    }


def visible_events(actor: Actor) -> QuerySet[Event]:
    """What the actor may read of the log: data events within its reach, security events where it is an Admin."""
    data = within(Event, possible(actor, Action.VIEW_EVENT)).filter(audience=Audience.DATA.value)
    if actor.kind.is_guest:  # who else comes and goes, and what they share, is no guest's concern
        data = data.exclude(~Q(subject_id=actor.id), subject_kind="guest")
        places = actor.places or Places()
        data = data.exclude(~Q(subject_id__in=places.clips), subject_kind="clip")
        data = data.exclude(~Q(subject_id__in=places.clip_sheets), subject_kind=CLIP_SHEET)
    security = reach(actor, Action.VIEW_SECURITY_EVENT)
    return data if security.never else data | within(Event, security)


def get_event(actor: Actor, id: str) -> Event:
    """One event, if the actor may read it. Raises NotFound, Forbidden."""
    events = visible_events(actor)
    event = events.filter(pk=id).first() if is_id(id) else None
    if event is None:
        raise NotFound
    return event


def _actor_kind(kind: Kind) -> str:
    if kind.is_member:
        return "member"
    if kind.is_key:
        return "key"
    if kind.is_guest:
        return "guest"
    return "system" if kind is Kind.SYSTEM else "nobody"
