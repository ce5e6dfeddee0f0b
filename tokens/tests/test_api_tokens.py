"""Personal access tokens and the legacy pairs by API: one's own, shown once, gone at once."""

from datetime import timedelta

import pytest
import time_machine

from lib import crypto
from lib.ids import new_id
from tests.knock import alike, call, refused, shown
from tokens.actions import create_client, create_token
from tokens.models import ClientCredential, PersonalAccessToken

pytestmark = pytest.mark.django_db

TOKENS = "/v1/auth/personal-access-tokens"


def pairs_of(person, query="tenantId={account}"):
    return f"/v1/users/{person.member.pk}/api-token?{query.format(account=person.member.account_id)}"


def test_a_token_is_shown_once_with_what_describes_it(pat):
    made = shown(call("POST", TOKENS, pat, {"name": "CI"}))

    assert made.keys() == {"token", "personalAccessToken"}
    assert crypto.is_well_formed(made["token"], "pat_")
    assert made["personalAccessToken"].keys() >= {"id", "name", "createdAt"}
    assert made["personalAccessToken"]["name"] == "CI"
    assert made["token"] not in call("GET", TOKENS, pat).content.decode()


def test_a_new_token_opens_the_api_at_once(pat, ada):
    token = shown(call("POST", TOKENS, pat, {"name": "CI"}))["token"]

    assert shown(call("GET", "/v1/auth/whoami", token))["id"] == ada.member.pk


def test_the_list_shows_ones_own_live_tokens_newest_first(pat, ada, uma, sam):
    create_token(uma.actor, name="Uma's")
    create_token(sam.actor, name="Sam's")
    create_token(ada.actor, name="Second")

    tokens = shown(call("GET", TOKENS, pat))

    assert [token["name"] for token in tokens] == ["Second", "Nightly"]
    assert all(token.keys() >= {"id", "name", "createdAt"} for token in tokens)


def test_the_list_tells_when_a_token_was_last_used(ada):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False):
        secret = create_token(ada.actor, name="CI").secret
        create_token(ada.actor, name="Unused")

        used = {token["name"]: token.get("lastUsedAt") for token in shown(call("GET", TOKENS, secret))}

    assert used == {"CI": "2030-01-01T12:00:00.000Z", "Unused": None}


def test_a_deleted_token_is_refused_on_the_very_next_request(pat, ada):
    issued = create_token(ada.actor, name="CI")
    assert call("GET", "/v1/spaces", issued.secret).status_code == 200

    assert shown(call("DELETE", f"{TOKENS}/{issued.token.pk}", pat)) == {"success": True}

    refused(call("GET", "/v1/spaces", issued.secret), 401, "invalid_credential")
    assert [token["name"] for token in shown(call("GET", TOKENS, pat))] == ["Nightly"]


def test_a_token_may_delete_itself(pat, ada):
    token = ada.member.tokens.get()

    assert shown(call("DELETE", f"{TOKENS}/{token.pk}", pat)) == {"success": True}

    refused(call("DELETE", f"{TOKENS}/{token.pk}", pat), 401)


def test_deleting_twice_is_no_error(pat, ada):
    issued = create_token(ada.actor, name="CI")

    assert [call("DELETE", f"{TOKENS}/{issued.token.pk}", pat).status_code for _ in range(2)] == [200, 200]


def test_nobody_reaches_another_persons_token_not_even_an_administrator(pat, uma, sam):
    missing = alike(call("DELETE", f"{TOKENS}/{new_id('us_pat_')}", pat))
    for person in (uma, sam):
        issued = create_token(person.actor, name="Theirs")

        assert alike(call("DELETE", f"{TOKENS}/{issued.token.pk}", pat)) == missing
        assert call("GET", "/v1/auth/whoami", issued.secret).status_code == 200


def test_a_token_cannot_be_deleted_by_its_text(pat, ada):
    refused(call("DELETE", f"{TOKENS}/{pat}", pat), 404, "not_found")


BAD_NAMES = ["", "   ", "a" * 61, 7, None, ["a"]]


@pytest.mark.parametrize("body", [{}, [], "CI", None, *({"name": name} for name in BAD_NAMES)])
def test_a_token_needs_a_name_of_1_to_60_characters(pat, body):
    refused(call("POST", TOKENS, pat, body), 400)
    assert PersonalAccessToken.objects.count() == 1


def test_names_need_not_be_unique_and_come_back_as_given(pat):
    for _ in range(2):
        made = shown(call("POST", TOKENS, pat, {"name": " <b>CI</b> ✓ "}))

        assert made["personalAccessToken"]["name"] == "<b>CI</b> ✓"


def test_nobody_makes_a_token_for_somebody_else(pat, uma, lumen):
    chosen = {
        "name": "CI",
        "userId": uma.member.pk,
        "memberId": uma.member.pk,
        "accountId": lumen.account.pk,
        "createdBy": uma.member.pk,
        "ownerId": uma.member.pk,
        "token": "pat_mine",
        "id": new_id("us_pat_"),
        "revokedAt": None,
    }

    made = shown(call("POST", TOKENS, pat, chosen))

    assert shown(call("GET", "/v1/auth/whoami", made["token"]))["email"] == "ada@northwind.example"
    assert made["token"] != "pat_mine"
    assert made["personalAccessToken"]["id"] != chosen["id"]
    assert not uma.member.tokens.exists()


def test_a_key_has_no_tokens(secret_key, publishable_key):
    for key in (secret_key, publishable_key):
        for method in ("GET", "POST"):
            assert refused(call(method, TOKENS, key, {"name": "CI"}), 403, "forbidden")["rule"] == "kind"


def test_a_user_has_tokens_too(uma, password_token):
    token = shown(call("POST", TOKENS, password_token(uma), {"name": "CI"}))["token"]

    assert shown(call("GET", "/v1/auth/whoami", token))["id"] == uma.member.pk


def test_a_person_has_at_most_two_thousand_tokens(pat, ada):
    PersonalAccessToken.objects.bulk_create(
        PersonalAccessToken(account_id=ada.member.account_id, member=ada.member, name="x", digest=f"{number}")
        for number in range(1_998)
    )
    assert call("POST", TOKENS, pat, {"name": "the last"}).status_code == 200

    refused(call("POST", TOKENS, pat, {"name": "one more"}), 409, "too_many_tokens")


def test_a_pair_is_shown_with_its_secret_once(ada, password_token):
    token = password_token(ada)

    made = shown(call("POST", pairs_of(ada), token))
    (listed,) = shown(call("GET", pairs_of(ada), token))

    assert made.keys() >= {"clientId", "description", "metadata", "createdAt", "secret"}
    assert listed == {name: value for name, value in made.items() if name != "secret"}
    assert call("POST", "/v1/auth", body={"clientId": made["clientId"], "secret": made["secret"]}).status_code == 200


def test_pairs_are_listed_in_pages_of_ten(ada, password_token):
    for number in range(11):
        create_client(ada.actor, description=f"{number}")

    answer = call("GET", pairs_of(ada), password_token(ada))

    assert [one["description"] for one in shown(answer)] == [f"{number}" for number in range(10, 0, -1)]
    assert answer.json()["pagination"]["totalCount"] == 11


def test_a_pair_is_made_with_a_fresh_password_alone(ada, pat, client_token, password_token):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        stale = password_token(ada)
        clock.shift(timedelta(minutes=10))
        refused(call("POST", pairs_of(ada), stale), 403, "fresh_proof_required")
        for credential in (pat, client_token(create_client(ada.actor))):
            assert refused(call("POST", pairs_of(ada), credential), 403)["rule"] == "kind"

    assert ClientCredential.objects.count() == 1


def test_pairs_are_ones_own_and_of_ones_own_account(ada, uma, sam, lumen, password_token):
    token = password_token(ada)

    refused(call("GET", pairs_of(ada, ""), token), 400)
    refused(call("GET", pairs_of(ada, f"tenantId={lumen.account.pk}"), token), 404)
    assert call("GET", pairs_of(uma), token).status_code in (403, 404)
    refused(call("GET", pairs_of(sam), token), 404)
    for person in (uma, sam):
        assert call("POST", pairs_of(person), token).status_code in (403, 404)
    assert not ClientCredential.objects.exists()
