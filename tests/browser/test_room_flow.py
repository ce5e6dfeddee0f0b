"""A guest in their space, in a real browser: reading, writing, inviting, on a phone and a desk, without scripts too."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from spaces.models import Sheet
from tests.browser.looking import check, fits_everywhere
from tests.browser.test_keys_flow import both
from tests.places import add_record, add_sheet, come_in, furnish, give, make_guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIELDS = [
    {"key": "name", "type": "string", "label": "Name", "constraints": [{"type": "required"}]},
    {"key": "revenue", "type": "number", "label": "Revenue"},
    {"key": "active", "type": "boolean", "label": "Active"},
    {"key": "kind", "type": "enum", "label": "Segment", "config": {"options": [{"value": "a", "label": "Enterprise"}]}},
    {"key": "company", "type": "reference", "label": "Company", "config": {"ref": "companies", "key": "name"}},
    {"key": "tags", "type": "enum-list", "label": "Tags", "config": {"options": [{"value": "x"}, {"value": "y"}]}},
    {"key": "note", "type": "string", "label": "Note", "description": "Anything a colleague should know."},
    {"key": "score", "type": "number", "label": "Score", "readonly": True},
]


@pytest.fixture
def place(development):
    place = furnish(development, "Onboarding data")
    add_sheet(place.workbooks[0], "companies", position=3)
    sheet = place.sheets[0]
    sheet.name, sheet.config = "Customers", {"name": "Customers", "slug": "sheet-a", "fields": FIELDS}
    sheet.save()
    for position in range(3, 56):
        note = "W" * 300 if position % 4 == 0 else "A remark that goes on and on. " * 4
        add_record(sheet, position, name=f"Person {position}", revenue=position, company="companies 1", note=note)
    bad = sheet.records.get(position=4)
    bad.values["revenue"] = {"value": "a lot", "valid": False, "messages": [{"type": "error", "message": "No number."}]}
    bad.is_valid = False
    bad.save()
    Sheet.objects.filter(pk=sheet.pk).update(invalid_count=1)
    return place


@pytest.fixture
def enter(visit, live_server, development, place):
    """A page in which a guest of the whole space, and of another one, is signed in."""
    gus = make_guest(development, "gus@guest.example", name="Gus Brand")
    for space in (place.space, furnish(development, "Second space").space):
        give(gus, space)

    def open_page(**options):
        page = visit(**options)
        cookie = come_in(gus).cookies[settings.GUEST_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.GUEST_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page.goto(f"/space/{place.space.pk}")
        return page

    return open_page


@both
@pytest.mark.parametrize("width", [1280, 390])
def test_a_record_is_found_changed_added_and_deleted(enter, scripts, width):
    page = enter(scripts=scripts, width=width)
    page.get_by_role("link", name="Customers 55 records").click()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Person 55")).to_be_visible()
    page.get_by_role("searchbox", name="Search").fill("person 54")
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("link", name="Record 54").click()
    page.get_by_label("Revenue").fill("12.5")
    page.get_by_label("Segment").select_option("Enterprise")
    page.get_by_label("x", exact=True).check()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("The record is saved.")).to_be_visible()
    expect(page.get_by_label("Revenue")).to_have_value("12.5")

    page.get_by_role("link", name="Customers", exact=True).first.click()
    page.get_by_role("link", name="Add record").click()
    page.get_by_label("Name (needed)").fill("Ida Blom")
    page.get_by_role("button", name="Add record").click()
    expect(page.get_by_text("The record is added.")).to_be_visible()
    page.get_by_role("link", name="Delete").click()
    page.locator("dialog[open]").get_by_role("button", name="Delete record").click()
    expect(page.get_by_text("The record is deleted.")).to_be_visible()


def test_a_guest_invites_somebody_on_a_phone(enter):
    page = enter(width=390)
    page.get_by_role("button", name="Open navigation").click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("E-mail").fill("new@guest.example")
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()


def pages_of(place):
    base, sheet = f"/space/{place.space.pk}", place.sheets[0]
    table, record = f"{base}/sheets/{sheet.pk}", sheet.records.get(position=4)
    return [
        base,
        f"{base}/workbooks/{sheet.workbook_id}",
        f"{base}/documents/{place.documents[0].pk}",
        f"{base}/invite",
        table,
        f"{table}?search=nobody",
        f"{table}?sort=name",
        f"{table}/records/new",
        f"{table}/records/{record.pk}?done=saved",
        f"{table}/records/{record.pk}/delete",
    ]


def test_the_pages_of_a_space(enter, place):
    page = enter()
    for address in pages_of(place):
        page.goto(address)
        check(page)


def test_no_width_makes_a_space_scroll_sideways(enter, place):
    page = enter()
    for address in pages_of(place):
        page.goto(address)
        fits_everywhere(page)
