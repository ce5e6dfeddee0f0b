"""Personal access tokens and client pairs as pages."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from conftest import bearer
from tokens.actions import create_client, create_token
from tokens.models import ClientCredential, PersonalAccessToken

pytestmark = pytest.mark.django_db

TOKENS = "/dashboard/personal-access-tokens"
CLIENTS = "/dashboard/settings/personal-tokens"


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def test_a_new_token_is_shown_this_once(browser, client):
    answer = browser.post(TOKENS, {"name": "Nightly audit export"})

    secret = answer.context["issued"].secret
    assert answer["Cache-Control"] == "no-store"
    assert secret in answer.content.decode()
    assert secret not in browser.get(TOKENS).content.decode()
    assert client.get("/api/v1/spaces", headers=bearer(secret)).status_code == 200


def test_the_list_says_what_a_token_is_limited_to(browser, ada, development):
    create_token(ada.actor, name="Wide")
    limits = {"scopes": ["keys:write"], "environment": development, "expires_at": datetime(2030, 2, 22, 14, tzinfo=UTC)}
    create_token(ada.actor, name="Narrow", **limits)

    html = browser.get(TOKENS).content.decode()

    assert html.count("Everything you may do") == 1
    assert "Limited to keys:write" in html
    assert "In development only" in html
    assert "22 Feb 2030, 14:00" in html


def test_a_token_needs_a_name(browser):
    html = browser.post(TOKENS, {"name": " "}).content.decode()

    assert '<dialog id="new" aria-labelledby="new-h" closedby="any" open>' in html
    assert not PersonalAccessToken.objects.exists()


def test_a_stale_session_gives_its_password_first(browser, ada):
    browser.grow_stale()

    asked = browser.post(TOKENS, {"name": "Nightly"})
    made = browser.post(TOKENS, {"name": "Nightly", "password": ada.password})

    assert "issued" not in asked.context or asked.context["issued"] is None
    assert made.context["issued"].token.name == "Nightly"


def test_the_list_says_what_each_token_is_and_when_it_was_used(browser, ada, client):
    issued = create_token(ada.actor, name="Key rotation in CI")
    client.get("/api/v1/spaces", headers=bearer(issued.secret) | {"User-Agent": "curl/8.5.0"})

    html = browser.get(TOKENS).content.decode()

    assert "Key rotation in CI" in html
    assert issued.token.hint in html
    assert "curl 8.5.0, 127.0.0.1" in html


def test_a_deleted_token_is_refused_on_the_next_request(browser, ada, client):
    issued = create_token(ada.actor, name="Nightly")

    answer = browser.post(reverse("token_delete", args=[issued.token.pk]), follow=True)

    assert "The token “Nightly” is deleted." in answer.content.decode()
    assert issued.token.hint not in answer.content.decode()
    assert client.get("/api/v1/spaces", headers=bearer(issued.secret)).status_code == 401


def test_deleting_asks_for_no_proof(browser, ada):
    issued = create_token(ada.actor, name="Nightly")
    browser.grow_stale()

    browser.post(reverse("token_delete", args=[issued.token.pk]))

    issued.token.refresh_from_db()
    assert issued.token.revoked_at


def test_nobody_sees_or_deletes_the_tokens_of_a_colleague(browser_of, ada, uma):
    issued = create_token(ada.actor, name="Nightly")
    other = browser_of(uma)

    assert issued.token.hint not in other.get(TOKENS).content.decode()
    assert other.post(reverse("token_delete", args=[issued.token.pk])).status_code == 404


def test_the_user_role_may_have_tokens(browser_of, uma):
    assert browser_of(uma).post(TOKENS, {"name": "Mine"}).context["issued"].token.member == uma.member


def test_the_empty_list_says_what_tokens_are_for(browser):
    assert "No tokens yet" in browser.get(TOKENS).content.decode()


def test_tokens_that_a_password_reset_ended_are_not_listed(browser_of, ada):
    from django.utils import timezone

    issued = create_token(ada.actor, name="Nightly")
    ada.member.user.tokens_not_before = timezone.now()
    ada.member.user.save()

    assert issued.token.hint not in browser_of(ada).get(TOKENS).content.decode()


def test_a_client_pair_shows_its_secret_this_once(browser):
    answer = browser.post(CLIENTS, {"description": "Importer"})

    issued = answer.context["issued"]
    html = browser.get(CLIENTS).content.decode()
    assert issued.secret in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert issued.client.client_id in html
    assert issued.secret not in html


def test_a_client_pair_is_deleted(browser, ada):
    client = create_client(ada.actor, description="Importer").client

    answer = browser.post(reverse("client_delete", args=[client.pk]), follow=True)

    assert "The pair “Importer” is deleted." in answer.content.decode()
    assert not ClientCredential.objects.live().exists()


def test_a_stranger_finds_no_pair(browser_of, sam, ada):
    client = create_client(ada.actor, description="Importer").client

    assert browser_of(sam).post(reverse("client_delete", args=[client.pk])).status_code == 404


def test_settings_lead_to_the_personal_tokens(browser):
    settings = browser.get("/dashboard/settings", follow=True).content.decode()

    assert f'<a href="{CLIENTS}">Personal tokens' in settings


@pytest.mark.parametrize("page", [TOKENS, CLIENTS])
def test_a_thousand_rows_cost_no_more_queries_than_one(browser, ada, page, django_assert_max_num_queries):
    for number in range(60):
        create_token(ada.actor, name=f"Token {number}")
        create_client(ada.actor)

    with django_assert_max_num_queries(10):
        answer = browser.get(page)

    assert answer.context["older"]
