"""Calls of the API go past what only pages need, and lose nothing of what every answer carries."""

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from whitenoise.middleware import WhiteNoiseMiddleware

from tests.knock import call

pytestmark = pytest.mark.django_db
# What a browser goes by, whatever it is shown.
GUARDS = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


@pytest.fixture
def passed(monkeypatch):
    """The layers of pages that a request went through."""
    seen = []
    for layer in (SessionMiddleware, WhiteNoiseMiddleware):
        plain = layer.__call__
        monkeypatch.setattr(
            layer, "__call__", lambda self, request, plain=plain: seen.append(self) or plain(self, request)
        )
    return seen


@pytest.mark.parametrize("path", ["/v1/environments", "/api/v1/environments", "/v1/nothing"])
def test_a_call_goes_past_the_layers_of_pages(pat, passed, path):
    call("GET", path, pat)

    assert passed == []


@pytest.mark.parametrize("path", ["/account/sign-in", "/dashboard", "/api/docs", "/", "/v1x/environments"])
def test_everything_else_goes_through_them(northwind, passed, path):
    Client().get(path)

    assert len(passed) == 2


@pytest.mark.parametrize("path", ["/v1/environments", "/v1/nothing", "/api/v1/secrets/x"])
def test_a_call_is_answered_with_the_same_guards_as_a_page(pat, path):
    page, answer = Client().get("/account/sign-in"), call("GET", path, pat)

    assert {name: answer.get(name) for name in GUARDS} == {name: page.get(name) for name in GUARDS}
    assert int(answer["Content-Length"]) == len(answer.content)


def test_a_cookie_opens_no_call_and_a_call_sets_none(ada, browser_of):
    browser = browser_of(ada)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get("/v1/environments")

    assert answer.status_code == 401
    assert not answer.cookies
    assert list(captured) == []


def test_a_host_that_is_not_ours_is_refused_there_too(pat, settings):
    settings.ALLOWED_HOSTS = ["latchkey.example"]

    assert call("GET", "/v1/environments", pat, HTTP_HOST="evil.example").status_code == 400
