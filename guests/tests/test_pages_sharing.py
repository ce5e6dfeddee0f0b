"""The sharing page of a space: how guests come in, and the public link made, changed, made anew and revoked."""

from datetime import timedelta

import pytest

from guests.actions import create_shared_link
from guests.models import SharedLink
from guests.shared import address_of
from spaces.models import Space

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(ada, browser_of, room):
    browser, path = browser_of(ada), f"/dashboard/{room.environment_id}/spaces/{room.pk}/sharing"

    def go(rest="", **form):
        return browser.post(path + rest, form) if form or rest else browser.get(path)

    return go


def live():
    return SharedLink.objects.live().get()


def test_a_link_is_made_shown_changed_made_anew_and_revoked(page, ada):
    assert "Make a public link" in page().content.decode()
    page("/link", expires_on="2031-01-31", most_uses="5", password="open sesame")
    first = live()
    assert (first.expires_at.isoformat(), first.most_uses, first.has_password) == (
        "2031-01-31T23:59:59+00:00",
        5,
        True,
    )
    assert address_of(first) in page().content.decode()

    SharedLink.objects.update(expires_at=first.expires_at - timedelta(hours=16))
    page("/link/change", expires_on="2031-01-31", most_uses="5", password="another one")
    assert live().expires_at == first.expires_at - timedelta(hours=16), "the same day keeps its hour"
    SharedLink.objects.update(password=first.password)
    page("/link/change", expires_on="", most_uses="6", password="")
    assert (live().expires_at, live().most_uses, live().password) == (None, 6, first.password)
    page("/link/change", no_password="on")
    assert (live().most_uses, live().password) == (None, "")

    page("/link", most_uses="7")
    assert live().pk != first.pk
    page("/link/revoke")
    assert not SharedLink.objects.live().exists()


@pytest.mark.parametrize("given", [{"password": "short"}, {"most_uses": "0"}, {"expires_on": "2020-01-01"}])
def test_what_makes_no_sense_is_said_beside_its_field(given, page):
    answer = page("/link", **given)

    assert (answer.status_code, 'class="errorlist"' in answer.content.decode()) == (200, True)
    assert not SharedLink.objects.exists()


def test_the_ways_in_are_the_environments_or_the_spaces_own(page, ada, room):
    create_shared_link(ada.actor, room)
    page(follows="own", ways="magic_link")
    assert Space.objects.get(pk=room.pk).guest_authentication == ["magic_link"]
    assert "does not let guests in by shared link" in page().content.decode()

    page(follows="environment", ways="magic_link")
    assert Space.objects.get(pk=room.pk).guest_authentication is None
    shown = page().content.decode()
    assert "The space has ended its links since." in shown
