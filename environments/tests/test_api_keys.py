"""API keys by API: list, create, delete by key and by id, rename, reveal."""

from urllib.parse import quote

import pytest
import time_machine

from environments.models import ApiKey
from events.models import Event
from lib import crypto
from lib.ids import new_id
from tests.knock import alike, call, refused, shown
from tokens.actions import create_client

pytestmark = pytest.mark.django_db

KEYS, KEY = "/v1/auth/api-keys", "/v1/auth/api-key"
FIELDS = {"id", "type", "environmentId", "accountId", "operations", "createdAt"}


def listed(credential, environment):
    return shown(call("GET", f"{KEYS}?environmentId={environment.pk}", credential))


def made(credential, environment, type="SECRET", rest=""):
    return shown(call("POST", f"{KEY}?environmentId={environment.pk}&type={type}{rest}", credential))


def deleted(credential, environment, key):
    return call("DELETE", f"{KEY}?environmentId={environment.pk}&key={key}", credential)


@pytest.fixture
def stored(development):
    return development.keys.get(type=ApiKey.Type.SECRET)


def test_the_list_shows_live_keys_newest_first_with_their_operations(pat, development):
    keys = listed(pat, development)

    assert {key["type"]: key["operations"] for key in keys} == {
        "PUBLISHABLE": [{"path": "/v1/spaces", "method": "POST"}],
        "SECRET": [{"path": "*", "method": "*"}],
    }
    assert all(key.keys() >= FIELDS for key in keys)
    newest = made(pat, development)[0]
    assert listed(pat, development)[0]["id"] == newest["id"]


def test_publishable_keys_are_shown_and_secret_ones_only_hinted_at(pat, development, secret_key, publishable_key):
    keys = {key["type"]: key for key in listed(pat, development)}

    assert keys["PUBLISHABLE"]["rawKey"] == publishable_key
    assert "rawKey" not in keys["SECRET"]
    assert keys["SECRET"]["hint"] == f"sk_…{secret_key[-4:]}"


def test_a_new_key_is_shown_alone_and_whole(pat, development, northwind):
    (key,) = made(pat, development, "SECRET", "&name=Importer")

    assert crypto.is_well_formed(key["rawKey"], "sk_")
    assert (key["name"], key["type"]) == ("Importer", "SECRET")
    assert (key["environmentId"], key["accountId"]) == (development.pk, northwind.account.pk)
    assert shown(call("GET", "/v1/auth/whoami", key["rawKey"]))["id"] == key["id"]


def test_old_and_new_keys_work_side_by_side(pat, development, secret_key):
    second = made(pat, development)[0]["rawKey"]

    assert [call("GET", "/v1/spaces", one).status_code for one in (secret_key, second)] == [200, 200]


@pytest.mark.parametrize("form", ["raw", "id"])
def test_a_key_deleted_by_its_text_or_its_id_is_refused_on_the_next_request(pat, development, stored, form):
    text = stored.text
    assert call("GET", "/v1/spaces", text).status_code == 200

    assert shown(deleted(pat, development, text if form == "raw" else stored.pk)) == {"success": True}

    refused(call("GET", "/v1/spaces", text), 401, "invalid_credential")
    assert stored.pk not in {key["id"] for key in listed(pat, development)}


def test_a_key_is_deleted_by_its_own_address_too(pat, stored):
    text = stored.text

    assert shown(call("DELETE", f"{KEYS}/{stored.pk}", pat)) == {"success": True}

    refused(call("GET", "/v1/spaces", text), 401)


def test_deleting_twice_is_no_error_and_one_event(pat, development, stored):
    for _ in range(2):
        assert deleted(pat, development, stored.pk).status_code == 200
        assert call("DELETE", f"{KEYS}/{stored.pk}", pat).status_code == 200

    assert Event.objects.filter(topic="api-key:deleted").count() == 1


def test_a_publishable_key_can_be_deleted_and_its_environment_then_has_none(pat, development, publishable_key):
    deleted(pat, development, publishable_key)

    refused(call("POST", "/v1/spaces", publishable_key, {}), 401)
    refused(call("GET", f"/v1/auth/publishable-key?environmentId={development.pk}", pat), 404)


def test_a_key_of_another_environment_is_not_found_and_goes_on_working(pat, development, production, stored):
    text = stored.text
    for key in (stored.pk, text):
        refused(deleted(pat, production, key), 404, "not_found")

    assert call("GET", "/v1/spaces", text).status_code == 200


def test_a_key_of_another_account_looks_like_a_missing_one(pat, lumen, development):
    foreign = lumen.environments[0].keys.get(type=ApiKey.Type.SECRET)
    text = foreign.text
    missing = (new_id("us_key_"), crypto.mint_token("sk_"))

    for given, unknown in zip((foreign.pk, text), missing, strict=True):
        for place in (development, lumen.environments[0]):
            assert alike(deleted(pat, place, given)) == alike(deleted(pat, place, unknown))
    for method, body in (("DELETE", {}), ("PATCH", {"name": "x"})):
        assert alike(call(method, f"{KEYS}/{foreign.pk}", pat, body)) == alike(
            call(method, f"{KEYS}/{missing[0]}", pat, body)
        )
    assert call("GET", "/v1/spaces", text).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.lower,
        lambda text: text[:-1],
        lambda text: text + "a",
        lambda text: "%",
        lambda text: text[:10] + "%",
    ],
)
def test_a_key_is_found_by_its_exact_text_alone(pat, development, stored, change):
    refused(deleted(pat, development, quote(change(stored.text))), 404)
    assert ApiKey.objects.get(pk=stored.pk).revoked_at is None


def test_a_key_is_not_found_by_what_merely_describes_it(pat, development, stored):
    for text in (stored.hint, stored.digest, stored.name, stored.hint[-4:], bytes(stored.sealed).hex()[:100]):
        refused(deleted(pat, development, quote(text)), 404)


def test_a_key_is_renamed(pat, stored, secret_key):
    assert shown(call("PATCH", f"{KEYS}/{stored.pk}", pat, {"name": "Nightly"}))["name"] == "Nightly"
    assert call("GET", "/v1/spaces", secret_key).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "  "},
        {"name": "a" * 61},
        {"name": 1},
        {"name": "a", "type": "PUBLISHABLE"},
        {"name": "a", "environmentId": "us_env_" + "a" * 22},
        {"name": "a", "revokedAt": None},
    ],
)
def test_our_own_endpoint_refuses_what_it_does_not_know(pat, stored, body):
    before = ApiKey.objects.filter(pk=stored.pk).values().get()

    refused(call("PATCH", f"{KEYS}/{stored.pk}", pat, body), 400)

    assert ApiKey.objects.filter(pk=stored.pk).values().get() == before


def test_a_deleted_key_is_neither_renamed_nor_revealed(pat, ada, password_token, stored):
    call("DELETE", f"{KEYS}/{stored.pk}", pat)

    refused(call("PATCH", f"{KEYS}/{stored.pk}", pat, {"name": "x"}), 409, "key_revoked")
    refused(call("POST", f"{KEYS}/{stored.pk}/reveal", password_token(ada)), 409, "key_revoked")


def test_a_fresh_password_reveals_secret_keys_and_each_is_on_record(ada, password_token, development, stored):
    token = password_token(ada)

    keys = {key["type"]: key for key in listed(token, development)}
    alone = shown(call("POST", f"{KEYS}/{stored.pk}/reveal", token))

    assert keys["SECRET"]["rawKey"] == alone["rawKey"] == stored.text
    revealed = Event.objects.filter(topic="api-key:revealed")
    assert [event.subject_id for event in revealed] == [stored.pk, stored.pk]
    assert stored.text not in str(list(revealed.values()))


def test_after_ten_minutes_nothing_is_revealed(ada, password_token, development, stored):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        token = password_token(ada)
        clock.shift(10 * 60 - 1)
        assert shown(call("POST", f"{KEYS}/{stored.pk}/reveal", token))["rawKey"]
        clock.shift(1)

        refused(call("POST", f"{KEYS}/{stored.pk}/reveal", token), 403, "fresh_proof_required")
        assert all("rawKey" not in key for key in listed(token, development) if key["type"] == "SECRET")


def test_a_pat_or_client_pair_never_reveals(pat, ada, client_token, stored, development):
    for credential in (pat, client_token(create_client(ada.actor))):
        assert refused(call("POST", f"{KEYS}/{stored.pk}/reveal", credential), 403)["rule"] == "kind"
        assert stored.text not in call("GET", f"{KEYS}?environmentId={development.pk}", credential).content.decode()


def test_the_publishable_key_is_the_newest_live_one(pat, uma, password_token, development, publishable_key):
    path = f"/v1/auth/publishable-key?environmentId={development.pk}"
    assert shown(call("GET", path, password_token(uma)))["rawKey"] == publishable_key

    newest = made(pat, development, "PUBLISHABLE")[0]["rawKey"]

    assert shown(call("GET", path, pat))["rawKey"] == newest


@pytest.mark.parametrize(
    "query",
    [
        "",
        "type=SECRET",
        "environmentId={0}",
        "environmentId={0}&type=ADMIN",
        "environmentId={0}&type=secret",
        "environmentId={0}&environmentId={0}&type=SECRET",
        "environmentId={0}&type=SECRET&type=SECRET",
        "environmentId={0}&type=SECRET&name=" + "a" * 61,
    ],
)
def test_a_key_is_only_made_of_a_whole_question(pat, development, query):
    refused(call("POST", f"{KEY}?{query.format(development.pk)}", pat), 400)
    assert development.keys.count() == 2


def test_a_user_sees_no_keys_and_makes_none(uma, password_token, development):
    token = password_token(uma)

    refused(call("POST", f"{KEY}?environmentId={development.pk}&type=SECRET", token), 403, "forbidden")
    refused(call("GET", f"{KEYS}?environmentId={development.pk}", token), 403, "forbidden")
    assert development.keys.count() == 2


def test_an_environment_has_at_most_two_thousand_keys(pat, development):
    ApiKey.objects.bulk_create(
        ApiKey(account_id=development.account_id, environment=development, type="SECRET", digest=f"{n}", sealed=b"x")
        for n in range(1_997)
    )
    assert len(made(pat, development)) == 1

    refused(call("POST", f"{KEY}?environmentId={development.pk}&type=SECRET", pat), 409, "too_many_keys")


@pytest.mark.parametrize("spelling", ["scopes[]", "scopes%5B%5D", "scopes[0]", "expiresAt[]"])
def test_a_limit_in_brackets_is_refused_rather_than_ignored(pat, development, spelling):
    before = development.keys.count()

    refused(call("POST", f"{KEY}?environmentId={development.pk}&type=SECRET&{spelling}=spaces:read", pat), 400)

    assert development.keys.count() == before
