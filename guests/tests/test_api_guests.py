"""Guests over the API: created, changed, found, deleted for good."""

import pytest
from django.utils import timezone

from events.models import Event
from guests.models import Grant, Guest
from guests.tests.giving import ADDRESS, body_of, create, held, ids, patch, topics
from lib.ids import new_id
from tests.knock import call, refused, shown
from tests.places import furnish, give, make_guest, token_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def other(development):
    return furnish(development, "Other")


def test_the_documented_example_works_as_it_is_written(secret_key, development, room):
    space = {"id": room.space.pk, "workbooks": ids(room.workbooks[0])}

    [guest] = shown(call("POST", "/v1/guests", secret_key, [body_of(development, space)]))

    assert guest["id"].startswith("us_g_")
    assert (guest["email"], guest["name"], guest["spaces"]) == (ADDRESS, "Mr. Guest", [space])
    assert shown(call("GET", f"/v1/guests/{guest['id']}", secret_key)) == guest
    assert held(guest) == {
        "spaces": {room.space.pk},
        "workbooks": {room.workbooks[0].pk},
        "sheets": {sheet.pk for sheet in room.sheets[:2]},
    }
    assert topics() == ["guest:created", "space:guestAdded"]
    added = Event.objects.get(topic="space:guestAdded")
    assert added.payload["guestId"] == guest["id"]
    assert (added.space_id, added.payload["workbookIds"]) == (room.space.pk, [room.workbooks[0].pk])


def test_several_guests_come_at_once_or_not_at_all(secret_key, development, room):
    good = [body_of(development, *ids(room.space), email=f"{number}@example.com") for number in range(3)]

    assert len(shown(call("POST", "/v1/guests", secret_key, good))) == 3

    more = [body_of(development, email="fourth@example.com"), body_of(development, {"id": new_id("us_sp_")})]
    refused(call("POST", "/v1/guests", secret_key, more), 404)
    refused(call("POST", "/v1/guests", secret_key, []), 400)
    refused(call("POST", "/v1/guests", secret_key, good * 34), 400)
    assert Guest.objects.count() == Grant.objects.count() == 3


def test_an_address_is_one_guest_however_it_is_spelled(secret_key, development, production, pat, room, other):
    [first] = shown(create(secret_key, development, *ids(room.space)))

    [again] = shown(create(secret_key, development, *ids(other.space), email="GUEST@Example.COM", name="Else"))
    [elsewhere] = shown(create(pat, production))

    assert (again["id"], again["name"]) == (first["id"], "Mr. Guest")
    assert [space["id"] for space in again["spaces"]] == [room.space.pk, other.space.pk]
    assert elsewhere["id"] != first["id"]
    refused(create(secret_key, development, email="no address"), 400, "bad_email")
    refused(create(secret_key, development, name="a\nb"), 400, "guest_name_invalid")


def test_a_deleted_guest_regains_nothing(secret_key, development, room):
    [guest] = shown(create(secret_key, development, *ids(room.space)))
    token = shown(call("GET", f"/v1/guests/{guest['id']}/token", secret_key))["token"]

    shown(call("DELETE", f"/v1/guests/{guest['id']}", secret_key))

    refused(call("GET", "/v1/spaces", token), 401)
    refused(call("GET", f"/v1/guests/{guest['id']}", secret_key), 404)
    refused(call("DELETE", f"/v1/guests/{guest['id']}", secret_key), 404)
    assert not Grant.objects.exists()
    assert not AccessToken.objects.filter(kind="guest").exists()
    assert topics()[-2:] == ["space:guestRemoved", "guest:deleted"]
    [again] = shown(create(secret_key, development))
    assert again["id"] != guest["id"]
    assert again["spaces"] == []
    refused(call("GET", "/v1/spaces", token), 401)


def test_another_address_ends_what_the_old_mailbox_opened(secret_key, development, room):
    [guest] = shown(create(secret_key, development, *ids(room.space)))
    [taken] = shown(create(secret_key, development, email="taken@example.com"))
    token = token_of(Guest.objects.get(pk=guest["id"]))

    changed = shown(patch(secret_key, guest, email="New@Example.com", name="New"))

    assert (changed["email"], changed["name"], changed["spaces"]) == ("new@example.com", "New", guest["spaces"])
    refused(call("GET", "/v1/spaces", token), 401)
    refused(patch(secret_key, guest, email=taken["email"]), 409, "guest_email_taken")
    refused(patch(secret_key, guest, environmentId=new_id("us_env_")), 400)


def test_guests_are_found_by_space_address_and_words_and_in_pages(secret_key, development, room, other):
    for number in range(12):
        give(make_guest(development, f"{number}@example.com", name=f"Number {number}"), room.space)
    give(make_guest(development, "else@example.com"), other.space)

    def listed(query):
        return [one["email"] for one in shown(call("GET", f"/v1/guests?{query}", secret_key))]

    assert len(listed(f"spaceId={room.space.pk}")) == 12
    assert listed(f"spaceId={other.space.pk}") == ["else@example.com"]
    assert len(listed("")) == 13
    assert listed("email=3%40EXAMPLE.com") == listed("search=number 3") == ["3@example.com"]
    assert listed("email=nonsense") == listed(f"spaceId={new_id('us_sp_')}") == []
    page = call("GET", f"/v1/guests?spaceId={room.space.pk}&pageSize=5&pageNumber=3", secret_key).json()
    assert (len(page["data"]), page["pagination"]["totalCount"]) == (2, 12)
    assert len(call("GET", "/v1/guests?after=&pageSize=5", secret_key).json()["data"]) == 5


def test_a_guests_token_dies_with_what_asked_for_it_and_is_for_their_spaces(ada, secret_key, development, room, other):
    guest = make_guest(development, ADDRESS)
    give(guest, room.space)
    path = f"/v1/guests/{guest.pk}/token"

    got = shown(call("GET", f"{path}?spaceId={room.space.pk}", secret_key))

    assert got["valid"] is True
    who = shown(call("GET", "/v1/auth/whoami", got["token"]))
    assert (who["id"], who["grants"]["wholeSpaces"]) == (guest.pk, [room.space.pk])
    refused(call("GET", f"{path}?spaceId={other.space.pk}", secret_key), 404)
    before = AccessToken.objects.count()
    assert call("HEAD", path, secret_key).status_code == 200
    assert AccessToken.objects.count() == before
    issued = Event.objects.get(topic="access-token:created")
    assert got["token"] not in str(issued.payload)
    development.keys.filter(type="SECRET").update(revoked_at=timezone.now())
    refused(call("GET", "/v1/auth/whoami", got["token"]), 401)


def test_a_guest_reads_of_no_other_guest_in_the_log(secret_key, development, room):
    [guest] = shown(create(secret_key, development, *ids(room.space)))
    shown(create(secret_key, development, *ids(room.space), email="private@example.com"))

    seen = call("GET", "/v1/events?pageSize=100", token_of(Guest.objects.get(pk=guest["id"])))

    assert "private@example.com" not in seen.content.decode()
    assert {event["topic"] for event in seen.json()["data"]} == {"space:guestAdded"}
