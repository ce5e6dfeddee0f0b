"""POST /auth and the published keys."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import Member, User
from conftest import PASSWORD
from events.models import Event
from lib import crypto
from tests.knock import call, refused, shown
from tokens.actions import create_client, revoke_client
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

AUTH = "/v1/auth"
NOON = "2030-01-01T12:00:00Z"
FIELDS = {"accessToken", "expiresIn", "expires", "email", "userId", "accountId"}


@pytest.fixture
def pair(ada):
    return create_client(ada.actor, description="legacy")


def by_password(person, **more):
    return call("POST", AUTH, body={"email": person.email, "password": person.password, **more})


def by_pair(pair, **more):
    return call("POST", AUTH, body={"clientId": pair.client.client_id, "secret": pair.secret, **more})


@pytest.mark.parametrize("more", [{}, {"type": "userCredentials"}, {"unknown": "x"}])
def test_a_password_is_exchanged_with_and_without_type_flat_and_under_data(ada, more):
    with time_machine.travel(NOON, tick=False):
        answer = by_password(ada, **more).json()

    assert answer.keys() == FIELDS | {"data"}
    assert answer["data"] == {name: answer[name] for name in FIELDS}
    assert (answer["expiresIn"], answer["expires"]) == ("86400", "2030-01-02T12:00:00.000Z")
    assert (answer["email"], answer["userId"]) == (ada.email, ada.member.pk)
    assert answer["accountId"] == ada.member.account_id


@pytest.mark.parametrize("more", [{}, {"type": "apiCredentials"}])
def test_a_pair_is_exchanged_with_and_without_type(pair, ada, more):
    answer = by_pair(pair, **more).json()

    assert answer.keys() == FIELDS | {"data"}
    assert shown(call("GET", "/v1/auth/whoami", answer["accessToken"]))["id"] == ada.member.pk


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "ada@northwind.example"},
        {"password": PASSWORD},
        {"clientId": "x"},
        {"secret": "x"},
        {"email": "ada@northwind.example", "secret": "x"},
        {"type": "apiCredentials", "email": "ada@northwind.example", "password": PASSWORD},
        {"type": "userCredentials", "clientId": "x", "secret": "x"},
        {"type": "admin", "email": "ada@northwind.example", "password": PASSWORD},
        {"email": ["ada@northwind.example"], "password": PASSWORD},
        {"email": "ada@northwind.example", "password": {"$ne": ""}},
        {"email": None, "password": None},
        {"email": "", "password": ""},
        {"email": "ada@northwind.example", "password": 7},
        [],
        "text",
        None,
    ],
)
def test_half_a_proof_is_a_400(ada, body):
    refused(call("POST", AUTH, body=body), 400, "invalid_input")
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"email": "ada@northwind.example", "password": "wrong"},
        {"email": "nobody@northwind.example", "password": PASSWORD},
        {"email": "not an address", "password": PASSWORD},
        {"email": "ada@northwind.example", "password": PASSWORD + " "},
        {"email": "ada@northwind.example", "password": PASSWORD.upper()},
        {"email": "ada@northwind.example", "password": PASSWORD * 40},
        {"clientId": "wrong", "secret": "wrong"},
    ],
)
def test_every_bad_proof_is_the_same_401(ada, body):
    answers = {
        call("POST", AUTH, body=body).content,
        call("POST", AUTH, body={"email": "x@y.example", "password": "z"}).content,
    }

    refused(call("POST", AUTH, body=body), 401, "bad_proof")
    assert len(answers) == 1
    assert Event.objects.filter(refused=True, rule="bad_proof").count() == 3


def test_a_password_is_the_same_however_it_is_composed(ada):
    user = ada.member.user
    user.set_password("naïve ﬁsh password")
    user.save()

    for spelling in ("naïve ﬁsh password", "nai\u0308ve fish password", "naïve fish password"):
        assert call("POST", AUTH, body={"email": ada.email, "password": spelling}).status_code == 200


def test_the_address_is_read_in_any_case(ada):
    assert call("POST", AUTH, body={"email": " ADA@Northwind.example ", "password": PASSWORD}).status_code == 200


def test_a_person_of_two_accounts_may_name_one_and_else_gets_the_last(ada, lumen, sam):
    elsewhere = Member.objects.create(account=lumen.account, user=ada.member.user, name="Ada at Lumen")

    assert by_password(ada).json()["accountId"] == ada.member.account_id
    assert by_password(ada, accountId=lumen.account.pk).json()["userId"] == elsewhere.pk
    assert by_password(ada).json()["accountId"] == lumen.account.pk


@pytest.mark.parametrize("state", ["never a member", "deactivated there"])
def test_an_account_one_is_no_member_of_is_a_bad_proof_on_record(ada, lumen, state):
    if state == "deactivated there":
        Member.objects.create(account=lumen.account, user=ada.member.user, name="x", deactivated_at=timezone.now())

    refused(by_password(ada, accountId=lumen.account.pk), 401, "bad_proof")

    assert Event.objects.filter(rule="bad_proof").count() == 1


def test_a_pair_dies_with_its_deletion_and_with_its_owner(pair, ada):
    revoked = create_client(ada.actor)
    revoke_client(ada.actor, revoked.client)
    refused(by_pair(revoked), 401, "bad_proof")
    assert by_pair(pair).status_code == 200

    User.objects.update(is_active=False)
    refused(by_pair(pair), 401, "bad_proof")
    User.objects.update(is_active=True)
    Member.objects.update(deactivated_at=timezone.now())

    refused(by_pair(pair), 401, "bad_proof")


def test_halves_of_two_pairs_open_nothing(pair, ada):
    other = create_client(ada.actor)

    refused(call("POST", AUTH, body={"clientId": pair.client.client_id, "secret": other.secret}), 401, "bad_proof")
    refused(call("POST", AUTH, body={"clientId": pair.client.pk, "secret": pair.secret}), 401, "bad_proof")


def test_a_good_exchange_is_on_record_and_its_token_is_not(ada):
    token = by_password(ada).json()["accessToken"]

    event = Event.objects.get(topic="access-token:created")
    assert (event.actor_id, event.audience, event.refused) == (ada.member.pk, "security", False)
    assert token not in str(list(Event.objects.values()))
    assert token.split(".")[2] not in str(list(AccessToken.objects.values()))


def test_an_access_token_lives_exactly_24_hours_and_use_does_not_extend_it(ada):
    with time_machine.travel(NOON, tick=False) as clock:
        token = by_password(ada).json()["accessToken"]
        for _ in range(24):
            assert call("GET", "/v1/spaces", token).status_code == 200
            clock.shift(timedelta(minutes=59, seconds=59))
        clock.move_to("2030-01-02T11:59:59Z")
        assert call("GET", "/v1/spaces", token).status_code == 200
        clock.shift(1)

        refused(call("GET", "/v1/spaces", token), 401, "invalid_credential")


def test_the_published_keys_verify_a_token_and_hold_no_private_half(ada):
    token = by_password(ada).json()["accessToken"]

    answer = call("GET", "/.well-known/jwks.json")

    (key,) = answer.json()["keys"]
    assert key["kid"] == crypto.unverified_kid(token)
    assert key.keys() == {"kty", "crv", "x", "use", "alg", "kid"}
    assert crypto.verify(token, json.dumps(key))["sub"] == ada.member.pk


def test_a_token_holds_ids_and_times_and_no_rights(ada):
    token = by_password(ada).json()["accessToken"]
    (key,) = call("GET", "/.well-known/jwks.json").json()["keys"]

    claims = crypto.verify(token, json.dumps(key))

    assert claims.keys() == {"iss", "aud", "sub", "exp", "iat", "jti"}
    assert (claims["iss"], claims["sub"]) == ("http://127.0.0.1:8000", ada.member.pk)
    assert claims["exp"] - claims["iat"] == 86_400


def test_a_password_changed_while_the_old_one_is_checked_leaves_no_token(ada):
    with time_machine.travel(NOON, tick=False) as clock:

        def slowly(execute, sql, *rest):
            if sql.startswith("SELECT") and "accounts_user" in sql:
                clock.shift(timedelta(seconds=1))
            return execute(sql, *rest)

        with connection.execute_wrapper(slowly):
            text = by_password(ada).json()["accessToken"]
        shown(call("GET", "/v1/spaces", text))
        User.objects.filter(pk=ada.member.user_id).update(sign_ins_not_before=timezone.now() - timedelta(seconds=1))

        refused(call("GET", "/v1/spaces", text), 401)
