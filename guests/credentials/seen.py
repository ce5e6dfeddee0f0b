"""When a guest was last seen: written at most once a minute by each process, whatever number of requests come."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from django.db.models import Q

from guests.models import Guest

NOTED_EVERY = timedelta(minutes=1)
MOST = 10_000  # guests that a process remembers to have noted; of others it asks the database once more

_noted: OrderedDict[str, datetime] = OrderedDict()
_noting = Lock()


def note_seen(guest_id: str, now: datetime) -> None:
    """Note that the guest has just made a request; no query when that is known of the last minute."""
    if _is_known(guest_id, now):
        return
    stale = Q(last_seen_at=None) | Q(last_seen_at__lt=now - NOTED_EVERY)
    Guest.objects.filter(stale, pk=guest_id).update(last_seen_at=now)


def _is_known(guest_id: str, now: datetime) -> bool:
    """Whether this process has noted it within the last minute; from now on it has."""
    with _noting:
        before = _noted.get(guest_id)
        if before is not None and timedelta(0) <= now - before < NOTED_EVERY:
            return True
        _noted[guest_id] = now
        _noted.move_to_end(guest_id)
        if len(_noted) > MOST:
            _noted.popitem(last=False)
    return False
