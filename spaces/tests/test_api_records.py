"""Records over the API, as they are read: page by page, chosen, searched and sorted."""

from urllib.parse import urlencode

import pytest

from lib.ids import new_id
from spaces.records import reading
from spaces.tests.recording import ODD, cells, counts, insert, names, people
from tests.knock import call, refused, shown

pytestmark = pytest.mark.django_db


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
