"""The pages of a record: added, changed and deleted by a guest, as far as the sheet allows."""

import pytest

from events.models import Event
from guests.pages.cells import Column
from guests.pages.controls import name_of
from guests.tests.browsing import AGE, NAME, at, configure, text_of
from spaces.models import Sheet
from tests.places import FIELDS, add_record, add_sheet

pytestmark = pytest.mark.django_db


def form_of(record, **typed):
    return {"version": record.version, NAME: record.values["name"]["value"], AGE: record.values["age"]["value"]} | typed


def test_a_record_is_added_changed_and_deleted(browser, gus, place):
    sheet = place.sheets[0]
    made = browser.post(at(sheet, "records", "new"), {NAME: "Ida", AGE: "41"})
    record = sheet.records.get(position=3)
    assert made["Location"] == at(sheet, "records", record.pk) + "?done=added"
    assert [record.values[key]["value"] for key in ("name", "age")] == ["Ida", 41]

    saved = browser.post(at(sheet, "records", record.pk), form_of(record, **{AGE: "old"}))
    page = text_of(browser.get(saved["Location"]))
    assert "The record is saved. Some of its values do not fit yet." in page
    assert "This must be a number." in page
    assert sheet.records.get(pk=record.pk).values["age"]["value"] == "old"

    assert "Delete record 3?" in text_of(browser.get(at(sheet, "records", record.pk, "delete")))
    assert sheet.records.count() == 3
    for _ in range(2):
        gone = browser.post(at(sheet, "records", record.pk, "delete"))
        assert gone["Location"] == at(sheet) + "?done=deleted"
    assert sheet.records.count() == 2
    deeds = Event.objects.filter(actor_id=gus.pk, topic__startswith="records:").order_by("created_at")
    assert [one.topic for one in deeds] == ["records:created", "records:updated", "records:deleted"]


def test_what_was_not_touched_is_not_written(browser, place):
    sheet = place.sheets[0]
    record = sheet.records.first()
    noted = {
        "value": record.values["name"]["value"],
        "valid": True,
        "messages": [{"type": "info", "message": "Checked"}],
    }
    record.values = record.values | {"name": noted, "kept": {"value": 1, "valid": True, "messages": []}}
    record.save()

    browser.post(at(sheet, "records", record.pk), form_of(record, **{AGE: "77"}))
    browser.post(at(sheet, "records", record.pk), form_of(sheet.records.get(pk=record.pk)))

    kept = sheet.records.get(pk=record.pk)
    assert (kept.values["name"], kept.values["age"]["value"], kept.version) == (noted, 77, record.version + 1)
    assert kept.values["kept"]["value"] == 1


def test_whoever_saves_second_is_told_of_the_first(browser, place):
    sheet = place.sheets[0]
    record = sheet.records.first()

    browser.post(at(sheet, "records", record.pk), form_of(record, **{NAME: "First"}))
    late = browser.post(at(sheet, "records", record.pk), form_of(record, **{NAME: "Second"}))

    assert "Somebody has changed this record" in text_of(late)
    assert "Second" in late.content.decode()
    assert sheet.records.get(pk=record.pk).values["name"]["value"] == "First"


@pytest.mark.parametrize(
    ("config", "allowed"),
    [
        ({"access": ["*"]}, {"add", "edit", "delete"}),
        ({"access": ["add"]}, {"add"}),
        ({"access": ["edit"]}, {"edit"}),
        ({"access": ["delete"]}, {"delete"}),
        ({"access": []}, set()),
        ({"readonly": True}, set()),
        ({"fields": [field | {"readonly": True} for field in FIELDS]}, {"add", "edit", "delete"}),
    ],
)
def test_a_sheet_is_written_as_far_as_it_lets_its_guests(browser, place, config, allowed):
    sheet = place.sheets[0]
    configure(sheet, **config)
    first, second = sheet.records.order_by("position")
    page, one = text_of(browser.get(at(sheet))), text_of(browser.get(at(sheet, "records", first.pk)))
    is_fixed = "fields" in config

    assert ("Add record" in page, "Save changes" in one, "Delete" in one) == (
        "add" in allowed, "edit" in allowed and not is_fixed, "delete" in allowed,
    )  # fmt: skip
    assert ("You can read this sheet." in page) == (not allowed)
    added = browser.post(at(sheet, "records", "new"), {NAME: "New"})
    edited = browser.post(at(sheet, "records", first.pk), form_of(first, **{NAME: "Changed"}))
    deleted = browser.post(at(sheet, "records", second.pk, "delete"))
    assert [one.status_code == 302 for one in (added, edited, deleted)] == [
        "add" in allowed, "edit" in allowed, "delete" in allowed,
    ]  # fmt: skip
    assert (sheet.records.get(pk=first.pk).values["name"]["value"] == "Changed") == ("edit" in allowed and not is_fixed)


def test_a_locked_sheet_says_so_and_takes_nothing(browser, place):
    sheet = place.sheets[0]
    record = sheet.records.first()
    Sheet.objects.filter(pk=sheet.pk).update(locked_at=record.created_at)

    assert "This sheet is locked" in text_of(browser.get(at(sheet)))
    answer = browser.post(at(sheet, "records", record.pk), form_of(record, **{NAME: "x"}))

    assert "This sheet is locked" in text_of(answer)
    assert sheet.records.get(pk=record.pk).values["name"]["value"] != "x"


def test_every_type_of_field_is_typed_and_kept(browser, place):
    options = {"options": [{"value": 1, "label": "One"}, {"value": "b"}]}
    wanted = {"ok": True, "kind": 1, "some": ["1", "b"], "tags": ["x", "y"], "day": "2027-01-31", "text": "two\nlines"}
    types = ("boolean", "enum", "enum-list", "string-list", "date", "string")
    sheet = add_sheet(place.workbooks[0], "typed")
    fields = [{"key": key, "type": type, "config": options} for key, type in zip(wanted, types, strict=True)]
    configure(sheet, fields=fields)
    typed = {
        "ok": "true",
        "kind": "1",
        "some": ["1", "b"],
        "tags": "x\r\ny",
        "day": "2027-01-31",
        "text": "two\r\nlines",
    }

    page = browser.post(at(sheet, "records", "new"), {name_of(Column(field)): typed[field["key"]] for field in fields})

    assert page.status_code == 302, text_of(page)
    made = sheet.records.latest("position")
    assert {key: made.values[key]["value"] for key in wanted} == wanted
    form = browser.get(page["Location"])
    again = {name_of(Column(field)): typed[field["key"]] for field in fields} | {"version": made.version}
    browser.post(at(sheet, "records", made.pk), again)
    assert form.status_code == 200
    assert sheet.records.get(pk=made.pk).version == made.version


def test_a_form_holds_fifty_fields_and_the_next_one_the_rest(browser, place):
    sheet = add_sheet(place.workbooks[0], "wide")
    configure(sheet, fields=[{"key": f"k{number}", "type": "string"} for number in range(120)])
    record = add_record(sheet, 5, k0="zero", k119="last")
    last = name_of(Column(sheet.fields[119]))

    saved = browser.post(at(sheet, "records", record.pk) + "?part=3", {"version": 1, last: "new"})

    assert saved["Location"].endswith("?part=3&done=saved")
    kept = sheet.records.get(pk=record.pk).values
    assert (kept["k119"]["value"], kept["k0"]["value"]) == ("new", "zero")
    assert "the first 50 of 120 columns" in text_of(browser.get(at(sheet)))
