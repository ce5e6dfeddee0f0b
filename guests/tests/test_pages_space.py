"""The pages of a space: what a guest was given and nothing else, where one begins, and its tables to read."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guests.tests.browsing import at, configure, text_of
from spaces.models import Record, Sheet, Space
from tests.knock import whole
from tests.places import add_record, add_sheet, come_in, furnish, give, make_guest

pytestmark = pytest.mark.django_db


def numbers(response):
    """The records on a page of a table, by their position."""
    return [int(found) for found in re.findall(r"Record </span>(\d+)<", response.content.decode())]


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


@pytest.mark.parametrize("page", ["guest_space", "guest_contents", "guest_checklist"])
def test_who_is_not_signed_in_is_asked_who_they_are(client, place, page):
    assert client.get(reverse(page, args=[place.space.pk]))["Location"] == f"/invite/ask?space={place.space.pk}"
