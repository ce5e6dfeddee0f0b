"""Records over the API, as they are written: added, changed, deleted, with counts that are always right."""

import gzip
import json

import pytest

from events.models import Event
from lib.ids import new_id
from spaces.models import Record, Sheet, Space
from spaces.tests.recording import cells, counts, insert, names, people
from tests.knock import call, refused, shown

pytestmark = pytest.mark.django_db


def test_a_write_is_on_record_without_its_values(secret_key, path, sheet):
    made = insert(secret_key, path, *people(*range(150)))

    event = Event.objects.get(topic="records:created")

    assert event.payload["count"] == 150
    assert event.payload["recordIds"] == [record["id"] for record in made[:100]]
    assert "Person" not in str(event.as_json())
    assert Space.objects.get(pk=sheet.space_id).last_activity_at


def test_an_update_changes_the_cells_it_names_and_counts_anew(secret_key, path, sheet):
    one, two = insert(secret_key, path, *people(1, 2))
    change = [{"id": one["id"], "values": cells(age="old"), "metadata": {"a": 1}}, {"id": two["id"], "values": {}}]

    answer = shown(call("PUT", path, secret_key, change))

    assert Event.objects.get(pk=answer["versionId"]).topic == "records:updated"
    [changed, same] = shown(call("GET", f"{path}?includeMessages=true", secret_key))["records"]
    assert changed["values"]["name"] == one["values"]["name"]
    assert changed["values"]["age"]["messages"][0]["source"] == "invalid-option"
    assert (changed["valid"], changed["metadata"], changed["versionId"]) == (False, {"a": 1}, "2")
    assert same["values"] == two["values"]
    assert counts(secret_key, path) == {"total": 2, "valid": 1, "error": 1}
    assert names(call("GET", f"{path}?searchValue=old", secret_key)) == ["Person 1"]


def test_a_record_that_was_read_can_be_sent_back_as_it_is(secret_key, path):
    insert(secret_key, path, cells(age="old"))
    [record] = shown(call("GET", f"{path}?includeMessages=true", secret_key))["records"]

    shown(call("PUT", path, secret_key, [record]))

    [again] = shown(call("GET", f"{path}?includeMessages=true", secret_key))["records"]
    assert again["values"] == record["values"]


def test_an_update_of_one_record_that_is_not_there_changes_none(secret_key, path, room):
    [one] = insert(secret_key, path, *people(1))
    elsewhere = room.sheets[0].records.first()
    for other in (elsewhere.pk, new_id("us_rc_")):
        change = [{"id": one["id"], "values": cells(age=5)}, {"id": other, "values": cells(age=5)}]
        refused(call("PUT", path, secret_key, change), 404)
    twice = [{"id": one["id"], "values": {}}] * 2
    refused(call("PUT", path, secret_key, twice), 400, "bad_records")

    assert shown(call("GET", path, secret_key))["records"][0]["values"]["age"]["value"] == 1


def test_records_are_deleted_in_their_own_sheet_alone_and_twice_is_no_error(secret_key, path, room):
    one, two = insert(secret_key, path, cells(age=1), *people(2))
    elsewhere = room.sheets[0].records.first()
    asked = f"{path}?ids={one['id']}&ids={elsewhere.pk}&ids={new_id('us_rc_')}"

    for _ in range(2):
        shown(call("DELETE", asked, secret_key))

    assert [record["id"] for record in shown(call("GET", path, secret_key))["records"]] == [two["id"]]
    assert counts(secret_key, path) == {"total": 1, "valid": 1, "error": 0}
    assert Record.objects.filter(pk=elsewhere.pk).exists()
    assert Event.objects.get(topic="records:deleted").payload["count"] == 1
    refused(call("DELETE", path, secret_key), 400)


def test_a_locked_sheet_is_written_by_nobody(secret_key, path, sheet):
    [one] = insert(secret_key, path, *people(1))
    shown(call("POST", f"/v1/sheets/{sheet.pk}/lock", secret_key))

    refused(call("POST", path, secret_key, people(2)), 409, "sheet_locked")
    refused(call("PUT", path, secret_key, [{"id": one["id"], "values": {}}]), 409, "sheet_locked")
    refused(call("DELETE", f"{path}?ids={one['id']}", secret_key), 409, "sheet_locked")

    assert counts(secret_key, path)["total"] == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], "too_many_records"),
        ({}, "too_many_records"),
        ("x", "too_many_records"),
        ([cells(name="x")] * 10_001, "too_many_records"),
        ([1], "bad_records"),
        ([[]], "bad_records"),
        ([{"name": "x"}], "bad_records"),
        ([{"name": None}], "bad_records"),
        ([{"name": {"value": {"a": 1}}}], "bad_records"),
        ([{"name": {"value": [{}]}}], "bad_records"),
        ([{"name": {"value": [[]]}}], "bad_records"),
        ([{"name": {"value": [None]}}], "bad_records"),
        ([{"name": {"value": ["x"] * 1_001}}], "bad_records"),
        ([{"name": {"value": "x" * 32_768}}], "bad_records"),
        ([{"name": {"value": "x", "messages": {}}}], "bad_records"),
        ([{"name": {"value": "x", "messages": [1]}}], "bad_records"),
        ([{"name": {"value": "x", "messages": [{"type": "fatal"}]}}], "bad_records"),
        ([{"name": {"value": "x", "messages": [{"type": []}]}}], "bad_records"),
        ([{"name": {"value": "x", "messages": [{"message": 5}]}}], "bad_records"),
        ([{"name": {"value": "x", "messages": [{}] * 21}}], "bad_records"),
        ([{"name": {"value": "x", "metadata": [1]}}], "bad_records"),
        ([{"name": {"value": "x", "metadata": {"a": "x" * 70_000}}}], "record_too_large"),
        ([{"nothing": {"value": "x"}}], "unknown_field"),
        ([{"": {"value": "x"}}], "unknown_field"),
    ],
)
def test_what_is_no_list_of_records_is_refused_and_nothing_is_kept(secret_key, path, body, code):
    refused(call("POST", path, secret_key, body), 400, code)

    assert counts(secret_key, path)["total"] == 0


@pytest.mark.parametrize(
    "raw",
    [
        b'[{"name": {"value": "a\\u0000b"}}]',
        b'[{"name": {"value": "\\ud800"}}]',
        b'[{"age": {"value": 1e999}}]',
        b'[{"age": {"value": NaN}}]',
        b'[{"age": {"value": 18446744073709551616}}]',
        b'[{"name": {"value": "x", "metadata": ' + b'{"a":' * 40 + b"1" + b"}" * 40 + b"}}]",
        b'[{"name": {"value": "a"}, "name": {"value": "b"}}]',
    ],
)
def test_what_no_database_keeps_is_refused(secret_key, path, raw):
    refused(call("POST", path, secret_key, raw), 400, "bad_json")


@pytest.mark.parametrize(
    "change", [{}, {"id": None}, {"id": "x"}, {"id": 5}, {"id": ["us_rc_"]}, 5, [], {"values": {}}]
)
def test_an_update_names_a_record(secret_key, path, change):
    refused(call("PUT", path, secret_key, [change]), 400, "bad_records")


def test_a_sheet_that_allows_other_fields_keeps_them(secret_key, path, sheet):
    Sheet.objects.filter(pk=sheet.pk).update(config=sheet.config | {"allowAdditionalFields": True})
    insert(secret_key, path, cells(name="x", nothing="zz"))

    assert names(call("GET", f"{path}?searchField=nothing&searchValue=Z", secret_key)) == ["x"]


# Bodies


def test_records_come_in_bodies_larger_than_others_may_be_packed_or_not(secret_key, path):
    body = [cells(name="x" * 30_000, age=number) for number in range(40)]
    raw = json.dumps(body).encode()
    assert len(raw) > 1024 * 1024

    for data, extra in ((raw, {}), (gzip.compress(raw), {"HTTP_CONTENT_ENCODING": "gzip"})):
        made = shown(call("POST", path, secret_key, data, **extra))["records"]
        assert [record["values"]["age"]["value"] for record in made] == list(range(40))

    refused(call("POST", path, secret_key, b" " * (16 * 1024 * 1024 + 1)), 413)
    packed = gzip.compress(b"[" + b" " * (16 * 1024 * 1024) + b"]")
    refused(call("POST", path, secret_key, packed, HTTP_CONTENT_ENCODING="gzip"), 413)
