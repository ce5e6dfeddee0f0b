"""Limiting a new token on its page, and what the list says of tokens that end soon or lie unused."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.knock import call, refused, shown
from tokens.actions import create_token
from tokens.models import PersonalAccessToken

pytestmark = pytest.mark.django_db
TOKENS = "/dashboard/personal-access-tokens"
NOON = "2030-06-01T12:00:00Z"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def browser(clock, browser_of, ada):
    return browser_of(ada)


def create(browser, **fields):
    return browser.post(TOKENS, {"name": "CI"} | fields)


def test_a_token_has_the_end_scopes_and_environment_that_were_chosen(browser, development):
    fields = {"expires": "30", "reach": "some", "scopes": ["keys:write", "spaces:read"], "environment": development.pk}

    token = create(browser, **fields).context["issued"].token

    assert token.expires_at == datetime(2030, 7, 1, 12, tzinfo=UTC)
    assert token.scopes == ["spaces:read", "keys:write"] or token.scopes == ["keys:write", "spaces:read"]
    assert token.environment == development


def test_what_was_chosen_holds_for_the_api(browser, development, production):
    answer = create(browser, reach="some", scopes=["environments:read"], environment=development.pk)

    secret = answer.context["issued"].secret
    assert [row["id"] for row in shown(call("GET", "/v1/environments", secret))] == [development.pk]
    refused(call("GET", "/v1/spaces", secret), 403, "forbidden")


def test_without_a_choice_nothing_is_limited(browser):
    token = create(browser, expires="", reach="everything", environment="").context["issued"].token

    assert (token.expires_at, token.scopes, token.environment) == (None, None, None)


def test_the_last_day_is_a_whole_one(browser):
    token = create(browser, expires="day", expires_on="2030-06-30").context["issued"].token

    assert token.expires_at == datetime(2030, 6, 30, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"expires": "day"}, "expires_on"),
        ({"expires": "day", "expires_on": "2030-05-31"}, "expires_on"),
        ({"expires": "7"}, "expires"),
        ({"reach": "some"}, "scopes"),
        ({"reach": "some", "scopes": ["keys:rotate"]}, "scopes"),
        ({"reach": "all"}, "reach"),
        ({"environment": "us_env_" + "a" * 22}, "environment"),
        ({"environment": "\0"}, "environment"),
    ],
)
def test_what_cannot_be_opens_the_dialog_again_with_what_was_typed(browser, fields, field):
    answer = create(browser, **fields)

    html = answer.content.decode()
    assert answer.context["form"].errors.keys() == {field}
    assert '<dialog id="new" aria-labelledby="new-h" closedby="any" open>' in html
    assert 'value="CI"' in html
    assert ('<details class="more" open>' in html) == (field not in ("expires", "expires_on"))
    assert not PersonalAccessToken.objects.exists()


def test_the_environment_of_another_account_is_no_choice(browser, lumen):
    other = lumen.environments[0]

    answer = create(browser, environment=other.pk)

    assert answer.context["form"].errors.keys() == {"environment"}
    assert not PersonalAccessToken.objects.exists()


def test_who_sees_one_environment_is_offered_no_other(browser_of, uma, ada, development, lumen):
    html = browser_of(uma).get(TOKENS).content.decode()

    assert f'<option value="{development.pk}">Development</option>' in html
    assert lumen.environments[0].pk not in html


def test_writing_keys_carries_a_warning(browser):
    html = browser.get(TOKENS).content.decode()

    assert html.count("A key made with it may do whatever a key may do.") == 1


def test_what_was_chosen_survives_a_missing_proof(browser, development):
    browser.grow_stale()

    html = create(browser, reach="some", scopes=["keys:read"], environment=development.pk).content.decode()

    assert f'<option value="{development.pk}" selected>' in html
    assert 'value="keys:read" aria-label="Read: API keys" checked' in html


def test_the_list_marks_what_ends_soon_and_what_lies_unused(browser, ada):
    now = timezone.now()
    create_token(ada.actor, name="A", expires_at=now + timedelta(days=14))
    create_token(ada.actor, name="B", expires_at=now + timedelta(days=15))
    old = create_token(ada.actor, name="C").token
    PersonalAccessToken.objects.filter(pk=old.pk).update(
        created_at=now - timedelta(days=200), last_used_at=now - timedelta(days=91)
    )
    ada.member.user.tokens_not_before = now - timedelta(days=300)
    ada.member.user.save()

    html = browser.get(TOKENS).content.decode()

    assert html.count("Expires soon") == 1
    assert html.count("Unused for 90 days") == 1
