"""Lineage: whatever a credential mints dies with it, however it ends; only a fresh password mints what lasts."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from access.policy import Forbidden
from accounts.actions import change_password
from accounts.models import User
from environments.models import ApiKey
from events.models import Event
from tests.knock import call, refused, shown
from tokens.actions import create_client, create_token, revoke_client, revoke_token
from tokens.models import AccessToken, PersonalAccessToken

pytestmark = pytest.mark.django_db

TOKENS, WHOAMI, REFRESH = "/v1/auth/personal-access-tokens", "/v1/auth/whoami", "/v1/auth/refresh-token"


@pytest.fixture
def clock():
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def pair(clock, ada):
    return create_client(ada.actor)


def mint(credential):
    return shown(call("POST", TOKENS, credential, {"name": "Child"}))["token"]


def opens(*credentials):
    return [call("GET", WHOAMI, one).status_code == 200 for one in credentials]


def test_a_token_made_by_a_token_dies_with_it(clock, ada):
    parent = create_token(ada.actor, name="Parent")
    child, sibling = mint(parent.secret), create_token(ada.actor, name="Sibling").secret
    assert opens(child, sibling) == [True, True]

    revoke_token(ada.actor, parent.token)

    assert opens(parent.secret, child, sibling) == [False, False, True]


def test_a_token_made_by_a_token_dies_when_its_parent_expires(clock, ada):
    parent = create_token(ada.actor, name="Parent")
    child = mint(parent.secret)
    PersonalAccessToken.objects.filter(pk=parent.token.pk).update(expires_at=timezone.now() + timedelta(hours=1))
    assert opens(child) == [True]

    clock.shift(timedelta(hours=1))

    assert opens(parent.secret, child) == [False, False]


def test_deleting_a_child_leaves_the_parent_alone(clock, ada):
    parent = create_token(ada.actor, name="Parent")
    child = mint(parent.secret)

    revoke_token(ada.actor, PersonalAccessToken.objects.get(name="Child"))

    assert opens(parent.secret, child) == [True, False]


def test_a_child_makes_no_children(clock, ada):
    child = mint(create_token(ada.actor, name="Parent").secret)

    error = refused(call("POST", TOKENS, child, {"name": "Grandchild"}), 403, "forbidden")

    assert error["rule"] == "lineage"


def test_a_token_made_in_a_sudo_session_or_with_a_fresh_password_lasts(clock, ada, password_token):
    lasting = [create_token(ada.actor, name="Session").secret, mint(password_token(ada))]

    clock.shift(timedelta(days=400))

    assert opens(*lasting) == [True, True]


def test_a_token_made_with_a_fresh_password_outlives_the_access_token(clock, ada, password_token):
    access = password_token(ada)
    lasting = mint(access)

    AccessToken.objects.update(revoked_at=timezone.now())

    assert opens(access, lasting) == [False, True]


def test_a_token_made_with_a_stale_password_dies_with_the_access_token(clock, ada, password_token):
    access = password_token(ada)
    clock.shift(timedelta(minutes=10))
    child = mint(access)
    clock.shift(timedelta(hours=23, minutes=49))
    assert opens(access, child) == [True, True]

    clock.shift(timedelta(minutes=1))

    assert opens(access, child) == [False, False]


def test_refreshing_does_not_keep_an_old_child_alive(clock, ada, password_token):
    access = password_token(ada)
    clock.shift(timedelta(hours=1))
    child = mint(access)
    new = call("POST", REFRESH, body=access).json()["accessToken"]

    clock.shift(timedelta(hours=23))

    assert opens(new, child) == [True, False]


def test_a_token_of_a_client_pair_and_what_it_mints_die_with_the_pair(clock, ada, pair, client_token):
    access = client_token(pair)
    child = mint(access)
    sibling = call("POST", REFRESH, body=access).json()["accessToken"]
    grandchild = mint(sibling)
    assert opens(access, child, sibling, grandchild) == [True] * 4

    revoke_client(ada.actor, pair.client)

    assert opens(access, child, sibling, grandchild) == [False] * 4


def test_a_new_password_ends_what_stale_access_tokens_minted(clock, ada, password_token):
    access = password_token(ada)
    clock.shift(timedelta(minutes=11))
    child, lasting = mint(access), create_token(ada.actor, name="Lasting").secret
    clock.shift(1)

    change_password(ada.actor, User.objects.get(), "an entirely different long password")

    assert opens(access, child, lasting) == [False, False, True]


def test_a_new_password_ends_tokens_and_pairs_when_asked_to(clock, ada, pair, client_token):
    pat, access = create_token(ada.actor, name="CI").secret, client_token(pair)
    child = mint(pat)
    clock.shift(1)

    change_password(ada.actor, User.objects.get(), "an entirely different long password", end_tokens=True)

    assert opens(pat, child, access) == [False] * 3


def test_a_pair_is_never_made_by_a_child_or_a_stale_proof(clock, ada, pat, pair, client_token, password_token):
    path = f"/v1/users/{ada.member.pk}/api-token?tenantId={ada.member.account_id}"
    stale, fresh = password_token(ada), None
    clock.shift(timedelta(minutes=11))
    fresh = password_token(ada)

    for credential in (pat, mint(pat), client_token(pair), stale):
        refused(call("POST", path, credential), 403)
    assert call("POST", path, fresh).status_code == 200


def test_a_stale_session_mints_nothing(clock, ada):
    clock.shift(timedelta(minutes=11))
    stale = ada.actor.but(at=timezone.now())

    for make in (lambda: create_token(stale, name="CI"), lambda: create_client(stale)):
        with pytest.raises(Forbidden):
            make()


def test_an_api_key_belongs_to_its_environment_and_survives_who_made_it(clock, ada, pat, development):
    path = f"/v1/auth/api-key?environmentId={development.pk}&type=SECRET"
    key = shown(call("POST", path, pat))[0]["rawKey"]

    revoke_token(ada.actor, ada.member.tokens.get())
    type(ada.member).objects.update(deactivated_at=timezone.now())

    assert opens(pat, key) == [False, True]
    assert ApiKey.objects.get(created_by=ada.member).created_by_label == "Ada Marsh"


def test_the_log_tells_lasting_tokens_from_children(clock, ada, pat):
    clock.shift(1)
    mint(pat)

    made = Event.objects.filter(topic="personal-access-token:created").order_by("created_at", "pk")

    assert [event.payload["lasting"] for event in made] == [True, False]
