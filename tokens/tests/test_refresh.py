"""POST /auth/refresh-token: a sibling of a live access token, in a chain that ends."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from conftest import bearer
from events.models import Event
from tests.knock import call, refused, shown
from tokens.actions import create_client, revoke_client
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

AUTH, REFRESH = "/v1/auth", "/v1/auth/refresh-token"
NOON = "2030-01-01T12:00:00Z"
FIELDS = {"accessToken", "expiresIn", "expires", "email", "userId", "accountId"}


@pytest.fixture
def pair(ada):
    return create_client(ada.actor, description="legacy")


def by_password(person):
    return call("POST", AUTH, body={"email": person.email, "password": person.password})


def by_pair(pair):
    return call("POST", AUTH, body={"clientId": pair.client.client_id, "secret": pair.secret})


def test_a_token_is_refreshed_by_its_own_text_as_a_json_string(ada):
    with time_machine.travel(NOON, tick=False) as clock:
        old = by_password(ada).json()["accessToken"]
        clock.shift(timedelta(hours=23))

        answer = call("POST", REFRESH, body=old).json()

        assert answer.keys() == FIELDS | {"data"}
        assert answer["expiresIn"] == "86400"
        assert answer["accessToken"] != old
        assert {call("GET", "/v1/spaces", one).status_code for one in (old, answer["accessToken"])} == {200}


def test_refreshing_does_not_renew_the_proof(ada):
    with time_machine.travel(NOON, tick=False) as clock:
        old = by_password(ada).json()["accessToken"]
        clock.shift(timedelta(minutes=11))

        credential = shown(call("GET", "/v1/auth/whoami", call("POST", REFRESH, body=old).json()["accessToken"]))[
            "credential"
        ]

    assert credential["isFresh"] is False
    assert credential["authenticatedAt"] == "2030-01-01T12:00:00.000Z"


@pytest.mark.parametrize("way", ["password", "pair"])
def test_a_chain_ends_seven_days_after_its_proof(ada, pair, way):
    with time_machine.travel(NOON, tick=False) as clock:
        token = (by_password(ada) if way == "password" else by_pair(pair)).json()["accessToken"]
        for _ in range(7):
            clock.shift(timedelta(hours=23, minutes=30))
            answer = call("POST", REFRESH, body=token).json()
            token = answer["accessToken"]

        assert answer["expires"] == "2030-01-08T12:00:00.000Z"
        assert answer["expiresIn"] == str(int(3.5 * 3600))
        clock.move_to("2030-01-08T12:00:00Z")
        refused(call("GET", "/v1/spaces", token), 401)
        refused(call("POST", REFRESH, body=token), 401, "not_refreshable")


@pytest.mark.parametrize(
    "body", [{}, [], None, 7, True, {"token": "eyJ"}, {"refreshToken": "eyJ"}, ["eyJ"], "e" * 5_000]
)
def test_anything_but_a_short_string_is_a_400(ada, body):
    refused(call("POST", REFRESH, body=body), 400)


def test_nothing_but_a_live_access_token_is_refreshed(ada, pat, secret_key, publishable_key, pair):
    token = by_pair(pair).json()["accessToken"]
    revoke_client(ada.actor, pair.client)

    for text in ("", "eyJ", "junk", pat, secret_key, publishable_key, token, pair.secret, token[:-1]):
        answer = call("POST", REFRESH, body=text)
        assert answer.status_code in (400, 401), text
        assert refused(answer, answer.status_code)
    assert AccessToken.objects.count() == 1


def test_refresh_reads_the_body_and_never_the_header(ada, client):
    token = by_password(ada).json()["accessToken"]

    refused(call("POST", REFRESH, token), 400)
    refused(client.post(REFRESH, '""', "application/json", headers=bearer(token)), 401)


def test_a_refreshed_token_dies_with_the_pair_its_chain_began_with(ada, pair):
    new = call("POST", REFRESH, body=by_pair(pair).json()["accessToken"]).json()["accessToken"]
    assert shown(call("GET", "/v1/auth/whoami", new))["credential"]["kind"] == "client"

    revoke_client(ada.actor, pair.client)

    refused(call("GET", "/v1/auth/whoami", new), 401)


def test_a_refresh_is_on_record(ada):
    call("POST", REFRESH, body=by_password(ada).json()["accessToken"])

    assert Event.objects.get(topic="access-token:refreshed").actor_id == ada.member.pk


def test_a_token_refreshed_in_the_middle_of_a_password_change_is_dead(ada):
    with time_machine.travel(NOON, tick=False) as clock:
        old = by_password(ada).json()["accessToken"]
        clock.shift(timedelta(seconds=2))
        sibling = shown(call("POST", REFRESH, body=old))["accessToken"]
        # The change took its time before the sibling was made, and was committed after.
        User.objects.filter(pk=ada.member.user_id).update(sign_ins_not_before=timezone.now() - timedelta(seconds=1))

        refused(call("GET", "/v1/spaces", sibling), 401)
        refused(call("POST", REFRESH, body=sibling), 401)


def test_refreshing_a_dead_token_is_on_record(ada):
    old = by_password(ada).json()["accessToken"]
    AccessToken.objects.update(revoked_at=timezone.now())

    refused(call("POST", REFRESH, body=old), 401, "not_refreshable")

    assert Event.objects.filter(topic="credential:refused", subject_kind="access_token").count() == 1
