"""Moments as people read them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from lib.templatetags.when import ago, clock, date_line, day

NOW = datetime(2026, 11, 24, 17, 52, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "Just now"),
        (timedelta(seconds=59), "Just now"),
        (timedelta(minutes=1), "1 min ago"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(hours=24), "Yesterday"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=29), "29 days ago"),
        (timedelta(days=30), "1 month ago"),
        (timedelta(days=364), "12 months ago"),
        (timedelta(days=365), "1 year ago"),
        (timedelta(days=900), "2 years ago"),
    ],
)
def test_the_past_is_told_in_its_largest_whole_unit(age, words):
    assert f">{words}</time>" in ago(NOW - age)


def test_the_exact_moment_is_always_there_in_utc():
    assert 'datetime="2026-11-24T17:50:00Z" title="2026-11-24 17:50 UTC"' in ago(NOW - timedelta(minutes=2))


def test_no_moment_is_nothing():
    assert ago(None) == day(None) == ""


def test_an_old_day_is_told_by_its_date_and_a_fresh_one_by_its_age():
    assert ">12 Mar 2026<" in day(datetime(2026, 3, 12, tzinfo=UTC))
    assert ">3 hours ago<" in day(NOW - timedelta(hours=3))


def test_the_log_is_told_absolutely():
    assert ">17:40:12<" in clock(datetime(2026, 11, 24, 17, 40, 12, tzinfo=UTC))
    assert date_line(NOW) == "Today, 24 November"
    assert date_line(NOW - timedelta(days=1)) == "Yesterday, 23 November"
    assert date_line(NOW - timedelta(days=60)) == "25 September 2026"
