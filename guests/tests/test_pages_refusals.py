"""What goes wrong on the pages of guests looks like them, and leads nobody to the dashboard."""

import pytest
from django.test import Client

from guests.pages import spaces
from lib.problems import Unavailable
from tests.places import come_in, give, make_guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(development, room):
    guest = make_guest(development, "gus@guest.example")
    give(guest, room)
    browser = come_in(guest)
    browser.raise_request_exception = False
    return browser


def refusals(browser, room, monkeypatch):
    """One of each status that a guest can meet."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    yield browser.get("/space/us_sp_0"), 404, "not shared with you", "Back to your space"
    yield browser.get(f"/space/{room.pk}?after=x"), 400, "cursor", "Back to your space"
    yield strict.post(f"/space/{room.pk}/invite"), 403, "This form is too old", ""
    yield browser.put(f"/space/{room.pk}"), 405, "", ""
    for error, status in ((ValueError("secret"), 500), (Unavailable(), 503)):
        monkeypatch.setattr(spaces, "_contents", broken(error))
        yield browser.get(f"/space/{room.pk}"), status, "", "Try again"


def broken(error):
    def page(*_):
        raise error

    return page


def test_every_refusal_is_a_page_of_guests(browser, room, monkeypatch):
    for answer, status, words, way_on in refusals(browser, room, monkeypatch):
        page = answer.content.decode()
        assert answer.status_code == status
        assert '<main class="guest"' in page
        assert words in page
        assert way_on in page
        assert "dashboard" not in page
        assert "secret" not in page


def test_whoever_is_signed_in_finds_their_last_space(browser, room, client):
    assert browser.get("/space")["Location"] == f"/space/{room.pk}"
    room.archived_at = room.created_at
    room.save()
    assert browser.get("/space")["Location"] == "/invite/ask"
    assert client.get("/space")["Location"] == "/invite/ask?space="
