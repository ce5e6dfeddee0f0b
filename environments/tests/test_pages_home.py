"""Home: what goes on in an environment, and nothing that the visitor may not see."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from environments.actions import create_key
from environments.models import ApiKey
from environments.tests.homes import home_of, shown, used
from events.models import Usage
from events.usage import meter
from spaces.actions import create_space
from tests.knock import call
from tokens.actions import create_token
from tokens.models import PersonalAccessToken

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


# The way there


def test_the_dashboard_leads_to_the_home_of_the_environment_last_looked_at(browser, production, development):
    assert browser.get("/dashboard")["Location"] == home_of(development)

    browser.get(home_of(production))

    assert browser.get("/dashboard")["Location"] == home_of(production)


def test_from_home_one_switches_to_another_home(browser, development, production):
    assert f'<a href="{home_of(production)}">' in shown(browser, development)


# Usage


def test_requests_are_shown_by_key_and_in_sum(browser, development):
    used(development, "Storefront", 1200)
    used(development, "Storefront", 30, days=13)
    used(development, "Nightly", 4, days=3)
    used(development, "Nightly", 999, days=14)

    html = shown(browser, development)

    assert "<dd>1,200</dd>" in html
    assert re.search(r"<dd>1,234\s*<svg", html)
    assert "<span>Storefront</span><b>1,230</b>" in html
    assert "<span>Nightly</span><b>4</b>" in html


def test_a_request_counted_at_the_door_shows_up(browser, development, secret_key):
    call("GET", "/v1/spaces", secret_key)
    meter.flush()

    assert "<span>Secret key</span><b>1</b>" in shown(browser, development)


def test_more_keys_than_have_a_tone_are_put_together(browser, development):
    for number in range(7):
        used(development, f"Key {number}", 10 - number)

    html = shown(browser, development)

    assert "<span>Key 3</span><b>7</b>" in html
    assert "Key 4</span>" not in html
    assert "<span>Other keys</span><b>15</b>" in html


def test_development_says_that_it_costs_no_credits_and_production_does_not(browser, development, production):
    used(development)
    used(production)

    assert "Development does not count towards credits." in shown(browser, development)
    assert "credits" not in shown(browser, production)


def test_an_environment_that_fell_silent_says_so(browser, development):
    used(development, days=20)

    html = shown(browser, development)

    assert "No requests in the last 14 days" in html
    assert "first-space" not in html


# What needs attention


def test_what_ends_soon_or_lies_unused_is_listed_the_urgent_first(browser, ada, development):
    User.objects.update(tokens_not_before=NOW - timedelta(days=400))
    soon, old, fine, later = (
        create_key(ada.actor, development, type="SECRET", name=name).key for name in ("Soon", "Old", "Fine", "Later")
    )
    ApiKey.objects.filter(pk=soon.pk).update(expires_at=NOW + timedelta(days=13))
    ApiKey.objects.filter(pk=later.pk).update(expires_at=NOW + timedelta(days=15))
    ApiKey.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=91))
    ApiKey.objects.filter(pk=fine.pk).update(created_at=NOW - timedelta(days=91), last_used_at=NOW - timedelta(days=89))
    token = create_token(ada.actor, name="Laptop").token
    PersonalAccessToken.objects.filter(pk=token.pk).update(expires_at=NOW + timedelta(days=1))

    html = shown(browser, development)

    listed = html[html.index("Needs attention") : html.index("Last events")]
    found = sorted((listed.index(f"<b>{name}</b>"), name) for name in ("Soon", "Laptop", "Old"))
    assert [name for _, name in found] == ["Laptop", "Soon", "Old"]
    assert "<b>Fine</b>" not in listed
    assert "<b>Later</b>" not in listed


def test_where_all_is_well_nothing_needs_attention(browser, development):
    assert "Needs attention" not in shown(browser, development)


def test_another_persons_token_concerns_nobody_else(browser, uma, development):
    create_token(uma.actor, name="Of Uma", expires_at=NOW + timedelta(days=1))

    assert "Of Uma" not in shown(browser, development)


# The log


def test_the_last_events_of_this_environment_are_told_with_the_way_to_the_others(browser, ada, development, production):
    for number in range(12):
        create_space(ada.actor, development, name=f"Space {number}")
    create_space(ada.actor, production, name="Elsewhere")

    html = shown(browser, development)

    assert "Space 11" in html
    assert "Space 4" in html
    assert "Space 3" not in html
    assert "Elsewhere" not in html
    assert f"/dashboard/logs?environment={development.pk}" in html


# Who sees what


def test_who_may_not_see_the_keys_sees_no_usage_of_them(browser_of, uma, development):
    used(development, "Storefront", 1234)
    ApiKey.objects.filter(name="Storefront").update(created_at=NOW - timedelta(days=100))

    html = shown(browser_of(uma), development)

    assert "Storefront" not in html
    assert "1,234" not in html
    assert "Requests" not in html
    assert "Get development going" not in html
    assert "Publishable keys" in html
    assert "Last events" in html


def test_who_may_not_see_the_keys_is_shown_no_first_steps(browser_of, uma, development):
    assert "Get development going" not in shown(browser_of(uma), development)


def test_another_account_has_no_home_here(browser_of, sam, development):
    assert browser_of(sam).get(home_of(development)).status_code == 404


# What it costs


def many(environment, ada, number):
    """That many keys, each used on three days, tokens and events."""
    stamp = datetime.now(UTC).timestamp()
    keys = [
        ApiKey(
            account_id=environment.account_id,
            environment=environment,
            type="SECRET",
            name="x",
            digest=f"{stamp}-{n}",
            sealed=b"",
            created_at=NOW - timedelta(days=100),
        )
        for n in range(number)
    ]
    ApiKey.objects.bulk_create(keys)
    Usage.objects.bulk_create(
        Usage(
            account_id=environment.account_id,
            environment=environment,
            credential_id=key.pk,
            kind="secret_key",
            day=datetime.now(UTC).date() - timedelta(days=back),
            count=1,
        )
        for key in keys
        for back in range(3)
    )
    PersonalAccessToken.objects.bulk_create(
        PersonalAccessToken(account_id=environment.account_id, member=ada.member, name="x", digest=f"{stamp}-{n}")
        for n in range(number)
    )


def test_home_costs_the_same_with_ten_keys_and_with_a_thousand(browser, ada, development):
    def cost():
        browser.get(home_of(development))
        with CaptureQueriesContext(connection) as captured:
            shown(browser, development)
        return len(captured)

    new = cost()
    many(development, ada, 10)
    with_ten = cost()
    many(development, ada, 990)

    assert cost() == with_ten
    assert max(new, with_ten) <= 12
