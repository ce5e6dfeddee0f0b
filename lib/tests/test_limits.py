"""Counters that are exact: in a window, at its end, under threads."""

from datetime import timedelta

import pytest
import time_machine

from lib import limits
from lib.limits import Limit
from lib.models import Counter
from lib.problems import TooManyAttempts
from tests.knock import at_once

THREE = Limit("tests", 3, timedelta(minutes=15))
NOON = "2026-01-01T12:00:00Z"


def passes(limit, subject):
    try:
        limits.hit(limit, subject)
    except TooManyAttempts:
        return False
    return True


@pytest.mark.django_db
def test_as_many_hits_pass_as_the_limit_says():
    assert [passes(THREE, "ada") for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_subjects_and_limits_are_counted_apart():
    for _ in range(4):
        passes(THREE, "ada")

    assert passes(THREE, "uma")
    assert passes(Limit("others", 3, THREE.per), "ada")


@pytest.mark.django_db
def test_the_refusal_says_when_the_window_ends():
    with time_machine.travel("2026-01-01T12:04:00Z", tick=False):
        for _ in range(3):
            limits.hit(THREE, "ada")
        with pytest.raises(TooManyAttempts) as refusal:
            limits.hit(THREE, "ada")

    assert refusal.value.headers == {"Retry-After": "660"}


@pytest.mark.django_db
def test_waiting_as_long_as_told_is_enough():
    with time_machine.travel("2026-01-01T12:14:59Z", tick=False) as clock:
        for _ in range(3):
            limits.hit(THREE, "ada")
        with pytest.raises(TooManyAttempts) as refusal:
            limits.hit(THREE, "ada")
        clock.shift(int(refusal.value.headers["Retry-After"]))

        assert passes(THREE, "ada")


@pytest.mark.django_db
def test_a_hit_that_is_given_back_never_happened():
    for _ in range(3):
        limits.hit(THREE, "ada").give_back()

    assert [passes(THREE, "ada") for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db
def test_giving_back_twice_gives_no_credit():
    hit = limits.hit(THREE, "ada")
    for _ in range(5):
        hit.give_back()

    assert [passes(THREE, "ada") for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db
def test_forgetting_gives_the_whole_budget_back_to_one_subject():
    for subject in ("ada", "uma"):
        for _ in range(3):
            passes(THREE, subject)

    limits.forget(THREE, "ada")

    assert passes(THREE, "ada")
    assert not passes(THREE, "uma")


@pytest.mark.django_db
def test_what_is_remembered_is_known_until_it_expires():
    with time_machine.travel(NOON, tick=False) as clock:
        limits.remember("network", "ada 10.0.0.0/24", timedelta(days=30))
        assert limits.remembers("network", "ada 10.0.0.0/24")
        assert not limits.remembers("network", "ada 10.0.1.0/24")

        clock.shift(timedelta(days=30, seconds=1))

        assert not limits.remembers("network", "ada 10.0.0.0/24")


@pytest.mark.django_db
def test_past_counters_are_tidied_away_and_present_ones_stay():
    with time_machine.travel(NOON, tick=False) as clock:
        limits.hit(THREE, "ada")
        clock.shift(timedelta(minutes=20))
        limits.hit(THREE, "ada")

        assert limits.forget_expired() == 1

    assert Counter.objects.count() == 1


@pytest.mark.django_db
def test_the_table_names_nobody():
    limits.hit(THREE, "ada@northwind.example")

    assert "ada" not in Counter.objects.get().key


@pytest.mark.django_db(transaction=True)
def test_of_many_simultaneous_hits_exactly_the_limit_passes():
    ten = Limit("tests", 10, timedelta(days=1))

    results = at_once([lambda: passes(ten, "ada")] * 40)

    assert sorted(results) == [False] * 30 + [True] * 10


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_new_pepper_gives_no_budget_back(settings):
    assert [passes(THREE, "ada") for _ in range(2)] == [True, True]

    settings.TOKEN_PEPPERS = ["a new pepper, of at least 32 characters", *settings.TOKEN_PEPPERS]

    assert [passes(THREE, "ada") for _ in range(2)] == [True, False]
