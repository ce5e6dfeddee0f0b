"""What goes wrong is answered in JSON on an API path and as a page elsewhere, whatever it is, and tells no secrets."""

from contextlib import contextmanager

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from conftest import bearer
from tests.knock import call, refused

SPACES = "/v1/spaces"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
DETAIL = "a detail of the inside"


def raise_a_bug(*_, **__):
    raise ZeroDivisionError(DETAIL)


@pytest.fixture
def broken_api(monkeypatch):
    monkeypatch.setattr("spaces.api.spaces.Spaces.get", raise_a_bug)


@pytest.fixture
def broken_door(monkeypatch):
    monkeypatch.setattr("config.door.bad_length", raise_a_bug)


@contextmanager
def database_away(error=OperationalError):
    def refuse(*_):
        raise error(f"could not connect to server: {DETAIL}")

    with connection.execute_wrapper(refuse):
        yield


def is_safe(answer):
    assert DETAIL not in answer.content.decode()
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["Permissions-Policy"]
    assert answer["X-Request-Id"]
    assert "Server" not in answer
    return True


def test_a_host_that_is_not_ours_is_refused(pat):
    for host in ("evil.example", "127.0.0.1.evil.example", "testserver@evil.example", "a b", "testserver:x"):
        answer = call("GET", SPACES, pat, HTTP_HOST=host)

        assert "evil" not in refused(answer, 400, "invalid_input")["message"]
        assert is_safe(answer)


@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/api/nothing", "/api/v1/nothing", "/v1/spaces/x/y", "/healthz/x", "/.well-known/x"]
)
def test_an_unknown_address_of_the_api_is_a_404_in_json(db, path):
    answer = call("GET", path)

    refused(answer, 404, "not_found")
    assert is_safe(answer)


def test_a_wrong_method_is_a_405_in_json(pat):
    answer = call("PUT", SPACES, pat)

    refused(answer, 405, "method_not_allowed")
    assert is_safe(answer)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_wrong_method_of_a_watcher_is_a_405_in_json_too(db, path):
    answer = Client(enforce_csrf_checks=True).post(path)

    refused(answer, 405, "method_not_allowed")
    assert is_safe(answer)


@pytest.mark.parametrize("path", [SPACES, "/v1/auth", "/v1/auth/refresh-token", "/v1/auth/personal-access-tokens"])
def test_a_body_over_a_mebibyte_is_a_413_in_json(pat, path):
    answer = call("POST", path, pat, b'"' + b"a" * 1024 * 1024 + b'"')

    refused(answer, 413, "body_too_large")
    assert is_safe(answer)


@pytest.mark.parametrize("length", ["9" * 5_000, "-1", "x", "1e9", " ", "١٢"])
def test_a_length_that_is_none_is_refused(pat, length):
    answer = call("POST", SPACES, pat, {"name": "a"}, CONTENT_LENGTH=length)

    assert answer.status_code in (400, 413)
    assert refused(answer, answer.status_code)


def test_a_body_without_a_length_is_refused_rather_than_ignored(pat, development):
    for encoding in ("chunked", "gzip, chunked", "identity"):
        answer = call("POST", SPACES, pat, b"", HTTP_TRANSFER_ENCODING=encoding)

        refused(answer, 411, "length_required")
        assert is_safe(answer)

    assert not development.spaces.exists()


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json, text/plain",
        "application/json; charset=utf-16",
        "application/jsonx",
    ],
)
def test_a_body_that_is_not_json_in_utf_8_is_a_415_in_json(pat, kind):
    answer = call("POST", f"{SPACES}?a=%c3%a9", pat, {"name": "a"}, content_type=kind)

    refused(answer, 415, "unsupported_media_type")
    assert is_safe(answer)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "*/*", "x", "application/json; version=9", ""])
def test_the_api_speaks_json_whatever_is_asked_for(pat, accept):
    answer = call("GET", f"{SPACES}?format=api", pat, HTTP_ACCEPT=accept)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"


def test_a_bug_in_a_view_is_a_500_in_json_that_tells_nothing(pat, broken_api):
    answer = call("GET", SPACES, pat)

    refused(answer, 500, "internal_error")
    assert is_safe(answer)


def test_a_bug_around_the_views_is_the_same_500(pat, broken_door):
    answer = call("GET", SPACES, pat)

    refused(answer, 500, "internal_error")
    assert is_safe(answer)


def test_a_bug_on_a_page_is_a_page(db, broken_door):
    answer = Client(raise_request_exception=False).get("/account/sign-in")

    assert answer.status_code == 500
    assert answer["Content-Type"].startswith("text/html")
    assert is_safe(answer)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("path", [SPACES, "/v1/auth/whoami", "/v1/environments", "/api/v1/events"])
def test_a_database_that_is_away_is_a_503_in_json_that_says_when_to_come_back(pat, path, error):
    with database_away(error):
        answer = call("GET", path, pat)

    refused(answer, 503, "unavailable")
    assert answer["Retry-After"] == "2"
    assert is_safe(answer)


def test_exchanges_and_keys_are_503_while_the_database_is_away(ada, secret_key):
    with database_away():
        for answer in (
            call("POST", "/v1/auth", "", {"email": ada.email, "password": "x"}),
            call("POST", "/v1/auth", "", {"clientId": "x", "secret": "x"}),
            call("GET", SPACES, secret_key),
            call("GET", "/.well-known/jwks.json"),
        ):
            refused(answer, 503, "unavailable")


def test_a_page_is_a_503_page_while_the_database_is_away(browser_of, ada):
    browser = browser_of(ada)
    browser.raise_request_exception = False

    with database_away():
        answer = browser.get("/dashboard/environments")

    assert answer.status_code == 503
    assert answer["Content-Type"].startswith("text/html")
    assert is_safe(answer)


@pytest.mark.parametrize("path", ["/account/sign-in", "/dashboard", "/no/such/page", "/dev/mail", "/"])
def test_pages_of_every_status_are_safe(db, path):
    assert is_safe(Client().get(path))


def test_good_answers_are_safe_too(client, pat):
    assert is_safe(client.get(SPACES, headers=bearer(pat)))
