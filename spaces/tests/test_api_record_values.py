"""The values of records over the API: what fits a field, one column at a time, and as a file."""

import csv
import io
from collections.abc import Callable

import pytest

from spaces.models import Sheet
from spaces.records.export import safe
from tests.knock import call, refused, shown
from tests.places import furnish

pytestmark = pytest.mark.django_db

OPTIONS = {"options": [{"value": "red"}, {"value": 5}, {"value": True}]}


@pytest.fixture
def sheet_of(development) -> Callable[..., Sheet]:
    """A sheet with these fields, and no records."""

    def make(*fields, **config):
        sheet = furnish(development).sheets[0]
        sheet.config = {"name": "S", "slug": "s", "fields": list(fields), **config}
        sheet.records.all().delete()
        sheet.records_count = 0
        sheet.save()
        return sheet

    return make


def insert(credential, sheet, *values, key="a"):
    body = [{key: {"value": value}} for value in values]
    return shown(call("POST", f"/v1/sheets/{sheet.pk}/records", credential, body))["records"]


@pytest.mark.parametrize(
    ("type", "given", "kept"),
    [
        ("string", "x", "x"),
        ("string", "", ""),
        ("string", 5, "5"),
        ("string", 1.5, "1.5"),
        ("string", True, "true"),
        ("string", None, None),
        ("number", 5, 5),
        ("number", -1.5, -1.5),
        ("number", 1e300, 1e300),
        ("number", " 42 ", 42),
        ("number", "-4.50", -4.5),
        ("number", "1e3", 1000.0),
        ("number", "", None),
        ("boolean", False, False),
        ("boolean", "TRUE", True),
        ("date", "2027-01-31", "2027-01-31"),
        ("date", "2027-01-31T12:00:00.000Z", "2027-01-31T12:00:00.000Z"),
        ("enum", "red", "red"),
        ("enum", 5, 5),
        ("enum", "5", "5"),
        ("enum-list", ["red", 5], ["red", "5"]),
        ("string-list", ["a", "b"], ["a", "b"]),
        ("string-list", [], None),
        ("reference", 7, 7),
        ("reference-list", ["a", 1], ["a", "1"]),
    ],
)
def test_what_fits_is_kept_in_the_type_of_its_field(secret_key, sheet_of, type, given, kept):
    sheet = sheet_of({"key": "a", "type": type, "config": OPTIONS})

    [record] = insert(secret_key, sheet, given)

    assert record["valid"] is True
    assert record["values"]["a"] == {"value": kept, "valid": True, "messages": []}


@pytest.mark.parametrize(
    ("type", "given"),
    [
        ("string", ["a"]),
        ("number", "x"),
        ("number", "١٢"),
        ("number", "1_000"),
        ("number", "0x10"),
        ("number", "9" * 300),
        ("number", "1e999"),
        ("number", "nan"),
        ("number", True),
        ("number", ["1"]),
        ("boolean", "yes"),
        ("boolean", 1),
        ("date", "31.1.2027"),
        ("date", "2027-02-30"),
        ("date", 20270131),
        ("enum", "blue"),
        ("enum", ["red"]),
        ("enum-list", "red"),
        ("enum-list", ["red", "blue"]),
        ("string-list", "a"),
        ("reference", ["a"]),
        ("reference-list", "a"),
    ],
)
def test_what_does_not_fit_is_kept_with_a_message(secret_key, sheet_of, type, given):
    sheet = sheet_of({"key": "a", "type": type, "config": OPTIONS})

    [record] = insert(secret_key, sheet, given)

    cell = record["values"]["a"]
    assert (record["valid"], cell["valid"], cell["value"]) == (False, False, given)
    assert [message["type"] for message in cell["messages"]] == ["error"]
    assert cell["messages"][0]["message"]
    assert Sheet.objects.get(pk=sheet.pk).invalid_count == 1


def test_options_may_be_added_where_the_field_allows_it(secret_key, sheet_of):
    sheet = sheet_of({"key": "a", "type": "enum", "config": OPTIONS | {"allowCustom": True}})

    assert insert(secret_key, sheet, "blue")[0]["valid"] is True


@pytest.mark.parametrize("given", [None, "", "  "])
def test_a_required_field_needs_a_value(secret_key, sheet_of, given):
    sheet = sheet_of(
        {"key": "a", "type": "string", "constraints": [{"type": "required"}]}, {"key": "b", "type": "string"}
    )

    for record in (*insert(secret_key, sheet, given), *insert(secret_key, sheet, "x", key="b")):
        assert record["valid"] is False
        assert record["values"]["a"]["messages"][0]["source"] == "required-constraint"


def test_messages_of_a_program_are_kept_and_its_errors_count(secret_key, sheet_of):
    sheet = sheet_of({"key": "a", "type": "string"})
    path = f"/v1/sheets/{sheet.pk}/records"
    note = {"type": "info", "message": "Looks fine", "source": "custom-logic"}
    error = {"type": "error", "message": "No"}
    body = [{"a": {"value": "x", "messages": [note], "valid": False}}, {"a": {"value": "x", "messages": [error]}}]

    good, bad = shown(call("POST", path, secret_key, body))["records"]

    assert (good["valid"], good["values"]["a"]["messages"]) == (True, [note])
    assert (bad["valid"], bad["values"]["a"]["messages"]) == (False, [error])


# One column at a time


def test_the_values_of_a_field_each_once_with_how_often(secret_key, sheet_of):
    sheet = sheet_of({"key": "a", "type": "number"}, {"key": "b", "type": "string"})
    insert(secret_key, sheet, 10, 9, 10, "x", None, "10")
    path = f"/v1/sheets/{sheet.pk}/cells"

    found = shown(call("GET", f"{path}?distinct=true&fieldKey=a&includeCounts=true", secret_key))

    counts = {str(cell["value"]): cell["counts"] for cell in found["a"] if cell["value"] is not None}
    assert counts == {
        "9": {"total": 1, "valid": 1, "error": 0},
        "10": {"total": 3, "valid": 3, "error": 0},
        "x": {"total": 1, "valid": 0, "error": 1},
    }
    assert [cell["value"] for cell in found["a"]] == [9, 10, "x", None]
    plain = shown(call("GET", f"{path}?distinct=true&fieldKey=a&filter=valid", secret_key))["a"]
    assert [cell["value"] for cell in plain if cell["value"] is not None] == [9, 10]
    assert set(shown(call("GET", f"{path}?distinct=true", secret_key))) == {"a", "b"}


def test_values_of_different_types_are_different_and_read_back_as_they_are(secret_key, sheet_of):
    sheet = sheet_of(allowAdditionalFields=True)
    insert(secret_key, sheet, 1, "1", True, "true", "é\"'\\", ["a", "b"], 1.5)

    found = shown(call("GET", f"/v1/sheets/{sheet.pk}/cells?distinct=true&fieldKey=a", secret_key))["a"]

    assert sorted(map(repr, (cell["value"] for cell in found))) == sorted(
        map(repr, (1, "1", True, "true", "é\"'\\", ["a", "b"], 1.5))
    )


def test_values_are_searched_and_paged(secret_key, sheet_of):
    sheet = sheet_of({"key": "a", "type": "string"})
    insert(secret_key, sheet, *[f"Value {number}" for number in range(12)])
    path = f"/v1/sheets/{sheet.pk}/cells?fieldKey=a"

    assert len(shown(call("GET", f"{path}&distinct=true&searchValue=value 1", secret_key))["a"]) == 3
    assert len(shown(call("GET", f'{path}&distinct=true&searchValue="Value 1"', secret_key))["a"]) == 1
    assert len(shown(call("GET", f"{path}&distinct=true&pageSize=5&pageNumber=3", secret_key))["a"]) == 2
    assert len(shown(call("GET", f"{path}&distinct=false&pageSize=5", secret_key))["a"]) == 5
    refused(call("GET", path, secret_key), 400)
    refused(call("GET", f"/v1/sheets/{sheet.pk}/cells?fieldKey=b&distinct=true", secret_key), 400, "unknown_field")


def test_many_fields_are_asked_for_one_by_one(secret_key, sheet_of):
    sheet = sheet_of(*[{"key": str(number), "type": "string"} for number in range(21)])

    assert refused(call("GET", f"/v1/sheets/{sheet.pk}/cells?distinct=true", secret_key), 400)["key"] == "fieldKey"


# As a file


def lines(answer):
    assert answer.status_code == 200, answer.content
    text = b"".join(answer.streaming_content).decode()
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_download_holds_every_record_that_was_asked_for(secret_key, sheet_of):
    sheet = sheet_of({"key": "a", "type": "string", "label": "First, name"}, {"key": "b", "type": "string-list"})
    insert(secret_key, sheet, 'Say "hi"', "a,b", "two\r\nlines", None, "é")
    insert(secret_key, sheet, ["x", "y"], key="b")
    path = f"/v1/sheets/{sheet.pk}/download"

    answer = call("GET", path, secret_key)

    assert answer["Content-Type"].startswith("text/csv; charset=utf-8")
    assert answer["Content-Disposition"] == 'attachment; filename="sheet-a.csv"'
    assert lines(answer) == [
        ["First, name", "b"], ['Say "hi"', ""], ["a,b", ""], ["two\r\nlines", ""], ["", ""], ["é", ""], ["", "x, y"],
    ]  # fmt: skip
    assert [line[0] for line in lines(call("GET", f"{path}?sortField=a&sortDirection=desc", secret_key))][1] == "é"
    assert len(lines(call("GET", f"{path}?searchValue=say", secret_key))) == 2


def test_a_download_that_cannot_be_is_refused_before_it_begins(secret_key, sheet_of):
    path = f"/v1/sheets/{sheet_of().pk}/download"

    refused(call("GET", f"{path}?sortField=nothing", secret_key), 400, "unknown_field")
    refused(call("GET", f"{path}?sinceCommitId=us_vr_x", secret_key), 400, "no_history")
    assert list(call("HEAD", path, secret_key)) == []


def test_a_download_goes_on_behind_its_first_page(secret_key, sheet_of, monkeypatch):
    monkeypatch.setattr("spaces.records.export.STEP", 2)
    sheet = sheet_of({"key": "a", "type": "string"})
    insert(secret_key, sheet, *"abcde")

    assert [line[0] for line in lines(call("GET", f"/v1/sheets/{sheet.pk}/download", secret_key))] == list("aabcde")


PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '=HYPERLINK("http://x")',
    '=WEBSERVICE("http://x")',
    '=IMPORTXML("http://x","//a")',
    '=DDE("cmd";"/C calc";"x")',
    "-2+3+cmd|' /C x'!A0",
    "@A1",
    "+A1",
    '="a"&"b"',
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_in_a_spreadsheet(secret_key, sheet_of, payload):
    sheet = sheet_of({"key": "a", "type": "string", "label": payload}, {"key": "b", "type": "string-list"})
    insert(secret_key, sheet, payload)
    insert(secret_key, sheet, [payload], key="b")

    head, text, listed = lines(call("GET", f"/v1/sheets/{sheet.pk}/download", secret_key))

    assert (head[0], text[0], listed[1]) == (f"'{payload}",) * 3


def test_a_number_stays_a_number():
    assert [safe(value) for value in (-5, 1.5, True, None, "5")] == ["-5", "1.5", "true", "", "5"]


@pytest.mark.parametrize("slug", ["a\r\nSet-Cookie: b", '"; filename="x.exe', "../../etc", "é", "", "\0"])
def test_the_name_of_the_file_is_a_name(secret_key, sheet_of, slug):
    sheet = sheet_of({"key": "a", "type": "string"})
    Sheet.objects.filter(pk=sheet.pk).update(slug=slug.replace("\0", ""))

    answer = call("GET", f"/v1/sheets/{sheet.pk}/download", secret_key)

    assert answer.status_code == 200
    name = answer["Content-Disposition"]
    assert "\n" not in name
    assert "/" not in name
    assert ".exe" not in name
