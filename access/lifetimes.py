"""When a credential wants an eye: it ends soon, or nothing uses it. Each asked of one row and of a list, alike."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

SOON = timedelta(days=14)
LONG = timedelta(days=90)


def ends_soon(end: datetime | None) -> bool:
    """Whether it ends by itself within 14 days. What has ended already does not."""
    now = timezone.now()
    return end is not None and now < end <= now + SOON


def is_unused(created_at: datetime, last_used_at: datetime | None) -> bool:
    """Whether nothing has used it for 90 days: since then, or since it was made."""
    return (last_used_at or created_at) < timezone.now() - LONG


def ending_soon() -> Q:
    """The rows of which ends_soon holds."""
    now = timezone.now()
    return Q(expires_at__gt=now, expires_at__lte=now + SOON)


def unused() -> Q:
    """The rows of which is_unused holds."""
    then = timezone.now() - LONG
    return Q(last_used_at__lt=then) | Q(last_used_at=None, created_at__lt=then)
