"""A new space: by any key, of exactly what was asked for, in the environment that was meant."""

from urllib.parse import quote

import pytest

from accounts.models import RoleAssignment
from environments.actions import update_environment
from environments.models import ApiKey
from events.models import Event
from lib.ids import new_id
from spaces.models import Space
from tests.knock import alike, call, refused, shown

pytestmark = pytest.mark.django_db

SPACES = "/v1/spaces"


def test_a_space_is_whole(pat, development, ada):
    body = {
        "name": "Acme",
        "environmentId": development.pk,
        "displayOrder": 3,
        "guestAuthentication": ["shared_link"],
        "metadata": {"sidebarConfig": {"showGuestInvite": False}},
        "settings": {"omitActions": ["a"]},
        "actions": [{"operation": "submit"}],
        "access": ["upload"],
        "namespace": "space:one",
        "labels": ["pinned"],
        "translationsPath": "https://example.com/{lng}.json",
        "languageOverride": "de",
        "appId": "us_app_1",
        "isAppTemplate": True,
    }

    made = shown(call("POST", SPACES, pat, body))

    assert made == made | body
    assert (made["createdByUserId"], made["createdByUserName"]) == (ada.member.pk, "Ada Marsh")
    assert shown(call("GET", f"{SPACES}/{made['id']}", pat)) == made


def test_a_key_implies_its_environment(secret_key, publishable_key, development):
    for key in (secret_key, publishable_key):
        assert shown(call("POST", SPACES, key))["environmentId"] == development.pk
        assert shown(call("POST", SPACES, key, {"environmentId": development.pk}))["environmentId"] == development.pk


def test_a_pat_must_name_the_environment(pat, development):
    assert refused(call("POST", SPACES, pat, {"name": "Acme"}), 400)["key"] == "environmentId"


def test_an_environment_out_of_reach_looks_like_a_missing_one(secret_key, publishable_key, pat, production, lumen):
    foreign, missing = lumen.environments[0].pk, new_id("us_env_")
    for credential, place in (
        (secret_key, production.pk),
        (publishable_key, production.pk),
        (publishable_key, foreign),
        (pat, foreign),
    ):
        answer = call("POST", SPACES, credential, {"environmentId": place})

        refused(answer, 404, "not_found")
        assert alike(answer) == alike(call("POST", SPACES, credential, {"environmentId": missing}))
    assert not Space.objects.exists()


def test_whoever_sees_an_environment_and_may_not_create_there_is_told_why(uma, northwind, password_token, development):
    guest = northwind.account.roles.get(name="Guest")
    RoleAssignment.objects.filter(member=uma.member).update(role=guest)

    error = refused(call("POST", SPACES, password_token(uma), {"environmentId": development.pk}), 403, "forbidden")

    assert (error["action"], error["rule"]) == ("spaces.create_space", "no_grant")


def test_a_space_follows_its_environment_until_it_has_its_own_say(pat, ada, development):
    space = shown(call("POST", SPACES, pat, {"environmentId": development.pk}))
    assert space["guestAuthentication"] == ["magic_link", "shared_link"]

    update_environment(ada.actor, development, guest_authentication=["magic_link"])

    assert shown(call("GET", f"{SPACES}/{space['id']}", pat))["guestAuthentication"] == ["magic_link"]


def test_a_publishable_key_creates_and_does_nothing_else(publishable_key):
    made = shown(call("POST", SPACES, publishable_key, {"name": "Embed"}))

    for method, path in (
        ("GET", SPACES),
        ("GET", f"{SPACES}/{made['id']}"),
        ("GET", "/v1/environments"),
        ("GET", "/v1/events"),
    ):
        assert refused(call(method, path, publishable_key), 403)["rule"] == "kind"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "a" * 256}, "name"),
        ({"name": 7}, "name"),
        ({"displayOrder": "3.5"}, "displayOrder"),
        ({"displayOrder": 2**31}, "displayOrder"),
        ({"displayOrder": True}, "displayOrder"),
        ({"guestAuthentication": ["password"]}, "guestAuthentication"),
        ({"guestAuthentication": ["magic_link"] * 2}, "guestAuthentication"),
        ({"metadata": "x"}, "metadata"),
        ({"metadata": [1]}, "metadata"),
        ({"settings": 1}, "settings"),
        ({"actions": {"a": 1}}, "actions"),
        ({"actions": [1]}, "actions"),
        ({"access": ["admin"]}, "access"),
        ({"access": ["*"] * 3}, "access"),
        ({"labels": "pinned"}, "labels"),
        ({"labels": [None]}, "labels"),
        ({"isAppTemplate": "maybe"}, "isAppTemplate"),
        ({"environmentId": 7}, "environmentId"),
        ({"environmentId": None}, "environmentId"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_made(secret_key, body, field):
    assert refused(call("POST", SPACES, secret_key, body), 400)["key"].startswith(field)
    assert not Space.objects.exists()


@pytest.mark.parametrize("body", [[], [{}], "", "name", 0, 1, False, True, None])
def test_a_body_that_is_no_object_makes_no_space(secret_key, body):
    refused(call("POST", SPACES, secret_key, body), 400)
    assert not Space.objects.exists()


def test_nobody_chooses_owner_time_or_id(secret_key, sam, lumen, development):
    key = development.keys.get(type=ApiKey.Type.SECRET)
    chosen = {
        "id": new_id("us_sp_"),
        "accountId": lumen.account.pk,
        "account": lumen.account.pk,
        "createdByUserId": sam.member.pk,
        "createdBy": sam.member.pk,
        "createdByUserName": "Sam Okafor",
        "createdAt": "2000-01-01T00:00:00.000Z",
        "archivedAt": "2000-01-01T00:00:00.000Z",
    }

    made = shown(call("POST", SPACES, secret_key, chosen))

    space = Space.objects.get()
    assert (space.account_id, space.created_by_id, space.created_by_label) == (development.account_id, None, key.name)
    assert made["id"] != chosen["id"]
    assert space.created_at.year > 2000
    assert space.archived_at is None


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "Ünïcödé 😀", "'; DROP TABLE spaces_space; --", "  padded  "]
)
def test_any_name_comes_back_as_it_was_given(secret_key, name):
    made = shown(call("POST", SPACES, secret_key, {"name": name}))

    assert made["name"] == name.strip()
    assert [one["name"] for one in shown(call("GET", f"{SPACES}?search={quote(name.strip())}", secret_key))] == [
        name.strip()
    ]


@pytest.mark.parametrize("name", ["a\tb", "a\nb", "a\u202eb", "\u200b"])
def test_a_name_with_what_cannot_be_seen_makes_no_space(secret_key, development, name):
    refused(call("POST", SPACES, secret_key, {"name": name}), 400, "name_unreadable")

    assert not development.spaces.exists()


def test_creating_is_one_event_in_its_environment(secret_key, development):
    made = shown(call("POST", SPACES, secret_key, {"name": "Acme"}))

    event = Event.objects.get(topic="space:created")
    assert (event.environment_id, event.space_id, event.subject_label) == (development.pk, made["id"], "Acme")
    assert event.payload == {"spaceId": made["id"], "environmentId": development.pk, "name": "Acme"}
