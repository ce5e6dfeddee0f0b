"""Data clips compared with their sheet and merged by the API: conflicts, decisions, and who may."""

import pytest

from spaces.models import Record
from spaces.tests.clipping import code_of, names, write
from tests.knock import call
from tests.places import token_of

pytestmark = pytest.mark.django_db


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
