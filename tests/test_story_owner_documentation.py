"""The documentation for administrators, followed word by word: keys, rotation, exchanges, personal access tokens."""

import json
import re

import pytest
from django.core.management import call_command

from conftest import Browser
from tests.knock import call, refused, shown

pytestmark = pytest.mark.django_db

PASSWORD = "a password of a fresh installation"
EMAIL = "admin@acme.example"


@pytest.fixture
def acme(capsys):
    """What `manage.py bootstrap --json` printed."""
    call_command("bootstrap", account="Acme", email=EMAIL, password=PASSWORD, name="Ann Admin", json=True)
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def pat(acme):
    return acme["personalAccessToken"]


@pytest.fixture
def development(acme):
    return acme["environments"][0]


def test_an_administrator_logs_in_and_sees_keys_and_secrets(acme, development):
    browser = Browser()

    signed_in = browser.post("/account/sign-in", {"login": EMAIL, "password": PASSWORD})
    page = browser.get(browser.get("/dashboard/keys-and-secrets")["Location"]).content.decode()

    assert signed_in["Location"] == "/dashboard"
    assert development["publishableKey"] in page
    assert development["secretKey"] not in page


def test_a_personal_access_token_is_used_in_place_of_a_jwt(pat):
    assert shown(call("GET", "/api/v1/spaces", pat)) == []


def test_a_personal_access_token_reaches_every_environment_and_a_secret_key_its_own(acme, pat, development):
    for environment in acme["environments"]:
        shown(call("POST", "/v1/spaces", environment["secretKey"], {"name": environment["name"]}))

    everywhere = {space["name"] for space in shown(call("GET", "/api/v1/spaces", pat))}
    here = {space["name"] for space in shown(call("GET", "/api/v1/spaces", development["secretKey"]))}

    assert (everywhere, here) == ({"development", "production"}, {"development"})


def test_keys_are_rotated_without_downtime(pat, development):
    old = development["secretKey"]
    environment = development["id"]

    # Create a second key: both are valid.
    created = call("POST", f"/api/v1/auth/api-key?environmentId={environment}&type=SECRET", pat)
    new = shown(created)[0]["rawKey"]
    assert [call("GET", "/api/v1/spaces", key).status_code for key in (old, new)] == [200, 200]

    # Delete the old one by its raw value: it is refused on the next request, the new one is not.
    deleted = call("DELETE", f"/api/v1/auth/api-key?environmentId={environment}&key={old}", pat)
    assert shown(deleted) == {"success": True}
    refused(call("GET", "/api/v1/spaces", old), 401, "invalid_credential")
    assert call("GET", "/api/v1/spaces", new).status_code == 200


def test_an_environment_key_cannot_rotate_or_make_environments(development):
    for method, path, body in (
        ("POST", f"/api/v1/auth/api-key?environmentId={development['id']}&type=SECRET", {}),
        ("POST", "/api/v1/environments", {"name": "staging", "isProd": False}),
    ):
        refused(call(method, path, development["secretKey"], body), 403, "forbidden")


@pytest.mark.parametrize("type", [{}, {"type": "userCredentials"}])
def test_email_and_password_are_exchanged_for_a_day(acme, type):
    answer = call("POST", "/api/v1/auth", body={"email": EMAIL, "password": PASSWORD} | type).json()

    assert answer["expiresIn"] == "86400"
    assert answer["userId"] == acme["user"]["id"]
    assert call("GET", "/api/v1/spaces", answer["accessToken"]).status_code == 200
    assert call("GET", "/api/v1/spaces", answer["data"]["accessToken"]).status_code == 200


@pytest.mark.parametrize("type", [{}, {"type": "apiCredentials"}])
def test_a_legacy_client_id_and_secret_are_exchanged_for_a_day(acme, type):
    answer = call("POST", "/api/v1/auth", body=acme["client"] | type).json()

    assert answer["expiresIn"] == "86400"
    assert call("GET", "/api/v1/spaces", answer["accessToken"]).status_code == 200


def test_a_token_is_created_used_listed_and_deleted_by_api(pat):
    made = shown(call("POST", "/api/v1/auth/personal-access-tokens", pat, {"name": "Nightly audit export"}))
    token, id = made["token"], made["personalAccessToken"]["id"]
    assert token.startswith("pat_")
    assert call("GET", "/api/v1/spaces", token).status_code == 200

    (listed,) = [one for one in shown(call("GET", "/api/v1/auth/personal-access-tokens", pat)) if one["id"] == id]
    assert listed["name"] == "Nightly audit export"
    assert listed["lastUsedAt"]
    assert "token" not in listed

    shown(call("DELETE", f"/api/v1/auth/personal-access-tokens/{id}", pat))
    refused(call("GET", "/api/v1/spaces", token), 401, "invalid_credential")


def test_a_token_is_created_in_the_dashboard_shown_once_and_deleted_there(acme):
    browser = Browser()
    browser.post("/account/sign-in", {"login": EMAIL, "password": PASSWORD})
    page = browser.post("/dashboard/personal-access-tokens", {"name": "CI of the importer"}).content.decode()
    token = re.search(r"pat_[0-9A-Za-z]{36}", page)[0]
    assert call("GET", "/api/v1/spaces", token).status_code == 200

    again = browser.get("/dashboard/personal-access-tokens").content.decode()
    assert token not in again
    assert "CI of the importer" in again

    listed = shown(call("GET", "/api/v1/auth/personal-access-tokens", token))
    id = next(one["id"] for one in listed if one["name"] == "CI of the importer")
    browser.post(f"/dashboard/personal-access-tokens/{id}/delete")
    refused(call("GET", "/api/v1/spaces", token), 401, "invalid_credential")


def test_administrators_audit_over_all_environments_and_join_with_users(acme, pat, development):
    call("POST", "/api/v1/environments", pat, {"name": "staging", "isProd": False})

    events = shown(call("GET", "/api/v1/events?domain=environment&pageSize=1", pat))
    users = {user["id"]: user["email"] for user in shown(call("GET", "/api/v1/users", pat))}

    assert events[0]["topic"] == "environment:created"
    assert users[events[0]["context"]["actorId"]] == EMAIL
