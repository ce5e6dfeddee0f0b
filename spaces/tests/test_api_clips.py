"""Data clips by the API: made, filled, shared, compared and merged (flatfile-api.md, section 18)."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from access.actors import Grant as RoleGrant
from access.actors import Role
from guests.actions import delete_guest, withdraw_space
from guests.models import ClipLink, Guest
from spaces.models import ClipReference, DataClip, Record, Sheet, Space, Workbook
from tests.knock import call
from tests.places import add_record, give, make_guest, token_of

pytestmark = pytest.mark.django_db

PEOPLE = [
    {"key": "name", "type": "string"},
    {"key": "employer", "type": "reference", "config": {"ref": "companies", "key": "name"}},
    {"key": "boss", "type": "reference", "config": {"ref": "people", "key": "name"}},
]
COMPANIES = [
    {"key": "name", "type": "string"},
    {"key": "city", "type": "reference", "config": {"ref": "cities", "key": "name"}},
]
CITIES = [{"key": "name", "type": "string"}]


@dataclass
class Office:
    """A workbook in which people refer to companies, and companies to cities."""

    space: Space
    people: Sheet
    companies: Sheet
    cities: Sheet
    ids: dict[str, str]


@pytest.fixture
def office(development):
    at = {"account_id": development.account_id, "environment": development}
    space = Space.objects.create(**at, name="Office")
    workbook = Workbook.objects.create(**at, space=space, name="Book")
    sheets = [
        Sheet.objects.create(
            **at, space=space, workbook=workbook, name=slug, slug=slug, config={"name": slug, "fields": fields}
        )
        for slug, fields in (("people", PEOPLE), ("companies", COMPANIES), ("cities", CITIES))
    ]
    people, companies, cities = sheets
    rows = [
        (people, {"name": "Ann", "employer": "Acme", "boss": "Bob"}),
        (people, {"name": "Bob", "employer": "Bolt", "boss": None}),
        (people, {"name": "Cy", "employer": None, "boss": "Bob"}),
        (companies, {"name": "Acme", "city": "Rome"}),
        (companies, {"name": "Bolt", "city": "Oslo"}),
        (cities, {"name": "Rome"}),
        (cities, {"name": "Oslo"}),
    ]
    made = [add_record(sheet, number, **values) for number, (sheet, values) in enumerate(rows, 1)]
    return Office(space, people, companies, cities, {one.values["name"]["value"]: one.pk for one in made})


@pytest.fixture
def cleo(development, office):
    """A guest who was given nothing of the space but the right to be named."""
    guest = make_guest(development, "cleo@guest.example")
    give(guest, office.space, workbooks=[])
    return guest


@pytest.fixture
def clip(office, pat, cleo):
    """Ann alone, shared with Cleo."""
    given = {"name": "Ann", "sourceSheetId": office.people.pk, "collaborators": [cleo.pk]}
    made = call("POST", "/v1/data-clips", pat, given).json()
    assert made["data"]["id"] == made["id"]
    added = call("POST", f"/v1/data-clips/{made['id']}/add-records", pat, {"recordIds": [office.ids["Ann"]]}).json()
    assert (added["success"], added["counts"]["total"]) == (True, 1)
    return made | {"record": added["records"][0]["id"]}


def names(bearer, sheet_id, query=""):
    """The names in a sheet as somebody is shown them; None where the sheet is not there for them."""
    answer = call("GET", f"/v1/sheets/{sheet_id}/records?{query}", bearer)
    if answer.status_code == 404:
        return None
    assert answer.status_code == 200, answer.content
    return {record["values"]["name"]["value"] for record in answer.json()["data"]["records"]}


def write(bearer, clip, **values):
    cells = {key: {"value": value} for key, value in values.items()}
    body = [{"id": clip["record"], "values": cells}]
    return call("PUT", f"/v1/sheets/{clip['clipSheetId']}/records", bearer, body).status_code


# Reading


def test_its_guest_sees_the_clipped_records_and_what_they_refer_to_one_step_on(office, clip, cleo):
    guest = token_of(cleo)

    assert names(guest, clip["clipSheetId"]) == {"Ann"}
    assert names(guest, office.companies.pk) == {"Acme"}
    assert names(guest, office.cities.pk) is None, "two steps on"
    assert names(guest, office.people.pk) is None, "the sheet that was clipped"
    assert write(guest, clip, name="Anna") == 200
    body = [{"id": office.ids["Acme"], "values": {"name": {"value": "x"}}}]
    assert call("PUT", f"/v1/sheets/{office.companies.pk}/records", guest, body).status_code == 403


def test_every_route_shows_the_same_of_a_sheet_that_is_referred_to(office, clip, cleo):
    guest, path = token_of(cleo), f"/v1/sheets/{office.companies.pk}"

    def read(rest):
        return call("GET", path + rest, guest)

    assert read("/counts").json()["data"]["counts"]["total"] == 1
    assert read("/cells?fieldKey=name&distinct=true").json()["data"]["name"][0]["value"] == "Acme"
    assert len(read("/cells?distinct=true").json()["data"]["name"]) == 1
    assert b"Bolt" not in b"".join(read("/download").streaming_content)
    assert names(guest, office.companies.pk, "searchValue=bolt") == set()
    assert names(guest, office.companies.pk, f"ids={office.ids['Bolt']}") == set()
    assert names(guest, office.companies.pk, "sortField=name&sortDirection=desc") == {"Acme"}
    assert names(guest, office.companies.pk, "after=") == {"Acme"}
    linked = call("GET", f"/v1/sheets/{clip['clipSheetId']}/records?includeLinks=true", guest).json()
    cells = linked["data"]["records"][0]["values"]
    assert [one["values"]["name"]["value"] for one in cells["employer"]["links"]] == ["Acme"]
    assert "links" not in cells["boss"]
    listed = call("GET", f"/v1/sheets?workbookId={clip['workbookId']}", guest).json()["data"]
    assert {sheet["id"] for sheet in listed} == {clip["clipSheetId"], office.companies.pk}


def test_a_reference_that_its_guest_writes_opens_nothing_and_one_of_somebody_with_access_does(office, clip, cleo, pat):
    guest = token_of(cleo)

    assert write(guest, clip, employer="Bolt") == 200
    assert names(guest, office.companies.pk) == {"Acme"}
    new = [{"name": {"value": "Eve"}, "employer": {"value": "Bolt"}}]
    assert call("POST", f"/v1/sheets/{clip['clipSheetId']}/records", guest, new).status_code == 200
    assert names(guest, office.companies.pk) == {"Acme"}

    assert write(pat, clip, employer="Bolt", name="Anna") == 200
    assert names(guest, office.companies.pk) == {"Acme"}, "written back as it was, it is still the guest's word"
    assert (write(pat, clip, employer="Acme"), write(pat, clip, employer="Bolt")) == (200, 200)
    assert names(guest, office.companies.pk) == {"Bolt"}
    assert write(pat, clip, employer=None) == 200
    assert names(guest, office.companies.pk) is None


def test_a_reference_opens_nothing_that_whoever_clipped_it_does_not_see(development, office):
    """Else a guest of one sheet would write a value, clip the record, and read on."""
    gus = make_guest(development, "gus@guest.example")
    give(gus, office.space, sheets=[office.people])
    guest = token_of(gus)

    made = call("POST", "/v1/data-clips", guest, {"name": "Mine", "sourceSheetId": office.people.pk}).json()
    call("POST", f"/v1/data-clips/{made['id']}/add-records", guest, {"recordIds": list(ids_of(office.people))})

    assert names(guest, made["clipSheetId"]) == {"Ann", "Bob", "Cy"}
    assert names(guest, office.companies.pk) is None
    assert not ClipReference.objects.exists()


def ids_of(sheet):
    return Record.objects.filter(sheet=sheet).values_list("pk", flat=True)


def test_what_refers_by_id_opens_the_record_of_that_id(office, pat, cleo):
    fields = [{"key": "name", "type": "string"}, {"key": "at", "type": "reference-list", "config": {"ref": "cities"}}]
    Sheet.objects.filter(pk=office.people.pk).update(config={"name": "people", "fields": fields})
    Record.objects.filter(pk=office.ids["Cy"]).update(
        values={"name": {"value": "Cy"}, "at": {"value": [office.ids["Oslo"], "us_rc_0000000000000000000000"]}}
    )
    given = {"name": "Cy", "sourceSheetId": office.people.pk, "collaborators": [cleo.pk]}
    made = call("POST", "/v1/data-clips", pat, given).json()

    call("POST", f"/v1/data-clips/{made['id']}/add-records", pat, {"recordIds": [office.ids["Cy"]]})

    assert names(token_of(cleo), office.cities.pk) == {"Oslo"}


# Sharing


def test_a_clip_ends_with_the_share_the_grant_and_the_guest(office, clip, cleo, pat, ada):
    guest, path = token_of(cleo), f"/v1/data-clips/{clip['id']}"
    assert call("GET", path, guest).json()["data"]["id"] == clip["id"]

    call("PATCH", path, pat, {"name": "Ann", "collaborators": []})
    assert call("GET", path, guest).status_code == names_status(guest, clip) == 404

    call("PATCH", path, pat, {"name": "Ann", "collaborators": [cleo.pk]})
    assert names(guest, clip["clipSheetId"]) == {"Ann"}
    withdraw_space(ada.actor, cleo, office.space)
    assert names_status(guest, clip) == 404
    give(cleo, office.space)
    assert names_status(guest, clip) == 404, "given anew, the space brings no old share back"

    call("PATCH", path, pat, {"name": "Ann", "collaborators": [cleo.pk]})
    delete_guest(ada.actor, cleo)
    again = make_guest(office.space.environment, "cleo@guest.example")
    give(again, office.space)
    assert call("GET", path, guest).status_code == 401
    assert names_status(token_of(again), clip) == 404
    assert call("GET", path, pat).json()["data"]["collaborators"] == []


def names_status(bearer, clip):
    return call("GET", f"/v1/sheets/{clip['clipSheetId']}/records", bearer).status_code


def test_collaborators_are_guests_of_the_space(office, clip, development, lumen, pat):
    strangers = [make_guest(development, "x@guest.example").pk, make_guest(lumen.environments[0], "y@y.example").pk]

    for id in [*strangers, "us_g_0000000000000000000000", "nonsense"]:
        answer = call("PATCH", f"/v1/data-clips/{clip['id']}", pat, {"name": "New", "collaborators": [id]})
        assert answer.json()["errors"][0]["code"] == "not_a_guest_of_the_space"
    assert DataClip.objects.get().name == "Ann", "all of it or none"


def test_the_link_is_one_anonymous_guest_whose_tokens_end_with_it(office, clip, pat):
    path = f"/v1/data-clips/{clip['id']}"
    shared = call("PATCH", path, pat, {"name": "Ann", "sharedLinkAccess": "public"}).json()["data"]
    secret = shared["guestLinkUrl"].rpartition("/")[2]
    assert shared["sharedLinkAccess"] == "public"
    assert call("GET", path, pat).json()["data"]["accessToken"] == shared["accessToken"], "the same text each time"
    assert call("GET", path, pat).json()["data"]["guestLinkUrl"] == shared["guestLinkUrl"]

    exchanged = call("POST", "/v1/invitations/exchange", None, {"token": secret}).json()["data"]
    again = call("POST", "/v1/invitations/exchange", None, {"token": secret}).json()["data"]
    tokens = [shared["accessToken"], exchanged["token"], again["token"]]
    for token in tokens:
        assert names(token, clip["clipSheetId"]) == {"Ann"}
        assert names(token, office.companies.pk) == {"Acme"}
        assert call("GET", path, token).json()["data"].keys() & {"accessToken", "guestLinkUrl"} == set()

    assert (
        call("PATCH", path, pat, {"sharedLinkAccess": "restricted"}).json()["data"]["sharedLinkAccess"] == "restricted"
    )
    for token in tokens:
        assert call("GET", path, token).status_code == 401
    assert call("POST", "/v1/invitations/exchange", None, {"token": secret}).json()["data"] == {"valid": False}
    renewed = call("PATCH", path, pat, {"sharedLinkAccess": "public"}).json()["data"]
    assert renewed["guestLinkUrl"] != shared["guestLinkUrl"]


def test_another_token_is_shown_when_less_than_ten_minutes_are_left(clip, pat):
    path = f"/v1/data-clips/{clip['id']}"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = call("PATCH", path, pat, {"sharedLinkAccess": "public"}).json()["data"]["accessToken"]
        clock.shift(timedelta(minutes=49))
        assert call("GET", path, pat).json()["data"]["accessToken"] == first
        clock.shift(timedelta(minutes=2))
        call("HEAD", path, pat)
        assert ClipLink.objects.get().token.expires_at - timezone.now() < timedelta(minutes=10)
        second = call("GET", path, pat).json()["data"]["accessToken"]
        assert second != first == call_token(first, path)
        clock.shift(timedelta(minutes=10))
        assert call("GET", path, first).status_code == 401
        assert call("GET", path, second).status_code == 200


def call_token(token, path):
    """The token, while it opens the clip."""
    return token if call("GET", path, token).status_code == 200 else ""


def test_deleting_a_clip_takes_its_copies_link_and_guest_along(office, clip, pat):
    call("PATCH", f"/v1/data-clips/{clip['id']}", pat, {"sharedLinkAccess": "public"})
    token = call("GET", f"/v1/data-clips/{clip['id']}", pat).json()["data"]["accessToken"]

    assert call("DELETE", f"/v1/data-clips/{clip['id']}", pat).status_code == 200

    assert call("GET", f"/v1/data-clips/{clip['id']}", token).status_code == 401
    assert not Sheet.objects.filter(is_clip=True).exists()
    assert not Guest.objects.filter(email="").exists()
    assert names(pat, office.people.pk) == {"Ann", "Bob", "Cy"}
    assert call("DELETE", f"/v1/data-clips/{clip['id']}", pat).status_code == 404


# States


def test_what_changed_on_both_sides_is_a_conflict_until_it_is_settled(office, clip, cleo, pat):
    path, guest = f"/v1/data-clips/{clip['id']}", token_of(cleo)
    write(guest, clip, name="Anna", employer="Bolt")
    body = [{"id": office.ids["Ann"], "values": {"name": {"value": "Annie"}, "boss": {"value": None}}}]
    call("PUT", f"/v1/sheets/{office.people.pk}/records", pat, body)

    assert code_of("PATCH", path, pat, {"status": "MERGED"}) == "clip_not_ready"
    assert call("PATCH", path, pat, {"status": "READY"}).json()["data"]["status"] == "READY"
    assert write(guest, clip, name="Late") == 409
    found = call("GET", f"{path}/resolutions?includeSummary=true", pat).json()
    assert found["summary"] == {"total": 1, "changed": 1, "conflicts": 1}
    cell = found["data"][0]["values"]["name"]
    assert (cell["value"], cell["clipValue"], cell["snapshotValue"]) == ("Annie", "Anna", "Ann")
    resolves = {one["field"]: one.get("resolveTo", one["type"]) for one in found["data"][0]["resolves"]}
    assert resolves == {"name": "conflict", "employer": "clip", "boss": "main"}
    assert call("GET", f"{path}/resolutions/index?filterConflicts=true&id={clip['record']}", pat).json() == {"index": 0}
    assert code_of("PATCH", path, pat, {"status": "MERGED"}) == "clip_has_conflicts"

    settle(path, pat, clip, field="name", type="resolve", resolveTo="clip")
    assert call("GET", f"{path}/resolutions?filterConflicts=true", pat).json()["data"] == []
    call("PATCH", path, pat, {"status": "MERGED"})
    ann = Record.objects.get(pk=office.ids["Ann"]).values
    assert {key: cell["value"] for key, cell in ann.items()} == {"name": "Anna", "employer": "Bolt", "boss": None}
    assert code_of("PATCH", path, pat, {"name": "Late"}) == "clip_merged"
    assert call("GET", path, pat).json()["data"]["mergedAt"]


def settle(path, bearer, clip, **resolve):
    body = {"resolvedRecords": [{"recordId": clip["record"], "resolves": [resolve]}]}
    answer = call("PATCH", f"{path}/resolutions", bearer, body)
    assert answer.status_code == 200, answer.content


def code_of(*asked):
    return call(*asked).json()["errors"][0]["code"]


def test_a_decision_holds_as_long_as_the_sheet_holds_what_it_was_taken_against(office, clip, pat):
    path = f"/v1/data-clips/{clip['id']}"

    def rename(name):
        body = [{"id": office.ids["Ann"], "values": {"name": {"value": name}}}]
        call("PUT", f"/v1/sheets/{office.people.pk}/records", pat, body)

    write(pat, clip, name="Anna")
    rename("Annie")
    settle(path, pat, clip, field="name", resolveTo="main")
    call("PATCH", path, pat, {"status": "READY"})
    rename("Anne")
    assert code_of("PATCH", path, pat, {"status": "MERGED"}) == "clip_has_conflicts"
    assert call("PATCH", f"{path}/refresh-resolutions", pat).status_code == 200
    rename("Annie")
    assert code_of("PATCH", path, pat, {"status": "MERGED"}) == "clip_has_conflicts", "forgotten by the refresh"


def test_what_is_gone_from_the_sheet_is_restored_or_left_and_what_is_new_is_added(office, clip, pat):
    path = f"/v1/data-clips/{clip['id']}"
    call("POST", f"/v1/sheets/{clip['clipSheetId']}/records", pat, [{"name": {"value": "Eve"}}])
    call("DELETE", f"/v1/sheets/{office.people.pk}/records?ids={office.ids['Ann']}", pat)
    call("PATCH", path, pat, {"status": "READY"})
    assert code_of("PATCH", path, pat, {"status": "MERGED"}) == "clip_has_conflicts"

    settle(path, pat, clip, removedFromMainResolution="restore")
    call("PATCH", path, pat, {"status": "MERGED"})

    assert names(pat, office.people.pk) == {"Ann", "Bob", "Cy", "Eve"}


def test_only_its_maker_merges_a_clip_and_still_needs_to_be_able_to(office, clip, secret_key, ada, pat):
    path = f"/v1/data-clips/{clip['id']}"
    call("PATCH", path, secret_key, {"status": "READY"})

    assert call("PATCH", path, secret_key, {"status": "MERGED"}).status_code == 403
    call("POST", f"/v1/sheets/{office.people.pk}/lock", pat)
    call("PATCH", path, pat, {"status": "OPEN"})
    write(pat, clip, name="Anna")
    call("PATCH", path, pat, {"status": "READY"})
    assert code_of("PATCH", path, pat, {"status": "MERGED"}) == "sheet_locked"
    assert call("GET", path, pat).json()["data"]["status"] == "READY", "nothing of it was done"


# Asking for what is not


def test_a_clip_is_made_of_a_sheet_by_whoever_may_edit_it(office, clip, development, pat):
    gus = make_guest(development, "gus@guest.example")
    give(gus, office.space)
    body = {"name": "New", "sourceSheetId": clip["clipSheetId"]}
    assert code_of("POST", "/v1/data-clips", pat, body) == "clip_of_clip"

    Sheet.objects.filter(pk=office.people.pk).update(config={"name": "people", "fields": PEOPLE, "access": ["add"]})
    body = {"name": "New", "sourceSheetId": office.people.pk}
    assert call("POST", "/v1/data-clips", token_of(gus), body).status_code == 403
    assert call("POST", "/v1/data-clips", pat, body).status_code == 200


def test_a_guest_works_on_an_own_clip_as_long_as_they_have_its_sheet(office, development, ada):
    gus = make_guest(development, "gus@guest.example")
    give(gus, office.space)
    guest = token_of(gus)
    made = call("POST", "/v1/data-clips", guest, {"name": "Mine", "sourceSheetId": office.people.pk}).json()
    path = f"/v1/data-clips/{made['id']}"
    call("POST", f"{path}/add-records", guest, {"recordIds": [office.ids["Ann"]]})
    assert names(guest, made["clipSheetId"]) == {"Ann"}
    assert call("PATCH", path, guest, {"sharedLinkAccess": "public"}).status_code == 403, "guests share no clips"

    withdraw_space(ada.actor, gus, office.space)

    assert call("GET", path, guest).status_code == 404
    assert names(guest, made["clipSheetId"]) is None


def test_records_are_added_all_or_none_and_once(office, clip, pat):
    path = f"/v1/data-clips/{clip['id']}/add-records"

    assert call("POST", path, pat, {"recordIds": [office.ids["Bob"], office.ids["Acme"]]}).status_code == 404
    again = call("POST", path, pat, {"recordIds": [office.ids["Ann"], office.ids["Bob"]]}).json()

    assert [record["values"]["name"]["value"] for record in again["records"]] == ["Bob"]
    assert again["counts"] == {"total": 2, "valid": 2, "error": 0}


def test_events_tell_of_a_clip_and_who_works_on_it(office, clip, pat, cleo):
    listed = call("GET", "/v1/events?domain=data-clip", pat).json()["data"]

    assert [event["topic"] for event in listed] == [
        "data-clip:updated",
        "data-clip:collaborator-updated",
        "data-clip:created",
    ]
    assert listed[1]["payload"]["changes"] == [{"action": "added", "userId": cleo.pk}]
    assert listed[1]["context"]["dataClipId"] == clip["id"]
    assert listed[2]["payload"]["status"] == "OPEN"


def test_a_member_with_the_user_role_changes_what_they_made_and_no_others(office, clip, uma, password_token, pat):
    assert uma.actor.grants == (RoleGrant(Role.USER),)
    bearer = password_token(uma)

    assert call("PATCH", f"/v1/data-clips/{clip['id']}", bearer, {"name": "Theirs"}).status_code == 403
    own = call("POST", "/v1/data-clips", bearer, {"name": "Own", "sourceSheetId": office.people.pk}).json()
    assert call("PATCH", f"/v1/data-clips/{own['id']}", bearer, {"name": "Renamed"}).status_code == 200


def test_a_list_of_clips_takes_as_many_queries_for_many(office, clip, pat, django_assert_num_queries):
    for number in range(5):
        body = {"name": f"Clip {number}", "sourceSheetId": office.people.pk, "sharedLinkAccess": "public"}
        call("POST", "/v1/data-clips", pat, body)
    call("GET", "/v1/data-clips", pat)

    with django_assert_num_queries(3):  # the token, the clips, their links
        listed = call("GET", "/v1/data-clips?status=OPEN", pat).json()["data"]

    assert len(listed) == 6
    assert {one["data"]["sharedLinkAccess"] for one in listed} == {"public", "restricted"}
