"""Rotation with overlap: a new key beside the old one, whose end is set, until it is completed or cancelled."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import require
from environments.actions.keys import IssuedKey, KeyRevoked, check_room, issue_key
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


@dataclass(frozen=True, slots=True)
class Pair:
    """The two keys of a rotation under way; `new` is None once it was deleted or has expired."""

    old: ApiKey
    new: ApiKey | None


@transaction.atomic
def rotate_key(actor: Actor, key: ApiKey, *, overlap: str = "24h") -> IssuedKey:
    """A new key like this one, which goes on working until the overlap ends: now, 1h, 24h or 7d from now.

    Raises UnknownOverlap, KeyRevoked, AlreadyRotating, TooManyKeys.
    """
    require(actor, Action.ROTATE_KEY, key.resource)
    if overlap not in OVERLAPS:
        raise UnknownOverlap
    environment = hold(key.environment)
    old = hold(key)
    _check_rotatable(old)
    now = timezone.now()
    old.ends_at = now + OVERLAPS[overlap]
    old.save(update_fields=["ends_at", "updated_at"])
    check_room(environment)  # now, since an old key that stops at once makes room for the new one
    # A key with an expiry keeps its span of life.
    expires_at = now + (old.expires_at - old.created_at) if old.expires_at else None
    given = {"scopes": old.scopes, "expires_at": expires_at, "rotated_from": old}
    issued = issue_key(actor, environment, ApiKey.Type(old.type), old.name, **given)
    payload = {"oldKeyId": old.pk, "oldHint": old.hint, "newHint": issued.key.hint, "oldEndsAt": iso(old.ends_at)}
    record(actor, Action.ROTATE_KEY, issued.key.resource, payload=payload)
    return issued


@transaction.atomic
def complete_rotation(actor: Actor, key: ApiKey) -> ApiKey:
    """Stop the old key of a rotation now; either of the two names it. Returns the new key. Raises NotRotating."""
    require(actor, Action.COMPLETE_ROTATION, key.resource)
    pair = _held(pair_of(key))
    if pair.new is None:
        raise NotRotating
    pair.old.revoked_at = timezone.now()
    pair.old.save(update_fields=["revoked_at", "updated_at"])
    payload = {"oldKeyId": pair.old.pk, "oldHint": pair.old.hint}
    record(actor, Action.COMPLETE_ROTATION, pair.new.resource, payload=payload)
    return pair.new


@transaction.atomic
def cancel_rotation(actor: Actor, key: ApiKey) -> ApiKey:
    """Stop the new key of a rotation and let the old one go on as before. Returns the old key.

    A new key that is gone already needs no stopping: then only the end of the old one is taken off. Raises NotRotating.
    """
    require(actor, Action.CANCEL_ROTATION, key.resource)
    pair = _held(pair_of(key))
    if pair.new:
        pair.new.revoked_at = timezone.now()
        pair.new.save(update_fields=["revoked_at", "updated_at"])
    pair.old.ends_at = None
    pair.old.save(update_fields=["ends_at", "updated_at"])
    payload = {"newKeyId": pair.new.pk, "newHint": pair.new.hint} if pair.new else {}
    record(actor, Action.CANCEL_ROTATION, pair.old.resource, payload=payload)
    return pair.old


def pair_of(key: ApiKey) -> Pair:
    """The rotation under way that this key is the old or the new one of. Raises NotRotating."""
    old = key if key.ends_at else _rotated_from(key)
    if old is None or not old.is_live:
        raise NotRotating
    return Pair(old, old.successors.live().first())


def _held(pair: Pair) -> Pair:
    """The same pair as it is now, locked, old first."""
    old = hold(pair.old)
    if not old.is_live or old.ends_at is None:
        raise NotRotating
    new = old.successors.live().first()
    new = hold(new) if new else None
    return Pair(old, new if new and new.is_live else None)


def _check_rotatable(key: ApiKey) -> None:
    if not key.is_live:
        raise KeyRevoked
    if _rotated_from(key) or (key.ends_at and key.successors.live().exists()):  # a deleted new key ends nothing
        raise AlreadyRotating


def _rotated_from(key: ApiKey) -> ApiKey | None:
    """The old key of a rotation under way that this one replaces."""
    old = key.rotated_from
    return old if old and old.ends_at and old.is_live else None
