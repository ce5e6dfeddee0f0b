"""Rotation with overlap: a new key beside the old one, whose end is set, until it is completed or cancelled."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import require
from environments.actions.keys import IssuedKey, KeyRevoked, issue_key
from environments.models import ApiKey
from events.actions import record
from lib.locks import hold
from lib.problems import InvalidInput, Problem
from lib.times import iso

OVERLAPS = {
    "now": timedelta(0),
    "1h": timedelta(hours=1),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
}


class UnknownOverlap(InvalidInput):
    code, message = "unknown_overlap", f"The old key stops {', '.join(OVERLAPS)} from now. Choose one of these."
    field = "overlap"


class AlreadyRotating(Problem):
    code, status = "already_rotating", 409
    message = "This key is being rotated already. Complete or cancel that rotation first."


class NotRotating(Problem):
    code, status, message = "not_rotating", 409, "This key is not being rotated, so there is nothing to end here."


@transaction.atomic
def rotate_key(actor: Actor, key: ApiKey, *, overlap: str = "24h") -> IssuedKey:
    """A new key like this one, which goes on working until the overlap ends: now, 1h, 24h or 7d from now.

    Raises UnknownOverlap, KeyRevoked, AlreadyRotating.
    """
    require(actor, Action.ROTATE_KEY, key.resource)
    if overlap not in OVERLAPS:
        raise UnknownOverlap
    old = hold(key)
    if not old.is_live:
        raise KeyRevoked
    if _rotated_from(old) or (old.ends_at and old.successors.live().exists()):  # a deleted new key ends nothing
        raise AlreadyRotating
    now = timezone.now()
    old.ends_at = now + OVERLAPS[overlap]
    old.save(update_fields=["ends_at", "updated_at"])
    # A key with an expiry keeps its span of life.
    expires_at = now + (old.expires_at - old.created_at) if old.expires_at else None
    issued = issue_key(
        actor,
        old.environment,
        ApiKey.Type(old.type),
        old.name,
        scopes=old.scopes,
        expires_at=expires_at,
        rotated_from=old,
    )
    payload = {"oldKeyId": old.pk, "oldHint": old.hint, "newHint": issued.key.hint, "oldEndsAt": iso(old.ends_at)}
    record(actor, Action.ROTATE_KEY, issued.key.resource, payload=payload)
    return issued


@transaction.atomic
def complete_rotation(actor: Actor, key: ApiKey) -> ApiKey:
    """Stop the old key of a rotation now; either of the two names it. Returns the new key. Raises NotRotating."""
    require(actor, Action.COMPLETE_ROTATION, key.resource)
    old, new = _pair(key)
    old.revoked_at = timezone.now()
    old.save(update_fields=["revoked_at", "updated_at"])
    record(actor, Action.COMPLETE_ROTATION, new.resource, payload={"oldKeyId": old.pk, "oldHint": old.hint})
    return new


@transaction.atomic
def cancel_rotation(actor: Actor, key: ApiKey) -> ApiKey:
    """Stop the new key of a rotation and let the old one go on as before. Returns the old key. Raises NotRotating."""
    require(actor, Action.CANCEL_ROTATION, key.resource)
    old, new = _pair(key)
    new.revoked_at = timezone.now()
    new.save(update_fields=["revoked_at", "updated_at"])
    old.ends_at = None
    old.save(update_fields=["ends_at", "updated_at"])
    record(actor, Action.CANCEL_ROTATION, old.resource, payload={"newKeyId": new.pk, "newHint": new.hint})
    return old


def _pair(key: ApiKey) -> tuple[ApiKey, ApiKey]:
    """The old and the new key of a rotation under way, both held, old first."""
    old = key if key.ends_at else _rotated_from(key)
    new = old.successors.live().first() if old else None
    if old is None or new is None:
        raise NotRotating
    old = hold(old)
    new = hold(new)
    if not old.is_live or old.ends_at is None or not new.is_live:
        raise NotRotating
    return old, new


def _rotated_from(key: ApiKey) -> ApiKey | None:
    """The old key of a rotation under way that this one replaces."""
    old = key.rotated_from
    return old if old and old.ends_at and old.is_live else None
