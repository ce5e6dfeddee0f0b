"""The door: one credential a request, bearers for the API, cookies for pages, and what every answer carries."""

import pytest
from django.test import Client

from conftest import PASSWORD, bearer
from tests.knock import alike, call, refused, shown

SPACES = "/v1/spaces"
WHOAMI = "/v1/auth/whoami"
OPEN = ["/v1/auth", "/v1/auth/refresh-token", "/.well-known/jwks.json", "/healthz", "/readyz"]


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def test_both_prefixes_are_one_api(pat, northwind):
    assert alike(call("GET", "/v1/environments", pat)) == alike(call("GET", "/api/v1/environments", pat))


def test_without_a_credential_the_api_asks_for_one(db):
    answer = call("GET", SPACES)

    refused(answer, 401, "invalid_credential")
    assert answer["WWW-Authenticate"] == 'Bearer realm="latchkey"'


def test_a_bad_credential_is_named_as_one(db):
    answer = call("GET", SPACES, "junk")

    refused(answer, 401, "invalid_credential")
    assert answer["WWW-Authenticate"] == 'Bearer realm="latchkey", error="invalid_token"'


def test_a_refused_right_is_named_as_insufficient_scope(secret_key):
    answer = call("GET", "/v1/auth/personal-access-tokens", secret_key)

    assert refused(answer, 403, "forbidden").keys() >= {"action", "rule", "reason"}
    assert answer["WWW-Authenticate"] == 'Bearer realm="latchkey", error="insufficient_scope"'


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_the_word_bearer_is_read_in_any_case(pat, scheme):
    assert call("GET", WHOAMI, HTTP_AUTHORIZATION=f"{scheme} {pat}").status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        "{0}",
        "Token {0}",
        "Basic {0}",
        "Basic YWRhOnBhc3N3b3Jk",
        "Bearer",
        "Bearer ",
        "Bearer  {0}",
        "Bearer\t{0}",
        "Bearer {0} ",
        "Bearer {0} {0}",
        'Bearer "{0}"',
        "Bearer {0}\0",
        "Bearer {0};",
        "Bearer Bearer {0}",
        "Bearer:{0}",
        "Bearer é{0}",
    ],
)
def test_any_other_form_of_the_header_is_refused(pat, form):
    refused(call("GET", WHOAMI, HTTP_AUTHORIZATION=form.format(pat)), 401, "invalid_credential")


def test_two_authorization_headers_are_refused_even_when_both_are_good(pat, secret_key):
    for two in (f"Bearer {pat},Bearer {secret_key}", f"Bearer {pat}, Bearer {pat}", f"Bearer {pat},"):
        refused(call("GET", SPACES, HTTP_AUTHORIZATION=two), 400, "two_credentials")


@pytest.mark.parametrize("name", ["access_token", "token", "api_key", "apiKey", "key", "Authorization"])
def test_a_credential_in_the_query_is_not_read(pat, name):
    refused(call("GET", f"{SPACES}?{name}={pat}"), 401, "invalid_credential")


@pytest.mark.parametrize(
    "header", ["HTTP_X_API_KEY", "HTTP_X_AUTHORIZATION", "HTTP_PROXY_AUTHORIZATION", "HTTP_X_ACCESS_TOKEN"]
)
def test_a_credential_in_another_header_is_not_read(pat, header):
    refused(call("GET", SPACES, **{header: f"Bearer {pat}"}), 401, "invalid_credential")


def test_a_credential_in_a_form_is_not_read(pat):
    form = f"access_token={pat}".encode()

    refused(call("POST", SPACES, body=form, content_type="application/x-www-form-urlencoded"), 401)


def test_a_session_opens_no_api(browser):
    for method in ("GET", "POST", "DELETE"):
        refused(browser.generic(method, "/v1/auth/personal-access-tokens"), 401, "invalid_credential")


def test_a_session_adds_nothing_to_a_bearer(browser, uma, password_token):
    answer = browser.get(WHOAMI, headers=bearer(password_token(uma)))

    assert shown(answer)["id"] == uma.member.pk


@pytest.mark.parametrize(
    "page", ["/dashboard", "/dashboard/keys-and-secrets", "/dashboard/logs", "/dashboard/no-such-page"]
)
def test_a_bearer_opens_no_page(client, pat, page):
    answer = client.get(page, headers=bearer(pat))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/sign-in?next=")


def test_a_bearer_adds_nothing_to_a_session(browser, lumen, sam, password_token):
    page = browser.get("/dashboard/environments", headers=bearer(password_token(sam))).content.decode()

    assert "Ada Marsh" in page
    assert "Sam Okafor" not in page


@pytest.mark.parametrize("path", OPEN)
def test_open_routes_do_not_read_a_credential(db, path):
    for header in ("Bearer dummy", "Bearer a, Bearer b", "Basic x"):
        method = "POST" if path.startswith("/v1") else "GET"
        with_one, without = call(method, path, HTTP_AUTHORIZATION=header), call(method, path)

        assert alike(with_one) == alike(without)


def test_the_sdk_may_send_a_dummy_token_with_a_password(ada):
    body = {"type": "userCredentials", "email": ada.email, "password": PASSWORD}

    assert call("POST", "/v1/auth", "dummy", body).status_code == 200


@pytest.mark.parametrize("path", [SPACES, "/v1/environments", WHOAMI, "/healthz", "/.well-known/jwks.json"])
def test_head_is_get_without_a_body(pat, path):
    get, head = call("GET", path, pat), call("HEAD", path, pat)

    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head["Content-Type"] == get["Content-Type"]


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "CONNECT", "PUT", "BREW"])
def test_a_method_that_is_not_there_is_refused_with_the_ones_that_are(pat, method):
    answer = call(method, SPACES, pat)

    refused(answer, 405, "method_not_allowed")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST", "HEAD", "DELETE"}


@pytest.mark.parametrize("header", ["HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_HTTP_METHOD", "HTTP_X_METHOD_OVERRIDE"])
def test_a_method_cannot_be_overridden(pat, ada, header):
    token = ada.member.tokens.get()

    answer = call("POST", f"/v1/auth/personal-access-tokens/{token.pk}?_method=DELETE", pat, **{header: "DELETE"})

    refused(answer, 405)
    assert call("GET", WHOAMI, pat).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/v1/spaces/",
        "/v1/environments/",
        "//v1/spaces",
        "/v1//spaces",
        "/V1/spaces",
        "/v1/Spaces",
        "/v1/spaces;x",
        "/v1/../v1/spaces",
        "/v1",
        "/api",
        "/v1/spaces%00",
    ],
)
def test_a_path_that_is_almost_one_of_ours_is_not_found_and_never_redirected(pat, path):
    answer = call("GET", path, pat)

    assert answer.status_code == 404
    assert "Location" not in answer


def test_every_request_has_an_id_of_its_own_that_no_caller_chooses(db):
    ids = {call("GET", "/healthz", HTTP_X_REQUEST_ID="mine")["X-Request-Id"] for _ in range(20)}

    assert len(ids) == 20
    assert all(len(id) == 20 and id.isalnum() for id in ids)


@pytest.mark.parametrize(
    "path", [SPACES, "/v1/none", "/api/none", "/healthz", "/.well-known/jwks.json", "/dashboard", "/account/sign-in"]
)
def test_answers_are_not_to_be_stored(db, path):
    assert Client().get(path)["Cache-Control"] == "no-store"
