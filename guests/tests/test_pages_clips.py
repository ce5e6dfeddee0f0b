"""The pages of a data clip: the way in by its link, which only a press spends, and its records behind that."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from events.models import Event
from guests.actions import make_clip_link, revoke_clip_link
from guests.clip_links import secret_of
from guests.models import ClipLink
from spaces.actions import update_clip
from spaces.models import Record, Sheet
from tests.knock import call, refused
from tests.places import add_record, come_in, furnish, give, make_clip, make_guest, share, token_of
from tokens.actions import create_token
from tokens.credentials.guests import mint_guest_token, text_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

FIELDS = [
    {"key": "name", "type": "string", "label": "Name"},
    {"key": "home", "type": "reference", "label": "Home", "config": {"ref": "sheet-b", "key": "name"}},
]
NAME = f"f{b'name'.hex()}"


@pytest.fixture
def room(development):
    room = furnish(development)
    room.sheets[0].config = {"name": "People", "slug": "sheet-a", "fields": FIELDS}
    room.sheets[0].save()
    return room


@pytest.fixture
def clip(ada, room):
    """One record, which refers to the second of the next sheet."""
    return make_clip(ada.actor, room.sheets[0], add_record(room.sheets[0], 3, name="Ann", home="sheet-b 2"), name="Ann")


@pytest.fixture
def link(ada, clip):
    return make_clip_link(ada.actor, clip)


def address(link):
    return f"/clip-link/{secret_of(link)}"


def entered(link):
    browser = Client()
    browser.get(address(link))
    assert browser.post("/clip-link")["Location"] == f"/clip/{link.clip_id}"
    return browser


def copy_of(clip):
    return Record.objects.get(sheet=clip.sheet_id)


def test_looking_at_a_link_lets_nobody_in_and_takes_its_secret_out_of_the_address(clip, link):
    browser = Client()
    for method in (browser.head, browser.get):
        first = method(address(link))
        assert (first["Location"], first["Referrer-Policy"]) == ("/clip-link", "no-referrer")
    page = browser.get("/clip-link")

    assert b"Open the records" in page.content
    assert secret_of(link).encode() not in page.content
    assert settings.GUEST_COOKIE_NAME not in browser.cookies
    assert not AccessToken.objects.filter(kind="guest_session").exists()
    assert browser.get(f"/clip/{clip.pk}")["Location"].startswith("/invite/ask")


def test_a_press_opens_the_records_and_what_they_refer_to(clip, link, room):
    browser = entered(link)
    page = browser.get(f"/clip/{clip.pk}", follow=True)
    other = browser.get(f"/clip/{clip.pk}/sheets/{room.sheets[1].pk}")

    assert b"Ann" in page.content
    assert b"sheet-b 2" in other.content
    assert b"sheet-b 1" not in other.content
    assert b"sheet-b 1" not in browser.get(f"/clip/{clip.pk}/sheets/{room.sheets[1].pk}/download").getvalue()
    for beyond in (room.sheets[0], room.sheets[2]):
        assert browser.get(f"/clip/{clip.pk}/sheets/{beyond.pk}").status_code == 404
    assert browser.get(f"/space/{room.space.pk}").status_code == 404
    browser.get(address(link))
    assert browser.get("/clip-link")["Location"] == f"/clip/{clip.pk}"
    assert "clip-link:used" in Event.objects.values_list("topic", flat=True)


def test_a_record_is_edited_added_and_taken_out_while_the_clip_is_open(ada, clip, link):
    browser, path = entered(link), f"/clip/{clip.pk}/sheets/{clip.sheet_id}/records"
    id = copy_of(clip).pk

    assert browser.post(f"{path}/{id}", {NAME: "Anna", "version": "1"}).status_code == 302
    assert copy_of(clip).values["name"]["value"] == "Anna"
    assert browser.post(f"{path}/new", {NAME: "Eve"}).status_code == 302
    assert Sheet.objects.get(pk=clip.sheet_id).records_count == 2
    assert browser.post(f"{path}/{id}/delete").status_code == 302
    assert copy_of(clip).values["name"]["value"] == "Eve"

    update_clip(ada.actor, clip, status="READY")
    page = browser.get(f"{path}/{copy_of(clip).pk}").content
    assert b"Save changes" not in page
    assert b"being compared" in page
    assert browser.post(f"{path}/{copy_of(clip).pk}", {NAME: "Late", "version": "1"}).status_code == 200
    assert copy_of(clip).values["name"]["value"] == "Eve"


def test_what_a_record_refers_to_is_only_read(clip, link, room):
    browser = entered(link)
    other = room.sheets[1].records.get(position=2)
    path = f"/clip/{clip.pk}/sheets/{room.sheets[1].pk}/records/{other.pk}"

    assert b"Save changes" not in browser.get(path).content
    assert browser.post(path, {NAME: "x", "version": "1"}).status_code == 403
    assert browser.post(f"{path}/delete").status_code == 403
    assert browser.get(f"/clip/{clip.pk}/sheets/{room.sheets[1].pk}/records/new").status_code == 403


def test_an_ended_link_ends_who_came_by_it_and_says_so(ada, clip, link):
    browser, old = entered(link), address(link)

    revoke_clip_link(ada.actor, clip)

    assert browser.get(f"/clip/{clip.pk}")["Location"].startswith("/invite/ask")
    stranger = Client()
    for opened in (old, "/clip-link/nonsense"):
        stranger.get(opened)
        assert b"This link has ended" in stranger.get("/clip-link").content
        assert stranger.post("/clip-link")["Location"] == "/clip-link"


def test_who_came_by_a_link_is_out_when_it_has_expired(clip, link):
    browser, token = entered(link), mint_guest_token(link.guest_id, link.account_id, timezone.now())
    assert call("GET", f"/v1/guests/{link.guest_id}", text_of(token)).status_code == 200

    ClipLink.objects.update(expires_at=timezone.now())

    assert call("GET", f"/v1/guests/{link.guest_id}", text_of(token)).status_code == 401
    assert browser.get(f"/clip/{clip.pk}")["Location"].startswith("/invite/ask")


def test_whose_the_link_is_not_ends_it_by_no_other_way(northwind, development, clip, link, pat, uma):
    """Whoever may delete guests, rename them or give them roles may not therefore share a clip, or end that."""
    token = text_of(mint_guest_token(link.guest_id, link.account_id, timezone.now()))
    hers, at = create_token(uma.actor, name="hers").secret, f"/v1/guests/{link.guest_id}"
    role = {"roleId": northwind.account.roles.get(name="Admin").pk, "resourceId": development.pk}

    for method, path, credential, body in [
        ("DELETE", at, hers, {}),
        ("DELETE", at, pat, {}),
        ("PATCH", at, pat, {"email": "boss@guest.example"}),
        ("POST", f"{at}/roles", pat, role),
    ]:
        assert refused(call(method, path, credential, body), 409)["code"] == "guest_of_a_link"

    assert call("GET", "/v1/auth/whoami", token).status_code == 200
    assert ClipLink.objects.live().filter(pk=link.pk).exists()


def test_everybody_who_has_a_link_is_given_nothing_more(ada, link, room, browser_of, pat):
    body = {"spaces": [{"id": room.space.pk}]}
    assert refused(call("PATCH", f"/v1/guests/{link.guest_id}", pat, body), 409)["code"] == "guest_of_a_link"

    page = browser_of(ada).get(f"/dashboard/{room.space.environment_id}/guests/{link.guest_id}").content.decode()
    assert f"/guests/{link.guest_id}/delete" not in page
    assert "Whoever has the link works on these records as this guest." in page
    assert "finds nothing" not in page


def test_why_they_see_a_clip_is_on_the_page_of_a_guest_and_in_the_access_check(clip, link, room, ada, browser_of):
    gus = make_guest(room.space.environment, "gus@guest.example")
    give(gus, room.space, workbooks=[])
    share(clip, gus)
    for guest, why in ((gus, "Named to work on it"), (link.guest, "By its link")):
        page = browser_of(ada).get(f"/dashboard/{room.space.environment_id}/guests/{guest.pk}").content.decode()
        asked = f"actor={guest.pk}&action=spaces.view_sheet&resource={clip.sheet_id}"
        found = browser_of(ada).get(f"/dashboard/access?{asked}").context["found"]

        assert why in page
        assert (found.allowed, found.rule) == (True, "A guest of the data clip")


def test_a_guest_of_the_space_who_was_named_finds_the_clip_at_its_own_address(clip, room, development):
    gus = make_guest(development, "gus@guest.example")
    give(gus, room.space, workbooks=[])
    browser = come_in(gus)
    assert browser.get(f"/clip/{clip.pk}").status_code == 404

    share(clip, gus)

    assert b"Ann" in browser.get(f"/clip/{clip.pk}", follow=True).content


def test_the_space_of_who_was_named_leads_to_the_clip_and_back(ada, clip, room, development):
    other = make_clip(ada.actor, room.sheets[0], name="Not for Gus")
    gus = make_guest(development, "gus@guest.example")
    give(gus, room.space)
    browser = come_in(gus)
    assert "Data clips" not in browser.get(f"/space/{room.space.pk}/contents").content.decode()
    share(clip, gus)

    pages = [browser.get(f"/space/{room.space.pk}/{page}").content.decode() for page in ("contents", "invite")]
    found = browser.get(f"/clip/{clip.pk}", follow=True).content.decode()

    for page in pages:
        assert f'href="/clip/{clip.pk}"' in page
        assert other.pk not in page
        assert clip.sheet_id not in page, "once is enough"
    assert f'href="/space/{room.space.pk}/contents"' in found


def test_who_was_given_a_clip_alone_finds_nothing_around_it_in_the_space(clip, room, development):
    gus = make_guest(development, "gus@guest.example")
    give(gus, room.space, workbooks=[])
    share(clip, gus)

    page = come_in(gus).get(f"/space/{room.space.pk}/contents").content.decode()

    assert f'href="/clip/{clip.pk}"' in page
    assert "/workbooks/" not in page
    assert "/sheets/" not in page
    assert "Nothing here yet" not in page


def test_a_guest_of_the_whole_space_reads_of_no_clip_that_is_not_theirs(clip, room, development, pat):
    """Nor of the records in it: those events have its name."""
    gus = make_guest(development, "gus@guest.example")
    give(gus, room.space)
    path = f"/v1/events?spaceId={room.space.pk}"
    for sheet in (clip.sheet_id, room.sheets[0].pk):
        added = call("POST", f"/v1/sheets/{sheet}/records", pat, [{"name": {"value": "Eve"}}])
        assert added.status_code == 200

    before = call("GET", path, token_of(gus)).content.decode()
    share(clip, gus)
    after = call("GET", path, token_of(gus)).content.decode()

    assert clip.pk not in before
    assert clip.sheet_id not in before
    assert room.sheets[0].pk in before
    assert clip.pk in after
    assert clip.sheet_id in after
