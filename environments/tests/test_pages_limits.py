"""Limiting a new key on the page, and what the list says of keys that end soon or lie unused."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from environments.actions import create_key
from environments.models import ApiKey

pytestmark = pytest.mark.django_db
NOON = "2030-06-01T12:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def browser(clock, browser_of, ada):
    return browser_of(ada)


def create(browser, environment, **fields):
    return browser.post(reverse("key_create", args=[environment.pk]), {"type": "SECRET", "name": "CI"} | fields)


def page(browser, environment):
    return browser.get(reverse("keys", args=[environment.pk])).content.decode()


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({}, None),
        ({"expires": ""}, None),
        ({"expires": "", "expires_on": "1999-01-01"}, None),
        ({"expires": "30"}, datetime(2030, 7, 1, 12, tzinfo=UTC)),
        ({"expires": "90", "expires_on": "junk"}, datetime(2030, 8, 30, 12, tzinfo=UTC)),
        ({"expires": "365"}, datetime(2031, 6, 1, 12, tzinfo=UTC)),
        ({"expires": "day", "expires_on": "2030-06-01"}, datetime(2030, 6, 1, 23, 59, 59, tzinfo=UTC)),
        ({"expires": "day", "expires_on": "2040-05-01"}, datetime(2040, 5, 1, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_key_ends_when_it_was_told_to(browser, development, fields, end):
    assert create(browser, development, **fields).context["issued"].key.expires_at == end


@pytest.mark.parametrize(
    "day", ["", "2030-05-31", "2041-01-01", "9999-12-31", "0001-01-01", "31.12.2030", "2030-02-30", "\0"]
)
def test_an_end_that_cannot_be_opens_the_dialog_again_with_what_was_typed(browser, development, day):
    answer = create(browser, development, expires="day", expires_on=day)

    html = answer.content.decode()
    assert answer.context["new_key"].errors.keys() == {"expires_on"}
    assert '<dialog id="new-key" aria-labelledby="new-key-h" closedby="any" open>' in html
    assert 'value="day" selected' in html
    assert 'value="CI"' in html
    assert not development.keys.filter(name="CI").exists()


@pytest.mark.parametrize("expires", ["31", "-30", "never", "9" * 20])
def test_another_span_is_refused(browser, development, expires):
    assert create(browser, development, expires=expires).context["new_key"].errors.keys() == {"expires"}


def test_a_key_is_limited_to_what_was_ticked(browser, development):
    answer = create(browser, development, reach="some", scopes=["spaces:read", "events:read"])

    assert answer.context["issued"].key.scopes == ["spaces:read", "events:read"]
    assert "Limited to spaces:read, events:read" in page(browser, development)


@pytest.mark.parametrize(
    "fields", [{}, {"reach": "everything"}, {"reach": "everything", "scopes": ["spaces:read", "x"]}]
)
def test_everything_is_what_one_gets_without_choosing(browser, development, fields):
    assert create(browser, development, **fields).context["issued"].key.scopes is None


@pytest.mark.parametrize("scopes", [[], ["keys:write"], ["spaces:read", "nothing:read"], ["\0"]])
def test_choosing_nothing_or_what_there_is_not_is_refused_and_stays_unfolded(browser, development, scopes):
    answer = create(browser, development, reach="some", scopes=scopes)

    html = answer.content.decode()
    assert answer.context["new_key"].errors.keys() == {"scopes"}
    assert '<details class="more" open>' in html
    assert 'value="some" checked' in html
    assert not development.keys.filter(name="CI").exists()


def test_the_table_has_what_a_secret_key_can_do_and_no_more(browser, development):
    html = page(browser, development)

    assert 'value="spaces:write" aria-label="Write: Spaces"' in html
    assert 'value="users:read"' in html
    assert "keys:write" not in html
    assert "tokens:read" not in html


def test_a_publishable_key_has_an_end_and_no_scopes(browser, development):
    fields = {"type": "PUBLISHABLE", "expires": "30", "reach": "some", "scopes": ["secrets:read"]}

    key = create(browser, development, **fields).context["issued"].key

    assert key.scopes is None
    assert key.expires_at


def test_what_was_ticked_survives_a_missing_proof(browser, development):
    browser.grow_stale()

    html = create(browser, development, reach="some", scopes=["spaces:read"], expires="90").content.decode()

    assert 'value="spaces:read" aria-label="Read: Spaces" checked' in html
    assert 'value="90" selected' in html


def test_the_list_marks_what_ends_soon_and_what_lies_unused(browser, ada, development):
    now = timezone.now()
    create_key(ada.actor, development, type="SECRET", expires_at=now + timedelta(days=13))
    create_key(ada.actor, development, type="SECRET", expires_at=now + timedelta(days=15))
    old = create_key(ada.actor, development, type="SECRET").key
    ApiKey.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=91))

    html = page(browser, development)

    assert html.count("Expires soon") == 1
    assert html.count("Unused for 90 days") == 1


def test_a_key_that_has_ended_is_gone(browser, clock, ada, development):
    issued = create_key(ada.actor, development, type="SECRET", expires_at=timezone.now() + timedelta(minutes=5))
    assert issued.key.hint in page(browser, development)

    clock.shift(301)

    assert issued.key.hint not in page(browser, development)


def test_the_last_day_is_offered_as_a_day(browser, development):
    html = create(browser, development, expires="day", expires_on=str(date(2030, 5, 1))).content.decode()

    assert 'type="date" name="expires_on" value="2030-05-01"' in html
