"""Counting requests: cheap, complete, never twice, whatever happens to the database."""

import timeit
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from access.actors import Actor, Credential, Kind
from config.worker import tidy
from environments.actions import create_environment, delete_environment
from events import usage
from events.models import Usage
from events.tests.counting import caller, counted
from events.usage import Meter
from lib.ids import new_id
from tests.knock import at_once


@pytest.mark.django_db
def test_what_is_counted_is_added_up_by_credential_and_day(meter, development):
    today, yesterday = datetime.now(UTC), datetime.now(UTC) - timedelta(days=1)
    web, app = new_id("us_key_"), new_id("us_key_")
    for who, at, times in ((web, today, 3), (web, yesterday, 2), (app, today, 1)):
        for _ in range(times):
            meter.count(caller(development, who, at))

    meter.flush()

    assert counted() == {(web, today.date()): 3, (web, yesterday.date()): 2, (app, today.date()): 1}
    assert set(Usage.objects.values_list("account", "environment", "kind")) == {
        (development.account_id, development.pk, "secret_key")
    }


@pytest.mark.django_db
def test_a_second_flush_adds_only_what_came_since(meter, development):
    who = caller(development)
    meter.count(who)
    meter.flush()
    meter.count(who)
    meter.count(who)

    meter.flush()
    meter.flush()

    assert list(counted().values()) == [3]


@pytest.mark.django_db
def test_a_batch_is_one_upsert_whatever_its_size(meter, development):
    for _ in range(500):
        meter.count(caller(development))

    with CaptureQueriesContext(connection) as captured:
        meter.flush()

    assert sum("events_usage" in query["sql"] for query in captured) == 1
    assert len(counted()) == 500


@pytest.mark.django_db
def test_what_needs_more_than_one_statement_is_whole(meter, development, monkeypatch):
    monkeypatch.setattr(usage, "ROWS", 2)
    for _ in range(5):
        meter.count(caller(development))

    meter.flush()

    assert len(counted()) == 5


@pytest.mark.django_db
def test_nothing_counted_asks_nothing(meter, django_assert_num_queries):
    with django_assert_num_queries(0):
        meter.flush()


@pytest.mark.django_db
def test_a_credential_of_no_environment_is_counted_too(meter, ada):
    token = new_id("us_pat_")
    meter.count(ada.actor.but(credential=Credential(Kind.PAT, token)))

    meter.flush()

    assert Usage.objects.get(credential_id=token).environment is None


@pytest.mark.django_db
def test_a_deleted_environment_leaves_no_usage_and_stops_no_other(meter, ada, development):
    scrapped = create_environment(ada.actor, name="scrapped")
    first, second = caller(scrapped), caller(development)
    meter.count(first)
    meter.flush()
    meter.count(first)
    meter.count(second)
    delete_environment(ada.actor, scrapped)

    meter.flush()

    assert list(Usage.objects.values_list("environment", "count")) == [(development.pk, 1)]


@pytest.mark.django_db
def test_old_counts_are_tidied_away(meter, development):
    now = datetime.now(UTC)
    for days in (0, 399, 402):
        meter.count(caller(development, at=now - timedelta(days=days)))
    meter.flush()

    tidy()

    assert {(now.date() - day).days for _, day in counted()} == {0, 399}


def test_counting_costs_a_request_next_to_nothing(meter, ada_like):
    seconds = min(timeit.repeat(lambda: meter.count(ada_like), number=10_000, repeat=5)) / 10_000

    assert seconds < 5e-6  # 2 µs on the machine of a desk; this one may be busy


@pytest.fixture
def ada_like():
    return Actor(
        "us_usr_x", "Ada", "us_acc_x", Credential(Kind.PAT, new_id("us_pat_")), datetime(2030, 1, 1, tzinfo=UTC)
    )


# Two at once


@pytest.mark.django_db(transaction=True)
def test_two_processes_add_up(development):
    keys, meters = [new_id("us_key_") for _ in range(20)], [Meter(), Meter()]

    def work(meter, keys):
        for _ in range(5):
            for key in keys:
                meter.count(caller(development, key))
            meter.flush()

    errors = at_once([lambda: work(meters[0], keys), lambda: work(meters[1], keys[::-1])])

    assert errors == [None, None]
    assert list(counted().values()) == [10] * 20


@pytest.mark.django_db(transaction=True)
def test_threads_that_count_and_flush_at_once_lose_nothing(meter, development):
    who = caller(development)

    def work():
        for number in range(2000):
            meter.count(who)
            if number % 500 == 0:
                meter.flush()

    assert at_once([work] * 4) == [None] * 4
    meter.flush()

    assert list(counted().values()) == [8000]


# When the database is away


@pytest.mark.django_db
def test_an_outage_loses_nothing(meter, development, away):
    who = caller(development)
    away(True)
    for _ in range(3):
        meter.count(who)
        with pytest.raises(DatabaseError):
            meter.flush()
    away(False)

    meter.flush()

    assert list(counted().values()) == [3]


@pytest.mark.django_db
def test_a_flush_whose_answer_was_lost_is_not_repeated(meter, development, monkeypatch):
    """The connection may break between the commit and the news of it."""
    real = usage._write

    def committed_and_lost(*batch):
        real(*batch)
        raise DatabaseError("lost")

    meter.count(caller(development))
    monkeypatch.setattr(usage, "_write", committed_and_lost)
    with pytest.raises(DatabaseError):
        meter.flush()
    monkeypatch.setattr(usage, "_write", real)

    meter.flush()

    assert list(counted().values()) == [1]


@pytest.mark.django_db
def test_an_outage_costs_a_bounded_memory(meter, development, away, monkeypatch):
    monkeypatch.setattr(usage, "MOST", 10)
    known = caller(development)
    away(True)
    for _ in range(3):
        meter.count(known)
        for _ in range(20):
            meter.count(caller(development))
        with pytest.raises(DatabaseError):
            meter.flush()
    away(False)

    meter.flush()

    assert len(counted()) == 19  # ten of the batch that failed and ten of the time after, of which one is the same
    assert Usage.objects.get(credential_id=known.id).count == 3
