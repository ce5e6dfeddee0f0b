"""When a guest was last seen, and in which space: one write a minute and process, however many requests come."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from django.db.models import Q

from access.actors import Actor
from guests.models import Grant, Guest

NOTED_EVERY = timedelta(minutes=1)
MOST = 20_000  # of what a process remembers to have noted; of the rest it asks the database once more

_noted: OrderedDict[str, datetime] = OrderedDict()
_noting = Lock()


def note_seen(guest_id: str, now: datetime) -> None:
    """Note that the guest has just made a request; no query when that is known of the last minute."""
    if _is_known(guest_id, now):
        return
    stale = Q(last_seen_at=None) | Q(last_seen_at__lt=now - NOTED_EVERY)
    Guest.objects.filter(stale, pk=guest_id).update(last_seen_at=now)


def note_visit(actor: Actor, space_id: str) -> None:
    """Note that a guest has just opened this space; of anybody else nothing is noted."""
    if not actor.kind.is_guest or _is_known(f"{actor.id} {space_id}", actor.at):
        return
    stale = Q(last_accessed_at=None) | Q(last_accessed_at__lt=actor.at - NOTED_EVERY)
    Grant.objects.filter(stale, guest=actor.id, space=space_id).update(last_accessed_at=actor.at)


def _is_known(what: str, now: datetime) -> bool:
    """Whether this process has noted it within the last minute; from now on it has."""
    with _noting:
        before = _noted.get(what)
        if before is not None and timedelta(0) <= now - before < NOTED_EVERY:
            return True
        _noted[what] = now
        _noted.move_to_end(what)
        if len(_noted) > MOST:
            _noted.popitem(last=False)
    return False
