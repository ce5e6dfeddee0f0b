"""Workbooks, sheets and documents over the API: whole, checked, changed by slug, deleted with what is in them."""

import pytest
from django.utils import timezone

from environments.models import Environment
from events.models import Event
from guests.models import Grant
from lib.ids import new_id
from spaces.models import Document, Record, Sheet, Space, Workbook
from tests.knock import call, refused, shown
from tests.places import add_sheet, furnish, give, make_guest, token_of
from tokens.credentials.guests import SPACE_LIFETIME, WayIn
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

PEOPLE = {"name": "People", "slug": "people", "fields": [{"key": "name", "type": "string"}]}
ORDERS = {
    "name": "Orders",
    "fields": [{"key": "by", "type": "reference", "config": {"ref": "people", "key": "name"}}],
    "access": ["add"],
    "readonly": False,
}


@pytest.fixture
def embedded(room, development):
    """The token of an embedded space."""
    guest = make_guest(development)
    give(guest, room.space)
    return token_of(guest, kind=AccessToken.Kind.SPACE, space_id=room.space.pk, lifetime=SPACE_LIFETIME)


def create(credential, space, **body):
    return call("POST", "/v1/workbooks", credential, {"spaceId": space.pk, "name": "Book", **body})


def test_a_workbook_comes_with_its_sheets(secret_key, room):
    made = shown(create(secret_key, room.space, sheets=[PEOPLE, ORDERS], labels=["pinned"], metadata={"a": 1}))

    assert made["spaceId"] == room.space.pk
    assert [(sheet["slug"], sheet["config"]["fields"]) for sheet in made["sheets"]] == [
        ("people", PEOPLE["fields"]),
        ("orders", ORDERS["fields"]),
    ]
    assert shown(call("GET", f"/v1/workbooks/{made['id']}", secret_key)) == made
    assert shown(call("GET", f"/v1/sheets?workbookId={made['id']}", secret_key)) == made["sheets"]
    assert Event.objects.get(topic="workbook:created").payload["workbookId"] == made["id"]


def test_the_first_workbook_is_the_primary_one_and_moves_the_space(secret_key, development):
    space = Space.objects.create(account_id=development.account_id, environment=development, name="Empty")

    first = shown(create(secret_key, space))
    shown(create(secret_key, space))

    found = shown(call("GET", f"/v1/spaces/{space.pk}", secret_key))
    assert (found["primaryWorkbookId"], found["workbooksCount"]) == (first["id"], 2)
    assert found["lastActivityAt"]


@pytest.mark.parametrize(
    "sheet",
    [
        {},
        {"name": "", "fields": []},
        {"name": "S"},
        {"name": "S", "fields": {}},
        {"name": "S", "fields": [{"key": "a"}]},
        {"name": "S", "fields": [{"key": "a", "type": []}]},
        {"name": "S", "fields": [{"key": "a", "type": "text"}]},
        {"name": "S", "fields": [{"key": "a", "type": "string"}, {"key": "a", "type": "number"}]},
        {"name": "S", "fields": [{"key": "a", "type": "reference", "config": {"ref": "elsewhere"}}]},
        {"name": "S", "fields": [{"key": "a", "type": "reference", "config": {"ref": ["s"]}}]},
        {"name": "S", "fields": [{"key": "a", "type": "string", "constraints": [1]}]},
        {"name": "S", "fields": [], "access": ["everything"]},
        {"name": "S", "fields": [], "access": [[]]},
        {"name": "S", "fields": [], "readonly": "yes"},
        {"name": "S", "fields": [], "slug": 5},
        {"name": "S", "fields": [], "metadata": 5},
    ],
)
def test_what_would_be_no_sheet_is_refused_and_nothing_is_made(secret_key, room, sheet):
    refused(create(secret_key, room.space, sheets=[PEOPLE, sheet]), 400, "bad_sheet")

    assert Workbook.objects.count() == 2


def test_sheets_are_changed_by_their_slug_and_keep_their_records(secret_key, room):
    workbook = room.workbooks[0]
    changed = {"name": "Renamed", "slug": "sheet-a", "fields": PEOPLE["fields"]}

    made = shown(call("PATCH", f"/v1/workbooks/{workbook.pk}", secret_key, {"sheets": [changed, PEOPLE]}))

    assert [sheet["slug"] for sheet in made["sheets"]] == ["sheet-a", "sheet-b", "people"]
    assert made["sheets"][0]["name"] == "Renamed"
    assert Record.objects.filter(sheet=room.sheets[0]).count() == 2


def test_a_slug_is_taken_once_in_a_workbook(secret_key, room):
    refused(create(secret_key, room.space, sheets=[PEOPLE, PEOPLE]), 400, "bad_sheet")
    body = {"slug": "sheet-b"}

    refused(call("PATCH", f"/v1/sheets/{room.sheets[0].pk}", secret_key, body), 409, "slug_taken")


def test_the_copy_of_a_clip_may_have_the_slug_of_its_sheet(room):
    add_sheet(room.workbooks[0], "sheet-a", is_clip=True)


def test_a_deleted_workbook_takes_its_records_along(secret_key, room):
    shown(call("DELETE", f"/v1/workbooks/{room.workbooks[0].pk}", secret_key))

    assert Record.objects.count() == 4
    refused(call("GET", f"/v1/sheets/{room.sheets[0].pk}", secret_key), 404)


def test_a_workbook_stays_in_its_space_and_environment(secret_key, room, development, production):
    path = f"/v1/workbooks/{room.workbooks[0].pk}"
    other = furnish(development, "Other")

    assert refused(call("PATCH", path, secret_key, {"spaceId": other.space.pk}), 400)["key"] == "spaceId"
    assert refused(call("PATCH", path, secret_key, {"environmentId": production.pk}), 400)["key"] == "environmentId"


@pytest.mark.parametrize("named", ["name=Workbook 1", "label=pinned", "name=-Workbook 2", "label=-other"])
def test_workbooks_are_filtered(secret_key, room, named):
    Workbook.objects.filter(pk=room.workbooks[0].pk).update(labels=["pinned"])
    Workbook.objects.filter(pk=room.workbooks[1].pk).update(labels=["other"])

    found = shown(call("GET", f"/v1/workbooks?spaceId={room.space.pk}&{named}", secret_key))

    assert [workbook["id"] for workbook in found] == [room.workbooks[0].pk]


def test_a_list_of_workbooks_takes_as_many_queries_for_many(secret_key, development, django_assert_num_queries):
    for number in range(20):
        furnish(development, f"Space {number}")

    with django_assert_num_queries(4):  # the key, its last use, the workbooks, their sheets
        assert len(shown(call("GET", "/v1/workbooks", secret_key))) == 40


def test_locking_twice_is_no_error(secret_key, room):
    path = f"/v1/sheets/{room.sheets[0].pk}"
    for _ in range(2):
        shown(call("POST", f"{path}/lock", secret_key))
    assert shown(call("GET", path, secret_key))["lockedAt"]

    shown(call("POST", f"{path}/unlock", secret_key))

    assert "lockedAt" not in shown(call("GET", path, secret_key))


# Spaces


def test_a_deleted_space_takes_everything_along(secret_key, room, development):
    guest = make_guest(development, "gus@guest.example")
    give(guest, room.space)

    shown(call("DELETE", f"/v1/spaces/{room.space.pk}", secret_key))

    for model in (Workbook, Sheet, Record, Document, Grant):
        assert not model.objects.exists()
    refused(call("DELETE", f"/v1/spaces/{room.space.pk}", secret_key), 404)


def test_several_spaces_are_deleted_or_none(secret_key, room, development, production):
    other, hidden = furnish(development, "Other"), furnish(production, "Hidden")
    both = f"spaceIds={room.space.pk}&spaceIds="

    refused(call("DELETE", f"/v1/spaces?{both}{hidden.space.pk}", secret_key), 404)
    assert Space.objects.count() == 3
    shown(call("DELETE", f"/v1/spaces?{both}{other.space.pk}", secret_key))
    assert list(Space.objects.all()) == [hidden.space]


def test_a_space_is_archived_and_taken_out_again(secret_key, room, development):
    guest = make_guest(development, "gus@guest.example")
    give(guest, room.space)
    text, path = token_of(guest), f"/v1/spaces/{room.space.pk}"

    shown(call("POST", f"{path}/archive", secret_key))
    refused(call("GET", path, text), 404)
    assert shown(call("GET", path, secret_key))["archivedAt"]
    shown(call("POST", f"{path}/unarchive", secret_key))

    assert shown(call("GET", path, text))["id"] == room.space.pk


def test_a_space_keeps_its_environment_and_takes_only_its_own_workbook(secret_key, room, development, production):
    path, other = f"/v1/spaces/{room.space.pk}", furnish(development, "Other")

    refused(call("PATCH", path, secret_key, {"environmentId": production.pk}), 400)
    refused(call("PATCH", path, secret_key, {"primaryWorkbookId": other.workbooks[0].pk}), 400, "not_its_workbook")
    refused(call("PATCH", path, secret_key, {"primaryWorkbookId": new_id("us_wb_")}), 400, "not_its_workbook")


def test_switching_a_way_in_off_ends_what_came_by_it_for_ever(secret_key, room, development):
    guest = make_guest(development)
    give(guest, room.space)
    text = token_of(guest, way_in=WayIn("shared_link", room.space.pk, room.space.version_of("shared_link")))
    path = f"/v1/spaces/{room.space.pk}"
    shown(call("GET", path, text))

    shown(call("PATCH", path, secret_key, {"guestAuthentication": ["magic_link"]}))
    refused(call("GET", path, text), 401)
    shown(call("PATCH", path, secret_key, {"guestAuthentication": ["magic_link", "shared_link"]}))

    refused(call("GET", path, text), 401)


def test_a_space_token_says_where_its_space_opens_and_nothing_else(embedded, room):
    path = f"/v1/spaces/{room.space.pk}"
    Space.objects.filter(pk=room.space.pk).update(metadata={"theme": {"a": 1}, "sidebarConfig": {"showSidebar": False}})
    page = {"workbook": {"workbookId": room.workbooks[0].pk}}
    whole = {"theme": {"a": 1}, "sidebarConfig": {"showSidebar": False, "defaultPage": page}}

    assert shown(call("PATCH", path, embedded, {"metadata": whole}))["metadata"] == whole
    for body in (
        {"name": "Mine"},
        {"guestAuthentication": []},
        {"metadata": {}},
        {"metadata": whole | {"sidebarConfig": {"showGuestInvite": True, "showSidebar": False}}},
        {"metadata": whole, "access": ["*"]},
    ):
        assert refused(call("PATCH", path, embedded, body), 403, "forbidden")["rule"] == "default_page"


def test_a_space_token_makes_workbooks_and_documents_in_its_own_space_alone(embedded, room, development):
    other = furnish(development, "Other")

    assert shown(create(embedded, room.space, sheets=[PEOPLE]))["spaceId"] == room.space.pk
    body = {"title": "Hello", "body": "# Hello"}
    assert shown(call("POST", f"/v1/spaces/{room.space.pk}/documents", embedded, body))["title"] == "Hello"
    refused(create(embedded, other.space), 404)
    refused(call("POST", f"/v1/spaces/{other.space.pk}/documents", embedded, body), 404)


def test_a_document_is_found_in_its_own_space_alone(secret_key, room, development):
    other = furnish(development, "Other")

    refused(call("GET", f"/v1/spaces/{other.space.pk}/documents/{room.documents[0].pk}", secret_key), 404)


def test_a_deleted_environment_takes_its_rooms_along(pat, room, development):
    Environment.objects.filter(pk=development.pk).update(updated_at=timezone.now())

    shown(call("DELETE", f"/v1/environments/{development.pk}", pat))

    assert not Record.objects.exists()
