"""Both ways through a list, and cursors that somebody made up."""

import base64
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Event
from lib import paging
from lib.paging import BadCursor, keyset, numbered

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(db):
    """25 events, of which two always share their time."""
    start = timezone.now()
    Event.objects.bulk_create(
        Event(
            account_id="us_acc_1",
            topic="t",
            domain="d",
            audience="data",
            created_at=start + timedelta(seconds=number // 2),
        )
        for number in range(25)
    )
    return Event.objects.all()


def cursor(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_pages_are_numbered_from_one_and_counted(rows):
    found, pagination = numbered(rows.order_by("pk"), number=2, size=10)

    assert len(found) == 10
    assert pagination == {"currentPage": 2, "pageCount": 3, "totalCount": 25}


def test_a_page_past_the_end_is_empty_and_still_counted(rows):
    found, pagination = numbered(rows, number=9, size=10)

    assert found == []
    assert pagination == {"currentPage": 9, "pageCount": 3, "totalCount": 25}


def test_an_empty_list_has_no_pages(db):
    assert numbered(Event.objects.all(), number=1, size=10)[1]["pageCount"] == 0


def test_a_page_is_never_larger_than_100(rows):
    Event.objects.bulk_create(Event(account_id="us_acc_1", topic="t", domain="d", audience="data") for _ in range(100))

    assert len(numbered(rows, number=1, size=5_000)[0]) == paging.LARGEST_PAGE


def test_keyset_pages_show_every_row_once_newest_first(rows):
    seen, after = [], None
    while True:
        page = keyset(rows, after, size=4)
        seen += page.rows
        after = page.next
        if after is None:
            break

    assert seen == list(rows.order_by("-created_at", "-pk"))


def test_a_row_that_comes_meanwhile_moves_nothing(rows):
    first = keyset(rows, size=4)
    Event.objects.create(
        account_id="us_acc_1", topic="new", domain="d", audience="data", created_at=timezone.now() + timedelta(days=1)
    )

    assert keyset(rows, first.next, size=4).rows == list(rows.exclude(topic="new").order_by("-created_at", "-pk")[4:8])


def test_the_last_page_names_no_next(rows):
    assert keyset(rows, size=25).next is None
    assert keyset(rows, size=24).next is not None


def test_an_empty_cursor_is_the_beginning(rows):
    assert keyset(rows, "", size=5).rows == keyset(rows, None, size=5).rows


ID = "us_evt_" + "a" * 22
NOW = "2026-01-01T00:00:00+00:00"
HOSTILE = [
    "x",
    "%",
    "é",
    "\0",
    "\ud800",
    "A" * 1024,
    "=" * 8,
    "' OR 1=1 --",
    base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    base64.urlsafe_b64encode(b"[" * 700).decode(),
    base64.urlsafe_b64encode(b'["' + NOW.encode() + b'", "\\ud800"]').decode(),
    cursor(None),
    cursor(7),
    cursor({}),
    cursor({"a": 1, "b": 2}),
    cursor([]),
    cursor([NOW]),
    cursor([NOW, ID, ID]),
    cursor([NOW, 7]),
    cursor([NOW, None]),
    cursor([NOW, [ID]]),
    cursor([NOW, {"a": ID}]),
    cursor([NOW, "\0"]),
    cursor([NOW, "us_evt_\0"]),
    cursor([NOW, "not an id"]),
    cursor([7, ID]),
    cursor([None, ID]),
    cursor(["", ID]),
    cursor(["yesterday", ID]),
    cursor(["2026-01-01T00:00:00", ID]),
    cursor(["2026-13-01T00:00:00+00:00", ID]),
    cursor(["0001-01-01T00:00:00+14:00", ID]),
    cursor(["9999-12-31T23:59:59-14:00", ID]),
    cursor(["2026-01-01T00:00:00+99:99", ID]),
]


@pytest.mark.parametrize("after", HOSTILE, ids=range(len(HOSTILE)))
def test_a_cursor_that_is_not_ours_is_refused(rows, after):
    with pytest.raises(BadCursor):
        keyset(rows, after)


def test_a_cursor_of_another_list_shows_only_rows_of_this_one(rows):
    after = keyset(rows, size=4).next

    assert keyset(rows.filter(topic="no such"), after).rows == []


def test_a_cursor_holds_no_more_than_a_time_and_an_id(rows):
    page = keyset(rows, size=4)
    text = base64.urlsafe_b64decode(page.next + "=" * (-len(page.next) % 4))

    assert json.loads(text) == [page.rows[-1].created_at.isoformat(), page.rows[-1].pk]
