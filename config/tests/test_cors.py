"""Pages of other origins: pre-flights alike for all and for nothing, answers readable by the account's list."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from access.actors import Kind
from conftest import PASSWORD
from environments.models import ApiKey
from tests.knock import alike, call, refused, shown
from tokens.actions import create_client, create_token

SPACES, WHOAMI = "/v1/spaces", "/v1/auth/whoami"
PAGE, EVIL = "https://app.northwind.example", "https://evil.example"
SDK = (
    "authorization,content-type,content-encoding,user-agent,x-disable-hooks,x-fern-language,x-fern-runtime,"
    "x-fern-runtime-version,x-fern-sdk-name,x-fern-sdk-version"
)


def preflight(path, origin=PAGE, method="POST", **extra):
    asked = {"HTTP_ORIGIN": origin, "HTTP_ACCESS_CONTROL_REQUEST_METHOD": method}
    return call("OPTIONS", path, **asked, **extra)


def reader(path, credential="", origin=PAGE, method="GET", **extra):
    """Whom the answer may be read by."""
    answer = call(method, path, credential, HTTP_ORIGIN=origin, **extra)
    assert "Origin" in answer["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer
    assert ("Access-Control-Expose-Headers" in answer) == ("Access-Control-Allow-Origin" in answer)
    return answer.get("Access-Control-Allow-Origin")


@pytest.fixture
def listed(northwind):
    """The account allows one origin and what is below another."""
    northwind.account.allowed_origins = [PAGE, "https://*.wild.example"]
    northwind.account.save()


@pytest.fixture
def production_keys(production):
    return {key.type: key.text for key in production.keys.all()}


# Pre-flights


@pytest.mark.parametrize("path", [SPACES, f"/api{SPACES}", "/v1/nothing", "/v1", "/.well-known/jwks.json"])
@pytest.mark.parametrize("origin", [PAGE, "null", "http://localhost:3000", "junk"])
def test_preflights_are_answered_alike_whoever_asks_for_what(listed, path, origin):
    same = preflight(SPACES)
    answer = preflight(path, origin, "BREW", HTTP_ACCESS_CONTROL_REQUEST_HEADERS="x-anything")

    assert answer.status_code == 204
    assert alike(answer) == alike(same)


def test_a_preflight_asks_the_database_nothing(listed, pat):
    with CaptureQueriesContext(connection) as captured:
        answers = [preflight(SPACES), preflight(SPACES, HTTP_AUTHORIZATION=f"Bearer {pat}", HTTP_COOKIE="sid=x")]

    assert list(captured) == []
    assert alike(answers[0]) == alike(answers[1])


def test_a_preflight_allows_what_the_official_sdk_sends(db):
    answer = preflight(SPACES)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert set(answer["Access-Control-Allow-Headers"].split(", ")) >= set(SDK.split(","))
    assert set(answer["Access-Control-Allow-Methods"].split(", ")) == {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
    assert answer["Access-Control-Max-Age"] == "7200"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer.content == b""
    assert answer["X-Request-Id"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"]


def test_a_preflight_for_a_page_or_a_watcher_is_none(db):
    for path in ("/account/sign-in", "/dashboard", "/dev/mail", "/healthz", "/readyz", "/metrics", "/", "/v1x"):
        answer = preflight(path)

        assert answer.status_code in (302, 404, 405), path
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_an_options_that_is_no_preflight_is_a_405(pat):
    refused(call("OPTIONS", SPACES, pat, HTTP_ORIGIN=PAGE), 405, "method_not_allowed")
    refused(call("OPTIONS", SPACES, pat, HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET"), 405, "method_not_allowed")


# The real answer


def test_an_account_without_a_list_is_read_by_any_page_in_development_and_by_none_elsewhere(
    secret_key, publishable_key, production_keys, development, pat, ada
):
    fenced = create_token(ada.actor, name="Fenced", environment=development).secret

    for credential in (secret_key, publishable_key, fenced):
        assert reader(WHOAMI, credential) == "*"
        assert reader(WHOAMI, credential, "null") == "*"
    for credential in (*production_keys.values(), pat):
        assert reader(WHOAMI, credential) is None


def test_a_token_confined_to_production_is_not_read_without_a_list(ada, production):
    fenced = create_token(ada.actor, name="Fenced", environment=production).secret

    assert reader(WHOAMI, fenced) is None


def test_a_list_says_which_pages_read_answers_in_every_environment(
    listed, secret_key, production_keys, pat, ada, password_token, client_token
):
    tokens = (password_token(ada), client_token(create_client(ada.actor)))
    for credential in (secret_key, pat, *production_keys.values(), *tokens):
        assert reader(WHOAMI, credential) == PAGE
        assert reader(WHOAMI, credential, "https://a.b.wild.example") == "https://a.b.wild.example"
        for origin in (EVIL, "null", "https://wild.example", f"{PAGE}.evil.example", f"{PAGE}:8443", "http://x"):
            assert reader(WHOAMI, credential, origin) is None


def test_a_list_is_of_one_account(listed, lumen):
    theirs = lumen.environments[1].keys.get(type=ApiKey.Type.SECRET).text

    assert reader(WHOAMI, theirs) is None


def test_every_kind_of_answer_of_an_account_follows_its_list(listed, secret_key, monkeypatch):
    monkeypatch.setattr("spaces.api.spaces.Spaces.get", lambda *_: 1 / 0)
    asked = {
        (SPACES, "GET"): 500,
        (WHOAMI, "PUT"): 405,
        ("/v1/spaces/x", "GET"): 404,
        ("/v1/auth/api-keys/x", "DELETE"): 403,
        ("/v1/secrets", "POST"): 415,
    }
    for (path, method), status in asked.items():
        extra = {"HTTP_ORIGIN": PAGE, "content_type": "text/plain"}
        answer = call(method, path, secret_key, b"{}", **extra)

        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, PAGE)
        assert reader(path, secret_key, EVIL, method) is None


def test_what_belongs_to_no_account_is_read_by_all(listed, ada):
    assert reader(SPACES) == "*"  # 401
    assert reader(SPACES, "junk") == "*"
    assert reader("/v1/nothing") == "*"
    assert reader("/.well-known/jwks.json") == "*"
    assert reader("/v1/auth", "dummy", method="POST", body={"email": ada.email, "password": PASSWORD}) == "*"
    assert reader(SPACES, HTTP_AUTHORIZATION="Bearer a, Bearer b") == "*"
    assert reader(SPACES, method="POST", HTTP_TRANSFER_ENCODING="chunked") == "*"
    assert reader(SPACES, HTTP_HOST="evil.example") == "*"


def test_a_page_may_read_why_and_when(secret_key):
    answer = call("GET", SPACES, secret_key, HTTP_ORIGIN=PAGE)

    assert set(answer["Access-Control-Expose-Headers"].split(", ")) == {
        "Retry-After",
        "WWW-Authenticate",
        "X-Request-Id",
    }


def test_without_an_origin_nothing_is_said_and_nothing_is_asked(listed, secret_key):
    call("GET", WHOAMI, secret_key)
    with CaptureQueriesContext(connection) as captured:
        answer = call("GET", WHOAMI, secret_key)

    assert len(captured) == 1
    assert answer["Vary"] == "Origin"
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_an_origin_costs_one_query(listed, secret_key, pat):
    for credential in (secret_key, pat):
        call("GET", WHOAMI, credential)
        with CaptureQueriesContext(connection) as captured:
            call("GET", WHOAMI, credential, HTTP_ORIGIN=PAGE)

        assert len(captured) == 2


def test_a_refused_credential_costs_no_more_with_an_origin(db):
    with CaptureQueriesContext(connection) as captured:
        call("GET", WHOAMI, "sk_" + "a" * 36, HTTP_ORIGIN=PAGE)

    assert list(captured) == []


def test_the_list_holds_from_the_next_request_on(northwind, pat):
    assert reader(WHOAMI, pat) is None

    shown(call("PATCH", "/v1/accounts/current", pat, {"embeddedDomainWhitelist": [PAGE]}))
    assert reader(WHOAMI, pat) == PAGE

    shown(call("PATCH", "/v1/accounts/current", pat, {"embeddedDomainWhitelist": []}))
    assert reader(WHOAMI, pat) is None


def test_pages_carry_no_such_header(browser_of, ada):
    browser = browser_of(ada)
    for path in ("/dashboard/environments", "/account/change-password", "/healthz", "/metrics"):
        answer = browser.get(path, HTTP_ORIGIN=PAGE)

        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_a_header_that_is_no_origin_never_comes_back(listed, secret_key):
    for origin in ("*", "a\r\nSet-Cookie: a=b", "https://*.wild.example", "é", "x" * 10_000):
        assert reader(WHOAMI, secret_key, origin) is None


def test_what_was_done_is_answered_although_the_list_cannot_be_read(listed, secret_key):
    def away(execute, sql, *rest):
        if "allowed_origins" in sql:
            raise OperationalError("gone")
        return execute(sql, *rest)

    with connection.execute_wrapper(away):
        answer = call("GET", WHOAMI, secret_key, HTTP_ORIGIN=PAGE)

    assert shown(answer)["credential"]["kind"] == Kind.SECRET_KEY
    assert "Access-Control-Allow-Origin" not in answer
