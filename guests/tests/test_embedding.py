"""Embedded spaces: what a publishable key opens, what the token it gets may do, and everything that ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings

from environments.actions import revoke_key, update_environment
from environments.models import ApiKey
from events.models import Event
from guests.actions import embedding
from guests.models import Grant, Guest, SharedLink
from guests.tests.opening import BODY, METADATA, PEOPLE, init, opened, spaces_of
from lib.limits import Limit
from spaces.actions import archive_space, update_space
from spaces.models import Space
from tests.knock import call, refused, shown
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


def test_a_publishable_key_opens_a_space_with_everything_in_it(publishable_key, development):
    """flatfile-api.md, section 23.1: JSON that is called text, no Authorization."""
    found = opened(publishable_key)

    space, token = found["space"], found["space"]["accessToken"]
    assert space["guestLink"] == f"{settings.PUBLIC_URL}/space/{space['id']}?token={token}"
    assert space["metadata"] == METADATA
    assert [sheet["slug"] for sheet in found["workbooks"][0]["sheets"]] == ["people"]
    assert found["documents"][0]["title"] == "Read me"
    assert (found["entitlements"], found["actor"]["email"]) == ([], "")
    assert (found["environment"]["id"], found["environment"]["hasAccess"]) == (development.pk, True)
    row = AccessToken.objects.get(kind="space")
    assert row.expires_at - row.created_at == timedelta(hours=24)
    assert not SharedLink.objects.exists()
    assert "eyJ" not in repr(list(Event.objects.values()))


def test_it_is_opened_whatever_stands_in_authorization(publishable_key):
    assert init(publishable_key, HTTP_AUTHORIZATION="Bearer a-dummy").status_code == 200


def test_without_workbook_and_document_there_are_none(publishable_key):
    found = shown(init(publishable_key, {}))

    assert (found["workbooks"], found["documents"]) == (None, None)


def test_older_embeds_create_the_space_with_the_key_as_bearer(publishable_key):
    space = shown(call("POST", "/v1/spaces", publishable_key, {"name": "Older"}))

    token = space["accessToken"]
    workbook = shown(call("POST", "/v1/workbooks", token, {"spaceId": space["id"], "name": "W", "sheets": [PEOPLE]}))
    shown(call("POST", f"/v1/spaces/{space['id']}/documents", token, {"title": "T", "body": "B"}))
    assert space["guestLink"].endswith(token)
    assert workbook["spaceId"] == space["id"]


def test_the_token_does_what_the_embed_needs_and_nothing_else(publishable_key):
    """security.md, P7."""
    found = opened(publishable_key)
    space, token = found["space"], found["space"]["accessToken"]
    path = f"/v1/spaces/{space['id']}"
    page = {"workbook": {"workbookId": found["workbooks"][0]["id"]}}
    metadata = METADATA | {"sidebarConfig": METADATA["sidebarConfig"] | {"defaultPage": page}}

    changed = shown(call("PATCH", path, token, {"metadata": metadata}))
    assert changed["metadata"]["sidebarConfig"]["defaultPage"] == page
    sidebar = {"showGuestInvite": True}
    refused(call("PATCH", path, token, {"metadata": METADATA | {"sidebarConfig": sidebar}}), 403)
    zero = metadata | {"sidebarConfig": metadata["sidebarConfig"] | {"showSidebar": 0}}
    refused(call("PATCH", path, token, {"metadata": zero}), 403)
    refused(call("PATCH", path, token, {"metadata": metadata, "guestAuthentication": ["magic_link"]}), 403)
    again = shown(call("GET", path, token))
    assert (again["accessToken"], again["guestLink"]) == (token, space["guestLink"])
    for method, other in (("GET", "/v1/users"), ("GET", "/v1/auth/api-keys"), ("POST", "/v1/spaces"), ("DELETE", path)):
        refused(call(method, other, token, {}), 403)
    shown(call("POST", f"{path}/archive", token))
    refused(call("GET", path, token), 401)


def test_two_embedded_spaces_know_nothing_of_each_other(publishable_key):
    """security.md, row 13: also where one external actor has both."""
    one, two = (opened(publishable_key, externalActorId="jo") for _ in range(2))
    assert one["actor"]["id"] == two["actor"]["id"]
    mine, other = one["space"], two["space"]

    assert spaces_of(mine["accessToken"]) == [mine["id"]]
    refused(call("GET", f"/v1/spaces/{other['id']}", mine["accessToken"]), 404)
    refused(call("GET", f"/v1/workbooks/{two['workbooks'][0]['id']}", mine["accessToken"]), 404)
    for found in (
        two["actor"],
        shown(call("GET", f"/v1/guests/{one['actor']['id']}", two["space"]["accessToken"])),
        shown(call("GET", "/v1/guests", two["space"]["accessToken"]))[0],
    ):
        assert [space["id"] for space in found["spaces"]] == [other["id"]]


def test_without_an_external_actor_everybody_is_somebody_new(publishable_key):
    assert opened(publishable_key)["actor"]["id"] != opened(publishable_key)["actor"]["id"]


def test_a_guessed_external_id_makes_nobody_a_guest_who_has_an_address(publishable_key, secret_key):
    """A publishable key is public. A server may bring the guest it knows."""
    guest = opened(publishable_key, externalActorId="jo")["actor"]
    Guest.objects.filter(pk=guest["id"]).update(email="jo@guest.example", name="Jo Brand")

    found = opened(publishable_key, externalActorId="jo")

    assert found["actor"]["id"] != guest["id"]
    assert "jo@guest.example" not in str(found)
    assert Grant.objects.filter(guest=guest["id"]).count() == 1


def test_an_external_actor_of_very_many_spaces_loses_the_oldest(publishable_key, monkeypatch):
    monkeypatch.setattr(embedding, "MOST_GRANTS", 2)
    found = [opened(publishable_key, externalActorId="jo")["space"] for _ in range(3)]

    assert spaces_of(found[0]["accessToken"]) == []
    assert [spaces_of(one["accessToken"]) for one in found[1:]] == [[found[1]["id"]], [found[2]["id"]]]
    assert Grant.objects.count() == 2


def test_only_a_live_publishable_key_opens_one(secret_key, pat, publishable_key, ada, development):
    for key in (secret_key, pat, "pk_" + "a" * 36, "x"):
        refused(init(key), 401)
    refused(call("POST", "/v1/internal/spaces/init", body=BODY), 400)
    revoke_key(ada.actor, development.keys.get(type=ApiKey.Type.PUBLISHABLE))
    refused(init(publishable_key), 401)
    assert not Space.objects.exists()


def test_another_environment_is_not_there(publishable_key, production):
    """security.md, row 14."""
    named = {"environmentId": production.pk}

    refused(init(publishable_key, {"space": named}), 404)
    refused(call("POST", "/v1/spaces", publishable_key, named), 404)
    assert not Space.objects.exists()


def test_what_cannot_be_made_leaves_nothing(publishable_key):
    refused(init(publishable_key, BODY | {"workbook": {"name": "W", "sheets": [{"name": "x"}]}}), 400, "bad_sheet")
    refused(init(publishable_key, {"space": {"labels": "no list"}}), 400)
    assert (Space.objects.count(), Guest.objects.count(), AccessToken.objects.count()) == (0, 0, 0)


def test_a_key_opens_no_way_in_that_its_environment_has_closed(publishable_key, ada, development):
    for ways in (["magic_link"], []):
        refused(init(publishable_key, {"space": {"guestAuthentication": ways}}), 409, "shared_link_off")
    update_environment(ada.actor, development, guest_authentication=["magic_link"])

    for body in ({}, {"space": {"guestAuthentication": ["shared_link"]}}):
        refused(init(publishable_key, body), 409, "shared_link_off")
    refused(call("POST", "/v1/spaces", publishable_key, {}), 409, "shared_link_off")
    assert not Space.objects.exists()


ENDS = {
    "the key": lambda ada, space: revoke_key(ada.actor, space.environment.keys.get(type=ApiKey.Type.PUBLISHABLE)),
    "the way in of the environment": lambda ada, space: update_environment(
        ada.actor, space.environment, guest_authentication=["magic_link"]
    ),
    "the way in of the space": lambda ada, space: update_space(ada.actor, space, guest_authentication=["magic_link"]),
    "the space": lambda ada, space: archive_space(ada.actor, space),
}


@pytest.mark.parametrize("end", ENDS)
def test_the_token_dies_with(end, publishable_key, ada):
    """security.md, row 19 and ruling 22."""
    token = opened(publishable_key)["space"]["accessToken"]

    ENDS[end](ada, Space.objects.select_related("environment").get())

    refused(call("GET", "/v1/auth/whoami", token), 401)


def test_it_lives_for_a_day(publishable_key):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        token = opened(publishable_key)["space"]["accessToken"]
        clock.shift(24 * 3600 - 1)
        assert call("GET", "/v1/auth/whoami", token).status_code == 200
        clock.shift(1)
        refused(call("GET", "/v1/auth/whoami", token), 401)


def test_one_network_opens_only_so_many(publishable_key, monkeypatch):
    monkeypatch.setattr(embedding, "PER_NETWORK", Limit("embedded spaces in a test", 2, timedelta(days=1)))

    assert [init(publishable_key, {}).status_code for _ in range(3)] == [200, 200, 429]
    assert Space.objects.count() == 2


def test_the_answer_is_readable_where_the_account_says(publishable_key, northwind):
    here = {"HTTP_ORIGIN": "https://app.example"}
    assert init(publishable_key, **here)["Access-Control-Allow-Origin"] == "*"
    northwind.account.allowed_origins = ["https://other.example"]
    northwind.account.save()

    assert "Access-Control-Allow-Origin" not in init(publishable_key, **here)
