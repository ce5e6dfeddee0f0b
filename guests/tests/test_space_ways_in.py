"""How a server hands a space to a browser: the token and the link it is shown, and the ones that follow."""

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from environments.actions import revoke_key
from environments.models import ApiKey
from guests.models import Grant, Guest, SharedLink
from guests.tests.opening import spaces_of
from spaces.actions import create_space
from tests.knock import call, shown
from tokens.actions import create_token
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


def test_a_server_gets_token_and_link_and_the_next_one_in_the_last_hour(secret_key, development):
    """flatfile-api.md, section 23.2."""
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        made = shown(call("POST", "/v1/spaces", secret_key, {"name": "Of the server"}))
        path, first = f"/v1/spaces/{made['id']}", made["accessToken"]
        assert made["guestLink"] == f"{settings.PUBLIC_URL}/shared/{SharedLink.objects.get().secret}"
        clock.shift(22 * 3600)
        same = shown(call("GET", path, secret_key))
        assert (same["accessToken"], same["guestLink"]) == (first, made["guestLink"])
        clock.shift(3600 + 1)
        call("HEAD", path, secret_key)
        assert AccessToken.objects.count() == 1
        following = shown(call("GET", path, secret_key))["accessToken"]
        assert following != first
        assert spaces_of(first) == spaces_of(following) == [made["id"]]
        assert shown(call("GET", path, secret_key))["accessToken"] == following
    assert Guest.objects.count() == 1
    listed = shown(call("GET", "/v1/spaces", secret_key))[0]
    assert not {"accessToken", "guestLink"} & listed.keys()


def test_a_token_whose_key_or_guest_is_gone_is_followed_by_another(secret_key, ada, development, pat):
    space = shown(call("POST", "/v1/spaces", secret_key, {}))
    path = f"/v1/spaces/{space['id']}"
    revoke_key(ada.actor, development.keys.get(type=ApiKey.Type.SECRET))

    second = shown(call("GET", path, pat))["accessToken"]
    assert second != space["accessToken"]
    Guest.objects.all().delete()
    assert spaces_of(shown(call("GET", path, pat))["accessToken"]) == [space["id"]]


@pytest.mark.parametrize("lost", [{"expires_at": timezone.now()}, {"has_workbook_limit": True}])
def test_a_guest_who_has_lost_the_space_is_followed_by_another_once(secret_key, lost):
    path = f"/v1/spaces/{shown(call('POST', '/v1/spaces', secret_key, {}))['id']}"
    Grant.objects.update(**lost)

    following = [shown(call("GET", path, secret_key))["accessToken"] for _ in range(3)]

    assert len(set(following)) == 1
    assert spaces_of(following[0]) == [path.rpartition("/")[2]]
    assert AccessToken.objects.count() == 2


def test_whoever_may_not_share_is_shown_neither_token_nor_link(secret_key, uma, ada, development):
    scoped = call("POST", "/v1/auth/personal-access-tokens", _pat(ada), {"name": "R", "scopes": ["spaces:write"]})
    scoped = scoped.json()["data"]["token"]
    space = shown(call("POST", "/v1/spaces", secret_key, {}))
    exchanged = call("POST", "/v1/invitations/exchange", body={"token": SharedLink.objects.get().secret})

    for token in (scoped, exchanged.json()["data"]["token"]):
        found = shown(call("GET", f"/v1/spaces/{space['id']}", token))
        assert not {"accessToken", "guestLink"} & found.keys()
    plain = shown(call("POST", "/v1/spaces", scoped, {"environmentId": development.pk}))
    assert not {"accessToken", "guestLink"} & plain.keys()


def test_a_space_without_shared_links_shows_none(secret_key, ada, development):
    space = create_space(ada.actor, development, guest_authentication=["magic_link"])

    assert not {"accessToken", "guestLink"} & shown(call("GET", f"/v1/spaces/{space.pk}", secret_key)).keys()
    made = shown(call("POST", "/v1/spaces", secret_key, {"guestAuthentication": ["magic_link"]}))
    assert not {"accessToken", "guestLink"} & made.keys()


def test_a_revoked_public_link_is_not_replaced_by_the_token(secret_key, pat):
    space = shown(call("POST", "/v1/spaces", secret_key, {}))
    shown(call("DELETE", f"/v1/shared-links/{SharedLink.objects.get().pk}", pat))

    assert "guestLink" not in shown(call("GET", f"/v1/spaces/{space['id']}", secret_key))


def _pat(person):
    return create_token(person.actor, name="Of a test").secret
