"""What ends soon and what lies unused: the same answer for one row and for a list."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from environments.actions import create_key, rotate_key
from environments.models import ApiKey
from tokens.actions import create_token
from tokens.models import PersonalAccessToken

pytestmark = pytest.mark.django_db
NOON = "2030-06-01T12:00:00Z"
MODELS = (ApiKey, PersonalAccessToken)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def both(clock, ada, development):
    """A key and a token with these columns."""

    def make(**columns):
        made = create_key(ada.actor, development, type="SECRET").key, create_token(ada.actor, name="CI").token
        for row in made:
            type(row).objects.filter(pk=row.pk).update(**columns)
            row.refresh_from_db()
        return made

    return make


def told(row, listed, own):
    """Whether list and row say so, which must be the same."""
    assert listed.filter(pk=row.pk).exists() == own
    return own


def ends_soon(row):
    return told(row, type(row).objects.expiring_soon(), row.expires_soon)


def is_unused(row):
    return told(row, type(row).objects.unused(), row.is_unused)


@pytest.mark.parametrize(
    ("days", "soon"), [(-1, False), (0, False), (1, True), (13, True), (14, True), (14.01, False), (None, False)]
)
def test_what_ends_within_fourteen_days_ends_soon(both, days, soon):
    end = None if days is None else timezone.now() + timedelta(days=days)

    assert [ends_soon(row) for row in both(expires_at=end)] == [soon, soon]


@pytest.mark.parametrize(
    ("created", "used", "unused"),
    [(1, None, False), (90, None, False), (91, None, True), (200, 89, False), (200, 90, False), (200, 91, True)],
)
def test_what_nothing_used_for_ninety_days_is_unused(both, created, used, unused):
    now = timezone.now()
    at = {"created_at": now - timedelta(days=created), "last_used_at": used and now - timedelta(days=used)}

    assert [is_unused(row) for row in both(**at)] == [unused, unused]


def test_a_key_that_is_being_replaced_needs_no_further_word(both, ada):
    now = timezone.now()
    key, _ = both(created_at=now - timedelta(days=100), expires_at=now + timedelta(days=3))
    assert ends_soon(key)
    assert is_unused(key)

    rotate_key(ada.actor, key, overlap="24h")
    key.refresh_from_db()

    assert not ends_soon(key)
    assert not is_unused(key)
