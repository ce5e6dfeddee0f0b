"""Records over the API: read page by page, chosen, added, changed, deleted, with counts that are always right."""

import gzip
import json
from urllib.parse import urlencode

import pytest

from access.actors import Actor, Credential, Kind, Places
from environments.models import Environment
from events.models import Event
from lib.ids import new_id
from spaces.models import Record, Sheet, Space
from spaces.records import reading
from spaces.records.links import matching
from spaces.records.reading import Choice, counted, readable_records
from tests.knock import call, refused, shown
from tests.places import add_sheet, furnish, give, make_guest, token_of

pytestmark = pytest.mark.django_db

FIELDS = [
    {"key": "name", "type": "string", "label": "Name", "constraints": [{"type": "required"}]},
    {"key": "age", "type": "number"},
    {"key": "1", "type": "string"},
    {"key": 'o"d\\d.$[0]%s', "type": "string"},
    {"key": "tags", "type": "string-list"},
    {"key": "is_new", "type": "boolean"},
]
ODD = 'o"d\\d.$[0]%s'


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def sheet(room):
    """An empty sheet with fields of several types, some of them oddly named."""
    config = {"name": "S", "slug": "s", "fields": FIELDS}
    place = room.sheets[0]
    at = {"account_id": place.account_id, "environment": place.environment, "space_id": place.space_id}
    return Sheet.objects.create(**at, workbook=place.workbook, name="S", slug="s", config=config)


@pytest.fixture
def path(sheet):
    return f"/v1/sheets/{sheet.pk}/records"


def cells(**values):
    return {key: {"value": value} for key, value in values.items()}


def people(*ages, **more):
    return [cells(name=f"Person {age}", age=age, **more) for age in ages]


def insert(credential, path, *records):
    return shown(call("POST", path, credential, list(records)))["records"]


def names(answer):
    return [record["values"]["name"]["value"] for record in shown(answer)["records"]]


def counts(credential, path, query=""):
    """The counts beside the records, which are the same as those asked for by themselves."""
    found = shown(call("GET", f"{path}?includeCounts=true&{query}", credential))["counts"]
    assert shown(call("GET", f"{path.removesuffix('records')}counts?{query}", credential))["counts"] == found
    return found


# Reading


def test_records_come_back_as_they_were_given_in_their_order(secret_key, path):
    made = insert(secret_key, path, *people(3, 1, 2))

    found = shown(call("GET", f"{path}?includeMessages=true", secret_key))

    assert found == {"success": True, "records": made}
    assert [record["values"]["age"]["value"] for record in made] == [3, 1, 2]
    assert made[0]["valid"] is True
    assert made[0]["values"]["name"] == {"value": "Person 3", "valid": True, "messages": []}


def test_messages_come_only_when_asked_for_and_fields_only_those_named(secret_key, path):
    insert(secret_key, path, *people(1))

    [record] = shown(call("GET", f"{path}?fields=age&fields=unknown", secret_key))["records"]

    assert record["values"] == {"age": {"value": 1, "valid": True}}


def test_pages_by_number_and_by_cursor_show_every_record_once(secret_key, path):
    insert(secret_key, path, *people(*range(7)))

    numbered = [names(call("GET", f"{path}?pageSize=3&pageNumber={number}", secret_key)) for number in (1, 2, 3, 4)]
    followed, cursor = [], ""
    while cursor is not None:
        answer = call("GET", f"{path}?pageSize=3&after={cursor}", secret_key)
        followed.append(names(answer))
        cursor = answer.json()["next"]

    assert [len(page) for page in numbered] == [3, 3, 1, 0]
    assert followed == numbered[:3]


@pytest.mark.parametrize("cursor", ["x", "WzEsMl0", "W10", "bnVsbA", "WzFlOTk5LCJ4Il0", "%00", "é"])
def test_a_cursor_that_is_not_ours_is_refused(secret_key, path, cursor):
    refused(call("GET", f"{path}?after={cursor}", secret_key), 400)


def test_a_cursor_and_an_order_do_not_go_together(secret_key, path):
    refused(call("GET", f"{path}?after=&sortField=name", secret_key), 400, "sorted_cursor")


def test_ids_name_records_or_beside_a_filter_leave_them_out(secret_key, path):
    one, two, three = (record["id"] for record in insert(secret_key, path, *people(1, 2, 3)))

    named = f"ids={one}&ids={three}&ids={new_id('us_rc_')}&ids=x"

    assert names(call("GET", f"{path}?{named}", secret_key)) == ["Person 1", "Person 3"]
    assert names(call("GET", f"{path}?{named}&filter=all", secret_key)) == ["Person 2"]
    assert names(call("GET", f"{path}?{named}&searchValue=person", secret_key)) == ["Person 2"]
    many = "&".join(f"ids={two}" for _ in range(101))
    refused(call("GET", f"{path}?{many}", secret_key), 400)


def test_records_are_filtered_by_their_errors(secret_key, path):
    insert(secret_key, path, cells(name="Good", age=1), cells(name="Bad", age="old"), cells(age=2))

    assert counts(secret_key, path) == {"total": 3, "valid": 1, "error": 2}
    found = {
        query: len(shown(call("GET", f"{path}?{query}", secret_key))["records"])
        for query in (
            "filter=valid", "filter=error", "filter=all", "filter=none",
            "filter=error&filterField=age", "filter=valid&filterField=age", "filter=error&filterField=1",
        )
    }  # fmt: skip
    assert list(found.values()) == [1, 2, 3, 0, 1, 2, 0]
    assert counts(secret_key, path, "filter=error") == {"total": 2, "valid": 0, "error": 2}
    assert counts(secret_key, path, "filter=error&filterField=age") == {"total": 1, "valid": 0, "error": 1}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("jürgen", 1), ("JÜRGEN", 1), ("%25", 1), ("_", 0), ("100", 1), ("blue", 1), ("true", 1), ("[a", 1),
        ("\\", 1), ("'", 1), ("nobody", 0), ("(", 0), (".*", 0),
    ],
)  # fmt: skip
def test_a_search_finds_any_part_of_any_value_in_any_case(secret_key, path, search, found):
    insert(
        secret_key,
        path,
        cells(name="Jürgen O'Hara", age=100),
        cells(name="50% [a\\b", tags=["Blue", "red"]),
        cells(name="x", is_new=True),
    )

    assert len(shown(call("GET", f"{path}?searchValue={search}", secret_key))["records"]) == found


def test_a_search_in_one_field_does_not_look_into_others(secret_key, path):
    insert(secret_key, path, cells(name="ÄRA 7", age=1), cells(name="x", age=7, **{"1": "ära", ODD: "(odd"}))

    for field, search, found in (("name", "ära", 1), ("1", "ÄRA", 1), ("name", "7", 1), ("age", "7", 1), (ODD, "(", 1)):
        answer = call("GET", path, secret_key, QUERY_STRING=query(searchField=field, searchValue=search))
        assert len(shown(answer)["records"]) == found, field


def query(**given):
    return urlencode(given)


def test_records_are_sorted_by_a_value_with_empty_ones_last_and_in_their_order_where_equal(secret_key, path):
    insert(
        secret_key, path, *[cells(name=str(index), age=age) for index, age in enumerate((10, 9, None, 10, "x", 2.5))]
    )

    assert names(call("GET", f"{path}?sortField=age", secret_key)) == ["5", "1", "0", "3", "4", "2"]
    assert names(call("GET", f"{path}?sortField=age&sortDirection=desc", secret_key)) == ["0", "3", "1", "5", "4", "2"]


@pytest.mark.parametrize("field", ["1", ODD, "name"])
def test_texts_are_sorted_alike_whatever_the_field_is_called(secret_key, path, field):
    words = ["b", "A", "Z", "é", "a", "10", "9"]
    insert(secret_key, path, *[cells(**{"name": "x", field: word}) for word in words])

    answer = call("GET", path, secret_key, QUERY_STRING=query(sortField=field))

    found = [record["values"][field]["value"] for record in shown(answer)["records"]]
    assert found == ["10", "9", "A", "a", "b", "Z", "é"]


@pytest.mark.parametrize("name", ["sortField", "filterField", "searchField"])
def test_a_field_that_is_not_there_is_told(secret_key, path, name):
    refused(call("GET", f"{path}?{name}=nothing&searchValue=x", secret_key), 400, "unknown_field")


@pytest.mark.parametrize("name", ["versionId", "commitId", "sinceVersionId", "sinceCommitId"])
def test_what_would_be_ignored_and_show_too_much_is_refused(secret_key, path, name):
    refused(call("GET", f"{path}?{name}=us_vr_x", secret_key), 400, "no_history")
    refused(call("GET", f"{path}?q=age+gt+5", secret_key), 400, "no_queries")


def test_an_answer_has_an_end(secret_key, path, monkeypatch):
    insert(secret_key, path, *people(*range(20)))
    monkeypatch.setattr(reading, "LARGEST_ANSWER", 1_000)

    refused(call("GET", path, secret_key), 400, "page_too_large")
    assert len(names(call("GET", f"{path}?pageSize=2", secret_key))) == 2


# Writing


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


# Who


@pytest.fixture
def wes(room, development):
    """A guest of the sheets' workbook."""
    guest = make_guest(development, "wes@guest.example")
    give(guest, room.space, workbooks=[room.workbooks[0]])
    return token_of(guest)


def test_a_guest_works_on_a_sheet_as_far_as_it_lets_guests(wes, secret_key, path, sheet):
    [one] = insert(wes, path, *people(1))
    writes = {
        "add": lambda who: call("POST", path, who, people(2)),
        "edit": lambda who: call("PUT", path, who, [{"id": one["id"], "values": cells(age=3)}]),
        "delete": lambda who: call("DELETE", f"{path}?ids={new_id('us_rc_')}", who),
    }

    def open_to(who):
        found = {name: ask(who) for name, ask in writes.items()}
        assert {answer.status_code for answer in found.values()} <= {200, 403}
        return [name for name, answer in found.items() if answer.status_code == 200]

    for config, opened in (
        ({"access": ["*"]}, ["add", "edit", "delete"]),
        ({"access": ["edit"]}, ["edit"]),
        ({"access": ["delete", "add"]}, ["add", "delete"]),
        ({"access": ["import"]}, ["add"]),
        ({"access": []}, []),
        ({"readonly": True}, []),
    ):
        Sheet.objects.filter(pk=sheet.pk).update(config=sheet.config | config)
        assert open_to(wes) == opened, config
        assert open_to(secret_key) == ["add", "edit", "delete"]
    assert refused(writes["add"](wes), 403)["rule"] == "sheet_readonly"
    Sheet.objects.filter(pk=sheet.pk).update(config=sheet.config)
    Space.objects.filter(pk=sheet.space_id).update(access=["upload"])
    assert open_to(wes) == ["add"]


def test_a_guest_leaves_read_only_fields_alone(wes, secret_key, path, sheet):
    config = sheet.config | {"fields": [FIELDS[0], FIELDS[1] | {"readonly": True}]}
    Sheet.objects.filter(pk=sheet.pk).update(config=config)
    [one] = insert(wes, path, cells(name="x", age=None))

    for change in (cells(age=1), cells(age=None)):
        error = refused(call("PUT", path, wes, [{"id": one["id"], "values": change}]), 403)
        assert error["rule"] == "field_readonly"
    refused(call("POST", path, wes, people(1)), 403)
    shown(call("PUT", path, wes, [{"id": one["id"], "values": cells(name="y")}]))
    shown(call("PUT", path, secret_key, [{"id": one["id"], "values": cells(age=1)}]))


def test_records_of_another_tenant_are_nobodys_in_every_list_of_ids(secret_key, path, lumen):
    theirs = furnish(lumen.environments[0]).sheets[0]
    foreign = theirs.records.first().pk
    insert(secret_key, path, *people(1))

    assert shown(call("GET", f"{path}?ids={foreign}", secret_key))["records"] == []
    assert len(shown(call("GET", f"{path}?ids={foreign}&filter=all", secret_key))["records"]) == 1
    assert counts(secret_key, path, f"ids={foreign}")["total"] == 0
    refused(call("PUT", path, secret_key, [{"id": foreign, "values": cells(name="mine")}]), 404)
    shown(call("DELETE", f"{path}?ids={foreign}", secret_key))
    refused(call("GET", f"/v1/sheets/{theirs.pk}/records", secret_key), 404)
    assert theirs.records.get(pk=foreign).version == 1
    assert Record.objects.filter(sheet=theirs).count() == 2


def test_a_sheet_that_is_only_referred_to_shows_no_records_and_takes_none(wes, development, room):
    """Until a data clip says which."""
    sheet = room.sheets[0]
    places = Places(spaces=frozenset({sheet.space_id}), reference_sheets=frozenset({sheet.pk}))
    actor = Actor(
        "us_g_x", "Cleo", sheet.account_id, Credential(Kind.GUEST), Environment.objects.first().created_at,
        environment_id=development.pk, places=places,
    )  # fmt: skip

    assert not readable_records(actor, sheet).exists()
    assert counted(actor, sheet, Choice()).total == 0


# Links


@pytest.fixture
def orders(room):
    """A sheet whose records refer to those of the first, by name."""
    people = room.sheets[0]
    config = {"ref": people.slug, "key": "name"}
    fields = [
        {"key": "by", "type": "reference", "config": config},
        {"key": "to", "type": "reference-list", "config": config},
    ]
    sheet = add_sheet(room.workbooks[0], "orders")
    sheet.config = {"name": "orders", "fields": fields}
    sheet.records.all().delete()
    sheet.save()
    return sheet


def test_links_are_the_records_referred_to(secret_key, orders):
    path = f"/v1/sheets/{orders.pk}/records"
    insert(secret_key, path, cells(by="sheet-a 1", to=["sheet-a 2", "nobody", "sheet-a 1"]), cells(by="nobody"))

    first, second = shown(call("GET", f"{path}?includeLinks=true", secret_key))["records"]

    assert [one["values"]["name"]["value"] for one in first["values"]["by"]["links"]] == ["sheet-a 1"]
    assert [one["values"]["name"]["value"] for one in first["values"]["to"]["links"]] == ["sheet-a 2", "sheet-a 1"]
    assert second["values"]["by"]["links"] == []


def test_no_link_leads_into_a_sheet_one_may_not_see(orders, room, development, secret_key):
    path = f"/v1/sheets/{orders.pk}/records"
    insert(secret_key, path, cells(by="sheet-a 1"))
    guest = make_guest(development, "one@guest.example")
    give(guest, room.space, sheets=[orders])

    [record] = shown(call("GET", f"{path}?includeLinks=true", token_of(guest)))["records"]

    assert "links" not in record["values"]["by"]
    assert "sheet-a 2" not in str(record)


def test_links_that_would_be_cut_off_are_refused(secret_key, orders, monkeypatch):
    path = f"/v1/sheets/{orders.pk}/records"
    insert(secret_key, path, cells(by="sheet-a 1"), cells(by="sheet-a 2"))
    monkeypatch.setitem(matching.__kwdefaults__, "most", 2)
    assert call("GET", f"{path}?includeLinks=true", secret_key).status_code == 200

    monkeypatch.setitem(matching.__kwdefaults__, "most", 1)

    refused(call("GET", f"{path}?includeLinks=true", secret_key), 400, "too_many_links")


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
