"""What guests are given over the API: exactly what is listed, narrowed, widened, taken, until it ends."""

from datetime import timedelta

import pytest
import time_machine

from guests.actions import grants as deeds
from guests.models import Grant, Guest
from guests.tests.giving import ADDRESS, create, held, ids, patch, topics
from lib.ids import new_id
from tests.knock import call, refused, shown
from tests.places import add_sheet, furnish, give, make_guest, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def other(development):
    return furnish(development, "Other")


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


def test_a_guest_has_at_most_so_many_spaces(secret_key, development, room, other, monkeypatch):
    monkeypatch.setattr(deeds, "MOST_GRANTS", 1)

    refused(create(secret_key, development, *ids(room.space, other.space)), 409, "too_many_grants")
    shown(create(secret_key, development, *ids(room.space)))
    refused(create(secret_key, development, *ids(other.space)), 409, "too_many_grants")

    assert Grant.objects.count() == 1


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
