"""Exact counters in the database: one budget whatever the process, and not an attempt over it."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from lib import crypto
from lib.models import Counter
from lib.problems import TooManyAttempts

HIT = """
INSERT INTO lib_counter (key, "window", count, expires_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (key, "window") DO UPDATE SET count = lib_counter.count + 1
RETURNING count
"""
GIVE_BACK = 'UPDATE lib_counter SET count = count - 1 WHERE key = %s AND "window" = %s AND count > 0'


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` hits in each fixed window of `per`, for each subject."""

    name: str
    count: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class Hit:
    """One counted attempt, to be given back when it turns out not to have been a guess."""

    key: str
    window: int

    def give_back(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, [self.key, self.window])


def hit(limit: Limit, subject: str) -> Hit:
    """Count one attempt of the subject. Raises TooManyAttempts (429, with Retry-After) past the limit.

    One statement, so that of any number of simultaneous attempts exactly `limit.count` pass.
    """
    seconds = int(limit.per.total_seconds())
    window = int(time.time()) // seconds * seconds
    key, *older = crypto.digests(f"{limit.name}:{subject}")
    expires_at = datetime.fromtimestamp(window + seconds, UTC)
    with connection.cursor() as cursor:
        cursor.execute(HIT, [key, window, connection.ops.adapt_datetimefield_value(expires_at)])
        count = cursor.fetchone()[0]
    if older:  # counted before the newest pepper was there
        before = Counter.objects.filter(key__in=older, window=window)
        count += sum(before.values_list("count", flat=True))
    if count > limit.count:
        raise TooManyAttempts(window + seconds - int(time.time()))
    return Hit(key, window)


def forget_expired() -> int:
    """Delete the counters of past windows; returns how many. For the background worker."""
    return Counter.objects.filter(expires_at__lt=datetime.now(UTC)).delete()[0]


def remember(name: str, subject: str, lasting: timedelta) -> None:
    """Note that something good is known of the subject, such as a network somebody signed in from."""
    Counter.objects.update_or_create(
        key=crypto.digest(f"{name}:{subject}"),
        window=0,
        defaults={"count": 1, "expires_at": datetime.now(UTC) + lasting},
    )


def remembers(name: str, subject: str) -> bool:
    keys = crypto.digests(f"{name}:{subject}")
    return Counter.objects.filter(key__in=keys, window=0, expires_at__gt=datetime.now(UTC)).exists()


def is_first(deed: str, lasting: timedelta) -> bool:
    """Whether a deed of that name, of up to 64 characters, has not been done yet: yes exactly once.

    Ask inside the transaction that does it.
    """
    expires_at = connection.ops.adapt_datetimefield_value(datetime.now(UTC) + lasting)
    with connection.cursor() as cursor:
        cursor.execute(HIT, [deed, 0, expires_at])
        return bool(cursor.fetchone()[0] == 1)


def forget(limit: Limit, subject: str) -> None:
    """Give a subject its whole budget back."""
    Counter.objects.filter(key__in=crypto.digests(f"{limit.name}:{subject}")).exclude(window=0).delete()
