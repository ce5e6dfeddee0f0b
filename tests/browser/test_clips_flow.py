"""A data clip from the administrator who makes it to whoever has its link, and back; on a phone, without scripts."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from guests.actions import make_clip_link, share_clip
from guests.clip_links import secret_of
from guests.models import Guest
from spaces.actions import update_clip, update_records
from spaces.models import Record
from tests.browser.looking import check, fits
from tests.browser.test_keys_flow import both
from tests.places import add_record, come_in, furnish, give, make_clip, make_guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIELDS = [
    {"key": "name", "type": "string", "label": "Name"},
    {"key": "home", "type": "reference", "label": "Home", "config": {"ref": "sheet-b", "key": "name"}},
]


@pytest.fixture
def room(development):
    room = furnish(development, "Onboarding data")
    room.sheets[0].name, room.sheets[0].config = "People", {"name": "People", "slug": "sheet-a", "fields": FIELDS}
    room.sheets[0].save()
    for number, name in enumerate(("Ann Marsh", "Bob Reyes", "Cy Okafor"), 3):
        add_record(room.sheets[0], number, name=name, home="sheet-b 2")
    give(make_guest(development, "gus@lumen.example", name="Gus Brand"), room.space)
    return room


@both
def test_a_clip_is_made_shared_worked_on_and_merged(visit, visit_as, ada, room, scripts):
    desk = visit_as(ada, scripts=scripts)
    desk.goto(f"/dashboard/{room.space.environment_id}/spaces/{room.space.pk}")
    desk.get_by_role("link", name="Data clips").click()
    desk.get_by_role("link", name="New data clip").click()
    desk.get_by_label("Name").fill("People of the north")
    desk.get_by_label("Sheet").select_option(label="Workbook 1 · People")
    desk.get_by_role("button", name="Pick records").click()
    desk.get_by_label("Search").fill("ann")
    desk.get_by_role("button", name="Search").click()
    desk.get_by_label("Record 3").check()
    desk.get_by_role("button", name="Add to the clip").click()
    expect(desk.get_by_text("1 record added.")).to_be_visible()
    desk.get_by_role("link", name="Preview").click()
    expect(desk.get_by_text("sheet-b 2").first).to_be_visible()
    expect(desk.get_by_text("sheet-b 1")).to_have_count(0)
    desk.get_by_role("link", name="People of the north").click()
    desk.get_by_role("button", name="Make a link").click()
    address = desk.locator("#clip-link").inner_text()

    phone = visit(width=390, scripts=scripts)
    phone.goto(address[address.index("/clip-link") :])
    assert phone.url.endswith("/clip-link")
    fits(phone)
    phone.get_by_role("button", name="Open the records").click()
    expect(phone.get_by_role("heading", name="People of the north")).to_be_visible()
    fits(phone)
    phone.get_by_role("link", name="Record 3").click()
    phone.get_by_label("Name").fill("Anna Marsh")
    phone.get_by_role("button", name="Save changes").click()
    expect(phone.get_by_text("The record is saved.")).to_be_visible()
    fits(phone)

    desk.reload()
    desk.get_by_role("button", name="Make ready").click()
    desk.get_by_role("button", name="Merge into the sheet").click()
    expect(desk.get_by_text("The clip is merged.")).to_be_visible()
    assert Record.objects.get(sheet=room.sheets[0], position=3).values["name"]["value"] == "Anna Marsh"
    desk.get_by_role("button", name="End the link").click()
    phone.reload()
    expect(phone.get_by_role("heading", name="Come in")).to_be_visible()


def test_the_pages_of_clips_are_accessible_and_fit(visit, visit_as, ada, room):
    records = list(room.sheets[0].records.order_by("position"))
    clip = make_clip(ada.actor, room.sheets[0], *records[2:], name="People of the north")
    copy = clip.sheet.records.order_by("position").first()
    for sheet, id, name in ((clip.sheet, copy.pk, "Anna"), (room.sheets[0], records[2].pk, "Annie")):
        update_records(ada.actor, sheet, [{"id": id, "values": {"name": {"value": name}}}])
    link = make_clip_link(ada.actor, clip)
    share_clip(ada.actor, clip, [Guest.objects.get(email="gus@lumen.example").pk])
    base = f"/dashboard/{room.space.environment_id}/spaces/{room.space.pk}/clips"
    desk = visit_as(ada)
    for path in ("", "/new", *(f"/{clip.pk}{rest}" for rest in ("", "/records", "/preview", "/conflicts"))):
        desk.goto(base + path)
        check(desk)
    phone = visit()
    phone.goto(f"/clip-link/{secret_of(link)}")
    check(phone)
    phone.get_by_role("button", name="Open the records").click()
    check(phone)
    phone.get_by_role("link", name="Record 3").click()
    check(phone)
    update_clip(ada.actor, clip, status="READY")
    desk.goto(f"{base}/{clip.pk}")
    check(desk)


def test_who_was_named_finds_the_clip_in_their_space_and_the_desk_says_why(visit, visit_as, live_server, ada, room):
    gus = Guest.objects.get(email="gus@lumen.example")
    clip = make_clip(ada.actor, room.sheets[0], room.sheets[0].records.get(position=3), name="People of the north")
    share_clip(ada.actor, clip, [gus.pk])
    guest, name = visit(), settings.GUEST_COOKIE_NAME
    guest.context.add_cookies([{"name": name, "value": come_in(gus).cookies[name].value, "url": live_server.url}])
    guest.goto(f"/space/{room.space.pk}/contents")
    check(guest)
    guest.get_by_role("complementary").get_by_role("link", name="People of the north").click()
    check(guest)
    guest.get_by_role("link", name="Onboarding data").click()
    expect(guest.get_by_role("heading", name="Data clips")).to_be_visible()
    desk = visit_as(ada)
    desk.goto(f"/dashboard/{room.space.environment_id}/guests/{gus.pk}")
    check(desk)
    desk.get_by_role("link", name="All rules for Gus Brand in People of the north").click()
    expect(desk.get_by_text("A guest of the data clip.").first).to_be_visible()
    desk.goto(f"/dashboard/access/who?action=spaces.view_sheet&resource={clip.sheet_id}&kind=guest")
    expect(desk.get_by_text("Guest · gus@lumen.example")).to_be_visible()
    check(desk, "who")
