"""Guests over the API: created with what they are given, narrowed, widened, deleted for good."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.models import Event
from guests.actions import grants as deeds
from guests.models import Grant, Guest
from lib.ids import new_id
from tests.knock import call, refused, shown
from tests.places import add_sheet, furnish, give, make_guest, token_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

ADDRESS = "guest@example.com"


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def other(development):
    return furnish(development, "Other")


def create(credential, environment, *spaces, email=ADDRESS, **body):
    return call("POST", "/v1/guests", credential, body_of(environment, *spaces, email=email, **body))


def body_of(environment, *spaces, email=ADDRESS, **body):
    return {"environmentId": environment.pk, "email": email, "name": "Mr. Guest", "spaces": list(spaces)} | body


def patch(credential, guest, **body):
    return call("PATCH", f"/v1/guests/{guest['id']}", credential, body)


def ids(*parts):
    return [{"id": part.pk} for part in parts]


def topics():
    return list(
        Event.objects.filter(topic__contains="uest").order_by("created_at", "id").values_list("topic", flat=True)
    )


def held(guest):
    """What the guest's own token finds: spaces, workbooks and sheets by id."""
    token = token_of(Guest.objects.get(pk=guest["id"]))
    paths = {"spaces": "/v1/spaces?pageSize=100", "workbooks": "/v1/workbooks"}
    found = {name: {one["id"] for one in shown(call("GET", path, token))} for name, path in paths.items()}
    sheets = [shown(call("GET", f"/v1/sheets?workbookId={id}", token)) for id in found["workbooks"]]
    return found | {"sheets": {sheet["id"] for some in sheets for sheet in some}}


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


@pytest.mark.parametrize("workbooks", [None, [], [0], [0, 1]])
@pytest.mark.parametrize("sheets", [None, [], [0]])
def test_what_is_given_is_what_is_listed(secret_key, development, room, workbooks, sheets):
    space = {"id": room.space.pk}
    if workbooks is not None:
        space["workbooks"] = ids(*(room.workbooks[number] for number in workbooks))
    if sheets is not None:
        space["sheets"] = ids(*(room.sheets[number] for number in sheets))
    if workbooks == [] and sheets:
        refused(create(secret_key, development, space), 400)
        return

    [guest] = shown(create(secret_key, development, space))

    open_books = room.workbooks if workbooks is None else [room.workbooks[number] for number in workbooks]
    listed = set(sheets or ()) if sheets is not None else None
    wanted = {
        sheet.pk
        for number, sheet in enumerate(room.sheets)
        if sheet.workbook_id in {book.pk for book in open_books} and (listed is None or number in listed)
    }
    assert guest["spaces"] == [space]
    assert held(guest)["sheets"] == wanted
    assert held(guest)["spaces"] == {room.space.pk}


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


@pytest.mark.parametrize("kind", ["space", "workbook", "sheet", "clip"])
def test_what_is_not_of_the_environment_and_space_refuses_everything(secret_key, development, production, room, kind):
    elsewhere = furnish(production)
    other = furnish(development)
    clip = add_sheet(room.workbooks[0], "clip", is_clip=True)
    wrong = {
        "space": [{"id": elsewhere.space.pk}],
        "workbook": [
            {"id": room.space.pk, "workbooks": ids(book)} for book in (elsewhere.workbooks[0], other.workbooks[0])
        ],
        "sheet": [{"id": room.space.pk, "sheets": ids(sheet)} for sheet in (elsewhere.sheets[0], other.sheets[0])],
        "clip": [{"id": room.space.pk, "sheets": ids(clip)}],
    }[kind]

    for space in wrong:
        told = refused(create(secret_key, development, *ids(other.space)[:0], space), 404)
        missing = refused(create(secret_key, development, {"id": new_id("us_sp_")}), 404)
        assert told == missing
    assert not Guest.objects.exists()
    assert topics() == []


def test_a_patch_puts_exactly_the_spaces_that_are_listed(secret_key, development, room, other):
    [guest] = shown(create(secret_key, development, *ids(room.space)))

    changed = shown(patch(secret_key, guest, spaces=[{"id": other.space.pk, "workbooks": ids(other.workbooks[1])}]))

    assert changed["spaces"] == [{"id": other.space.pk, "workbooks": ids(other.workbooks[1])}]
    assert held(guest)["workbooks"] == {other.workbooks[1].pk}
    assert topics()[2:] == ["space:guestRemoved", "space:guestAdded"]
    widened = shown(patch(secret_key, guest, spaces=ids(other.space)))
    assert widened["spaces"] == ids(other.space)
    assert held(guest)["workbooks"] == {book.pk for book in other.workbooks}
    assert topics()[4:] == ["space:guestUpdated"]
    assert shown(patch(secret_key, guest, spaces=widened["spaces"])) == widened
    assert shown(patch(secret_key, guest, spaces=[]))["spaces"] == []
    assert held(guest) == {"spaces": set(), "workbooks": set(), "sheets": set()}


def test_what_is_narrowed_or_taken_is_gone_on_the_next_request(secret_key, development, room):
    [guest] = shown(create(secret_key, development, *ids(room.space)))
    token = shown(call("GET", f"/v1/guests/{guest['id']}/token?spaceId={room.space.pk}", secret_key))["token"]
    path = f"/v1/workbooks/{room.workbooks[1].pk}"
    assert call("GET", path, token).status_code == 200

    shown(patch(secret_key, guest, spaces=[{"id": room.space.pk, "workbooks": ids(room.workbooks[0])}]))

    assert call("GET", path, token).status_code == 404
    assert call("GET", f"/v1/workbooks/{room.workbooks[0].pk}", token).status_code == 200
    shown(call("DELETE", f"/v1/guests/{guest['id']}?spaceId={room.space.pk}", secret_key))
    assert call("GET", f"/v1/spaces/{room.space.pk}", token).status_code == 404
    assert shown(call("GET", "/v1/spaces", token)) == []
    shown(call("DELETE", f"/v1/guests/{guest['id']}?spaceId={room.space.pk}", secret_key))
    assert topics().count("space:guestRemoved") == 1


def test_a_grant_ends_when_it_was_told_to(secret_key, development, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        space = {"id": room.space.pk, "expiresAt": "2030-01-01T12:30:00.000Z"}
        [guest] = shown(create(secret_key, development, space))
        assert guest["spaces"] == [space]
        first = Grant.objects.get()
        assert shown(patch(secret_key, guest, spaces=ids(room.space)))["spaces"] == [space]

        clock.shift(timedelta(minutes=30))

        assert held(guest)["spaces"] == set()
        assert shown(call("GET", f"/v1/guests/{guest['id']}", secret_key))["spaces"] == []
        assert shown(call("GET", f"/v1/guests?spaceId={room.space.pk}", secret_key)) == []
        [again] = shown(create(secret_key, development, *ids(room.space)))
        assert again["spaces"] == ids(room.space)
        assert Grant.objects.get().pk != first.pk
        late = [{"id": room.space.pk, "expiresAt": "2030-01-01T12:00:00Z"}]
        refused(patch(secret_key, guest, spaces=late), 400, "bad_expiry")
        endless = [{"id": room.space.pk, "expiresAt": None}]
        assert shown(patch(secret_key, guest, spaces=endless))["spaces"] == ids(room.space)


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


def test_a_guest_has_at_most_so_many_spaces(secret_key, development, room, other, monkeypatch):
    monkeypatch.setattr(deeds, "MOST_GRANTS", 1)

    refused(create(secret_key, development, *ids(room.space, other.space)), 409, "too_many_grants")
    shown(create(secret_key, development, *ids(room.space)))
    refused(create(secret_key, development, *ids(other.space)), 409, "too_many_grants")

    assert Grant.objects.count() == 1


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


def test_whoami_tells_a_guest_what_they_hold(development, room, other):
    guest = make_guest(development, ADDRESS)
    give(guest, room.space, workbooks=room.workbooks[:1])
    give(guest, other.space, sheets=other.sheets[:1])

    grants = shown(call("GET", "/v1/auth/whoami", token_of(guest)))["grants"]

    assert grants == {
        "spaces": sorted([room.space.pk, other.space.pk]),
        "wholeSpaces": [],
        "workbooks": sorted([room.workbooks[0].pk, other.workbooks[0].pk]),
        "sheets": [other.sheets[0].pk],
    }


def test_a_guest_reads_of_no_other_guest_in_the_log(secret_key, development, room):
    [guest] = shown(create(secret_key, development, *ids(room.space)))
    shown(create(secret_key, development, *ids(room.space), email="private@example.com"))

    seen = call("GET", "/v1/events?pageSize=100", token_of(Guest.objects.get(pk=guest["id"])))

    assert "private@example.com" not in seen.content.decode()
    assert {event["topic"] for event in seen.json()["data"]} == {"space:guestAdded"}
