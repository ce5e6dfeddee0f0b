"""Rotation with overlap, expiry and scopes of keys, over the API."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from environments.actions import cancel_rotation, complete_rotation, create_key, rotate_key
from environments.actions import keys as deeds
from environments.actions.keys import TooManyKeys
from environments.actions.rotation import NotRotating
from environments.models import ApiKey
from tests.knock import call, refused, shown

pytestmark = pytest.mark.django_db
SPACES = "/v1/spaces"


@pytest.fixture
def old(ada, development):
    return create_key(ada.actor, development, type="SECRET", name="Nightly")


def rotate(pat, key, overlap):
    return shown(call("POST", f"/v1/auth/api-keys/{key.pk}/rotate", pat, {"overlap": overlap}))


def test_both_keys_work_until_the_overlap_ends(pat, old):
    new = rotate(pat, old.key, "1h")

    assert call("GET", SPACES, old.secret).status_code == call("GET", SPACES, new["rawKey"]).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        refused(call("GET", SPACES, old.secret), 401)
        shown(call("GET", SPACES, new["rawKey"]))


def test_without_an_overlap_the_old_key_stops_at_once(pat, old):
    new = rotate(pat, old.key, "now")

    refused(call("GET", SPACES, old.secret), 401)
    shown(call("GET", SPACES, new["rawKey"]))


def test_completing_stops_the_old_key_now(pat, old):
    new = rotate(pat, old.key, "7d")

    shown(call("POST", f"/v1/auth/api-keys/{new['id']}/complete", pat))

    refused(call("GET", SPACES, old.secret), 401)
    shown(call("GET", SPACES, new["rawKey"]))


def test_cancelling_stops_the_new_key_and_lets_the_old_one_live(pat, old):
    new = rotate(pat, old.key, "1h")

    shown(call("POST", f"/v1/auth/api-keys/{old.key.pk}/cancel", pat))

    refused(call("GET", SPACES, new["rawKey"]), 401)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        shown(call("GET", SPACES, old.secret))


def test_a_rotation_ends_once(ada, old):
    issued = rotate_key(ada.actor, old.key, overlap="1h")
    complete_rotation(ada.actor, issued.key)

    with pytest.raises(NotRotating):
        cancel_rotation(ada.actor, ApiKey.objects.get(pk=old.key.pk))


def test_a_key_is_not_rotated_twice_at_once(pat, old):
    new = rotate(pat, old.key, "1h")

    refused(call("POST", f"/v1/auth/api-keys/{old.key.pk}/rotate", pat, {"overlap": "1h"}), 409, "already_rotating")
    refused(call("POST", f"/v1/auth/api-keys/{new['id']}/rotate", pat, {"overlap": "1h"}), 409, "already_rotating")


def test_whoever_still_knocks_with_the_old_key_shows_beside_it(pat, old):
    rotate(pat, old.key, "now")

    refused(call("GET", SPACES, old.secret), 401)

    assert ApiKey.objects.get(pk=old.key.pk).refused_at is not None


def test_a_key_keeps_its_scopes_and_its_span_of_life(ada, development):
    ends = timezone.now() + timedelta(days=30)
    old = create_key(ada.actor, development, type="SECRET", scopes=["spaces:read"], expires_at=ends)

    new = rotate_key(ada.actor, old.key, overlap="1h").key

    assert new.scopes == ["spaces:read"]
    assert timedelta(days=29) < new.expires_at - timezone.now() < timedelta(days=31)


def test_a_key_with_one_scope_does_nothing_else(ada, development):
    secret = create_key(ada.actor, development, type="SECRET", scopes=["spaces:read"]).secret

    shown(call("GET", SPACES, secret))
    refused(call("POST", SPACES, secret, {"name": "x"}), 403, "forbidden")
    refused(call("GET", "/v1/secrets", secret), 403, "forbidden")


def test_the_page_says_what_a_key_is_limited_to_and_when_it_stops(browser_of, ada, development, old):
    create_key(ada.actor, development, type="SECRET", name="Narrow", scopes=["spaces:read"])
    rotate_key(ada.actor, old.key, overlap="1h")

    html = browser_of(ada).get(f"/dashboard/{development.pk}/keys-and-secrets").content.decode()

    assert "Limited to spaces:read" in html
    assert html.count("Being replaced, stops") == 1


def test_a_token_with_keys_write_alone_rotates(ada, old, development, pat):
    body = {"name": "CI", "scopes": ["keys:write"]}
    narrow = shown(call("POST", "/v1/auth/personal-access-tokens", pat, body))["token"]

    new = rotate(narrow, old.key, "1h")

    assert new["rotatedFrom"] == old.key.pk
    refused(call("GET", SPACES, narrow), 403, "forbidden")


def test_a_token_confined_to_an_environment_sees_no_other(pat, development, production):
    body = {"name": "CI", "environmentId": development.pk}
    narrow = shown(call("POST", "/v1/auth/personal-access-tokens", pat, body))["token"]

    assert [row["id"] for row in shown(call("GET", "/v1/environments", narrow))] == [development.pk]
    refused(call("GET", f"/v1/environments/{production.pk}", narrow), 404)


def test_a_key_whose_successor_was_deleted_can_be_rotated_again(pat, old):
    new = rotate(pat, old.key, "1h")
    shown(call("DELETE", f"/v1/auth/api-keys/{new['id']}", pat))

    again = rotate(pat, old.key, "24h")

    shown(call("POST", f"/v1/auth/api-keys/{again['id']}/cancel", pat))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        shown(call("GET", SPACES, old.secret))


def test_after_its_successor_was_deleted_a_key_is_kept_by_cancelling(pat, old):
    """Either of the two still names the rotation; there is just nothing left to stop."""
    for name in ("old", "new"):
        new = rotate(pat, old.key, "1h")
        shown(call("DELETE", f"/v1/auth/api-keys/{new['id']}", pat))

        kept = shown(call("POST", f"/v1/auth/api-keys/{old.key.pk if name == 'old' else new['id']}/cancel", pat))

        assert kept["id"] == old.key.pk
        assert "endsAt" not in kept
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        shown(call("GET", SPACES, old.secret))


def test_after_its_successor_was_deleted_there_is_nothing_to_complete(pat, old):
    new = rotate(pat, old.key, "1h")
    shown(call("DELETE", f"/v1/auth/api-keys/{new['id']}", pat))

    refused(call("POST", f"/v1/auth/api-keys/{old.key.pk}/complete", pat), 409, "not_rotating")
    shown(call("GET", SPACES, old.secret))


def test_an_ended_rotation_is_not_cancelled_through_the_old_key(pat, old):
    rotate(pat, old.key, "now")

    refused(call("POST", f"/v1/auth/api-keys/{old.key.pk}/cancel", pat), 409, "not_rotating")
    refused(call("GET", SPACES, old.secret), 401)


@pytest.fixture
def full(monkeypatch, development, old):
    """The environment has as many keys as one may have."""
    monkeypatch.setattr(deeds, "MOST_KEYS", development.keys.live().count())


def test_the_new_key_of_a_rotation_counts_like_any_other(ada, pat, development, old, full):
    with pytest.raises(TooManyKeys):
        rotate_key(ada.actor, old.key, overlap="1h")
    refused(call("POST", f"/v1/auth/api-keys/{old.key.pk}/rotate", pat, {"overlap": "7d"}), 409, "too_many_keys")

    assert ApiKey.objects.get(pk=old.key.pk).ends_at is None
    assert not old.key.successors.exists()


def test_a_key_that_stops_at_once_makes_room_for_the_new_one(ada, development, old, full):
    before = development.keys.live().count()

    rotate_key(ada.actor, old.key, overlap="now")

    assert development.keys.live().count() == before
