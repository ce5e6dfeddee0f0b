"""The pages of a space: what a guest was given and nothing else, read and written as the sheet allows."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event
from guests.pages.cells import Column
from guests.pages.controls import name_of
from spaces.models import Record, Sheet, Space
from tests.knock import whole
from tests.places import FIELDS, add_record, add_sheet, come_in, furnish, give, make_guest

pytestmark = pytest.mark.django_db

NAME, AGE = (name_of(Column(field)) for field in FIELDS)


@pytest.fixture
def place(development):
    return furnish(development, "Onboarding data")


@pytest.fixture
def gus(development, place):
    guest = make_guest(development, "gus@guest.example", name="Gus")
    give(guest, place.space)
    return guest


@pytest.fixture
def browser(gus):
    return come_in(gus)


def at(sheet, *more):
    return "/".join([f"/space/{sheet.space_id}/sheets/{sheet.pk}", *more])


def text_of(response):
    """What a person reads on the page."""
    assert response.status_code == 200, (response.status_code, response.content[:500])
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def numbers(response):
    """The records on a page of a table, by their position."""
    return [int(found) for found in re.findall(r"Record </span>(\d+)<", response.content.decode())]


def configure(sheet, **config):
    sheet.config = sheet.config | config
    sheet.save()


def fill(sheet, positions):
    Record.objects.bulk_create(
        Record(
            account_id=sheet.account_id,
            sheet=sheet,
            position=position,
            values={"name": {"value": f"Person {position % 7} x{position}"}, "age": {"value": -position}},
            text=f"person {position % 7} x{position} {-position}",
        )
        for position in positions
    )


def guide(space, **config):
    Space.objects.filter(pk=space.pk).update(metadata={"sidebarConfig": config})


def form_of(record, **typed):
    return {"version": record.version, NAME: record.values["name"]["value"], AGE: record.values["age"]["value"]} | typed


def test_a_guest_of_the_whole_space_finds_all_of_it(browser, place):
    page = text_of(browser.get(f"/space/{place.space.pk}"))

    for words in ("Onboarding data", "Workbook 1", "Workbook 2", "sheet-a", "sheet-b", "2 records", "Read me"):
        assert words in page
    assert "Hello" in text_of(browser.get(f"/space/{place.space.pk}/documents/{place.documents[0].pk}"))
    assert "sheet-b" in text_of(browser.get(f"/space/{place.space.pk}/workbooks/{place.workbooks[0].pk}"))


@pytest.mark.parametrize("limits", [{"workbooks": 1}, {"sheets": 1}, {"workbooks": 0}])
def test_what_was_not_given_does_not_exist(development, place, limits):
    wes = make_guest(development, "wes@guest.example")
    kind, number = next(iter(limits.items()))
    give(wes, place.space, **{kind: getattr(place, kind)[:number]})
    browser, first, last = come_in(wes), place.sheets[0], place.sheets[-1]

    page = text_of(browser.get(f"/space/{place.space.pk}/contents"))

    assert ("Workbook 1" in page, "Workbook 2" in page, "Read me" in page) == (number == 1, False, False)
    assert browser.get(at(first)).status_code == (200 if number else 404)
    record = last.records.first()
    for address in ("", "/download", "/records/new", f"/records/{record.pk}", f"/records/{record.pk}/delete"):
        assert browser.get(at(last) + address).status_code == 404
    assert browser.post(at(last, "records", record.pk, "delete")).status_code == 404
    assert browser.get(f"/space/{place.space.pk}/workbooks/{last.workbook_id}").status_code == 404
    assert browser.get(f"/space/{place.space.pk}/documents/{place.documents[0].pk}").status_code == 404


def test_a_part_of_another_space_is_not_found_by_this_ones_address(browser, gus, place, development):
    other = furnish(development, "Second")
    give(gus, other.space)

    for part in (f"sheets/{other.sheets[0].pk}", f"workbooks/{other.workbooks[0].pk}"):
        assert browser.get(f"/space/{other.space.pk}/{part}").status_code == 200
        assert browser.get(f"/space/{place.space.pk}/{part}").status_code == 404


def test_the_space_says_what_its_sidebar_shows_and_where_one_begins(browser, place):
    space, sheet, document = place.space, place.sheets[2], place.documents[0]
    checklist = f"/space/{space.pk}/checklist"
    begins = [
        ({"workbook": {"workbookId": sheet.workbook_id, "sheetId": sheet.pk}}, f"sheets/{sheet.pk}"),
        ({"workbook": {"workbookId": sheet.workbook_id}}, f"workbooks/{sheet.workbook_id}"),
        ({"documentId": document.pk}, f"documents/{document.pk}"),
    ]

    for wanted, address in begins:
        guide(space, defaultPage=wanted)
        assert browser.get(f"/space/{space.pk}")["Location"] == f"/space/{space.pk}/{address}"
    for wanted in ({"documentId": "us_dc_1"}, {"workbook": "x"}, {"workbook": {"sheetId": 7}}, [], "x"):
        guide(space, defaultPage=wanted)
        assert browser.get(f"/space/{space.pk}").status_code == 200
    assert browser.get(checklist).status_code == 404
    guide(space, showSidebar=False)
    assert 'id="side"' not in browser.get(f"/space/{space.pk}").content.decode()
    guide(space, showDataChecklist=True)
    assert "Data checklist" in text_of(browser.get(f"/space/{space.pk}"))
    Space.objects.filter(pk=space.pk).update(primary_workbook=place.workbooks[0])
    assert "Name" in text_of(browser.get(checklist))


def test_a_sheet_is_turned_page_by_page_searched_filtered_and_sorted(browser, place):
    sheet = place.sheets[0]
    fill(sheet, range(3, 121))
    Record.objects.filter(sheet=sheet, position__in=(5, 6)).update(is_valid=False)
    Sheet.objects.filter(pk=sheet.pk).update(invalid_count=2, records_count=120)

    def follow(response, word):
        return browser.get(
            at(sheet) + html.unescape(re.search(rf'href="([^"]+)" rel="{word}"', response.content.decode())[1])
        )

    first = browser.get(at(sheet))
    second = follow(first, "next")
    third = follow(second, "next")
    assert [numbers(one) for one in (first, second, third)] == [[*range(1, 51)], [*range(51, 101)], [*range(101, 121)]]
    assert numbers(follow(third, "prev")) == numbers(second)
    assert numbers(follow(follow(third, "prev"), "prev")) == numbers(first)
    assert 'rel="next"' not in third.content.decode()
    assert 'rel="prev"' not in first.content.decode()
    assert "120 records · 2 with errors" in text_of(first)

    assert numbers(browser.get(at(sheet), {"search": "person 3 x1"})) == [10, 17, 101, 108, 115]
    assert numbers(browser.get(at(sheet), {"search": "-7", "field": "age"})) == [7, *range(70, 80)]
    assert numbers(browser.get(at(sheet), {"show": "error"})) == [5, 6]
    assert numbers(browser.get(at(sheet), {"sort": "age"}))[:3] == [120, 119, 118]
    assert numbers(browser.get(at(sheet), {"sort": "age", "down": "1", "page": "3"}))[-1] == 120
    assert numbers(browser.get(at(sheet), {"field": "gone", "sort": "gone", "show": "x", "page": "-1"})) == [
        *range(1, 51)
    ]
    assert browser.get(at(sheet), {"after": "x"}).status_code == 400
    assert "No record matches" in text_of(browser.get(at(sheet), {"search": "nobody"}))
    lines = whole(browser.get(at(sheet, "download"), {"search": "person 3 x1"})).content.decode().splitlines()
    assert len(lines) == 6


def test_a_page_of_a_table_costs_the_same_however_much_is_in_it(browser, place):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(at(sheet)).status_code == 200
        return len(asked)

    sheet = place.sheets[0]
    cost()  # the first of a minute notes that the guest was there
    few = cost()
    fill(sheet, range(3, 45))

    assert cost() == few <= 12


def test_values_are_shown_in_words_and_references_by_what_they_name(browser, gus, place, development):
    workbook = place.workbooks[0]
    target = add_sheet(workbook, "companies")
    fields = [
        {"key": "ok", "type": "boolean"},
        {"key": "kind", "type": "enum", "config": {"options": [{"value": "a", "label": "Alpha"}]}},
        {"key": "tags", "type": "string-list"},
        {"key": "by_id", "type": "reference", "config": {"ref": "companies", "key": "id"}},
        {"key": "by_name", "type": "reference", "config": {"ref": "companies", "key": "name"}},
        {"key": "long", "type": "string"},
    ]
    sheet = add_sheet(workbook, "all-kinds")
    configure(sheet, fields=fields)
    named = target.records.first()
    add_record(sheet, 9, ok=True, kind="a", tags=["x", "y"], by_id=named.pk, by_name="<b>Acme</b>", long="l" * 500)
    wes = make_guest(development, "wes@guest.example")
    give(wes, place.space, sheets=[sheet])

    page = browser.get(at(sheet))
    narrow = come_in(wes).get(at(sheet))

    for words in ("Yes", "Alpha", "x, y", "companies 1", "<b>Acme</b>", "l" * 119 + "…"):
        assert words in text_of(page) + html.unescape(page.content.decode())
    assert at(target, "records", named.pk) in page.content.decode()
    assert "<b>Acme" not in page.content.decode()
    assert "companies 1" not in narrow.content.decode()
    assert named.pk in narrow.content.decode()
    assert target.pk not in narrow.content.decode()


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


@pytest.mark.parametrize("page", ["guest_space", "guest_contents", "guest_checklist"])
def test_who_is_not_signed_in_is_asked_who_they_are(client, place, page):
    assert client.get(reverse(page, args=[place.space.pk]))["Location"] == f"/invite/ask?space={place.space.pk}"
