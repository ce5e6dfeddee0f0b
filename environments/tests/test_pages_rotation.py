"""Rotating a key on its page, both ways out of that, and the keys that knock after their end."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from environments.actions import create_key, revoke_key, rotate_key
from environments.models import ApiKey
from events.models import Event
from tests.knock import call, refused, shown

pytestmark = pytest.mark.django_db
SPACES = "/v1/spaces"
CURL = {"REMOTE_ADDR": "203.0.113.4", "HTTP_USER_AGENT": "curl/8.5.0"}


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


@pytest.fixture
def old(ada, development):
    return create_key(ada.actor, development, type="SECRET", name="Nightly")


@pytest.fixture
def new(ada, old):
    return rotate_key(ada.actor, old.key, overlap="24h")


def at(name, key):
    return reverse(name, args=[key.environment_id, key.pk])


def page(browser, environment):
    return " ".join(browser.get(reverse("keys", args=[environment.pk])).content.decode().split())


def test_the_dialog_offers_four_ends_and_says_who_uses_the_key(browser, old):
    shown(call("GET", SPACES, old.secret, **CURL))

    html = browser.get(at("key_rotate", old.key)).content.decode()

    assert '<dialog id="rotate-key" aria-labelledby="rotate-key-h" closedby="any" open>' in html
    assert html.count('name="overlap"') == 4
    assert 'value="24h" checked autofocus' in html
    assert "curl 8.5.0" in html
    assert "from 203.0.113.4" in html


def test_a_rotated_key_is_shown_once_and_both_work(browser, development, old):
    answer = browser.post(at("key_rotate", old.key), {"overlap": "1h"})

    issued = answer.context["issued"]
    assert answer["Cache-Control"] == "no-store"
    assert issued.secret in answer.content.decode()
    assert issued.secret not in page(browser, development)
    assert call("GET", SPACES, old.secret).status_code == call("GET", SPACES, issued.secret).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        refused(call("GET", SPACES, old.secret), 401)


@pytest.mark.parametrize("name", ["key_rotate", "rotation_complete", "rotation_cancel"])
def test_a_stale_session_gives_its_password_first(browser, ada, development, old, new, name):
    key = create_key(ada.actor, development, type="SECRET").key if name == "key_rotate" else new.key
    live = development.keys.live().count()
    browser.grow_stale()

    asked = browser.post(at(name, key), {"overlap": "24h"})

    assert asked.status_code == 200
    assert "Your password" in asked.content.decode()
    assert development.keys.live().count() == live
    assert browser.post(at(name, key), {"overlap": "24h", "password": ada.password}).status_code in (200, 302)
    assert development.keys.live().count() != live


def test_a_wrong_password_keeps_the_chosen_overlap(browser, development, old):
    browser.grow_stale()

    html = browser.post(at("key_rotate", old.key), {"overlap": "7d", "password": "wrong"}).content.decode()

    assert "That is not your password" in html
    assert 'value="7d" checked autofocus' in html
    assert not old.key.successors.exists()


@pytest.mark.parametrize("overlap", ["", "2h", "24h ", "\0"])
def test_another_overlap_is_refused_in_the_dialog(browser, old, overlap):
    answer = browser.post(at("key_rotate", old.key), {"overlap": overlap})

    assert answer.status_code == 200
    assert answer.context["dialog"].form.errors
    assert not old.key.successors.exists()


def test_a_second_press_makes_no_second_key(browser, old):
    browser.post(at("key_rotate", old.key), {"overlap": "24h"})

    again = browser.post(at("key_rotate", old.key), {"overlap": "24h"})

    assert "This key is being rotated already." in again.content.decode()
    assert old.key.successors.count() == 1


def test_a_full_environment_says_so_in_the_dialog(browser, monkeypatch, development, old):
    from environments.actions import keys

    monkeypatch.setattr(keys, "MOST_KEYS", 2)

    answer = browser.post(at("key_rotate", old.key), {"overlap": "24h"})

    assert "An environment has at most" in answer.content.decode()
    assert not old.key.successors.exists()


def test_the_old_key_stands_below_the_new_one_with_a_strip(browser, ada, development, old, new):
    create_key(ada.actor, development, type="SECRET", name="Made between")

    rows = browser.get(reverse("keys", args=[development.pk])).context["keys"]

    (row,) = [row for row in rows if row.old]
    assert (row.key, row.old.key) == (new.key, old.key)
    assert old.key not in [row.key for row in rows]
    assert "Not used since the rotation began." in page(browser, development)


def test_the_strip_says_who_still_uses_the_old_key(browser, development, old, new):
    shown(call("GET", SPACES, old.secret, **CURL))
    with time_machine.travel(timezone.now() + timedelta(minutes=4, seconds=5)):
        html = page(browser, development)

    assert "Not used since" not in html
    strip = html[html.index('class="strip"') :]
    assert ">4 min ago</time></span> by curl 8.5.0 from 203.0.113.4" in strip
    assert "Still used" in strip


def test_a_use_before_the_rotation_is_none_since(browser, ada, development, old):
    shown(call("GET", SPACES, old.secret, **CURL))
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        rotate_key(ada.actor, old.key, overlap="1h")
        assert "Not used since the rotation began." in page(browser, development)


def test_stopping_the_old_key_now(browser, development, old, new):
    dialog = browser.get(at("rotation_complete", new.key)).content.decode()
    answer = browser.post(at("rotation_complete", new.key))

    assert old.key.hint in dialog
    assert "refused from its next request on" in dialog
    assert answer["Location"] == reverse("keys", args=[development.pk])
    refused(call("GET", SPACES, old.secret), 401)
    shown(call("GET", SPACES, new.secret))
    assert Event.objects.filter(action="environments.complete_rotation", subject_id=new.key.pk).exists()


def test_cancelling_the_rotation(browser, development, old, new):
    answer = browser.post(at("rotation_cancel", old.key), follow=True)

    assert "The key “Nightly” goes on as before." in answer.content.decode()
    refused(call("GET", SPACES, new.secret), 401)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        shown(call("GET", SPACES, old.secret))


@pytest.mark.parametrize("name", ["rotation_complete", "rotation_cancel"])
def test_a_second_press_ends_nothing_more(browser, development, old, new, name):
    key = new.key if name == "rotation_complete" else old.key
    browser.post(at(name, key))

    assert browser.post(at(name, key)).status_code == 409
    assert development.keys.live().filter(pk__in=(old.key.pk, new.key.pk)).count() == 1


@pytest.mark.parametrize("name", ["rotation_complete", "rotation_cancel"])
def test_what_ends_in_production_wants_its_name(browser, ada, production, name):
    old = create_key(ada.actor, production, type="SECRET", name="Shop").key
    new = rotate_key(ada.actor, old, overlap="24h").key

    answers = [browser.post(at(name, new), {"typed_name": typed}) for typed in ("", "shop", "Shop ")]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert ApiKey.objects.live().filter(pk__in=(old.pk, new.pk)).count() == 2
    assert browser.post(at(name, new), {"typed_name": "Shop"}).status_code == 302
    assert ApiKey.objects.live().filter(pk__in=(old.pk, new.pk)).count() == 1


def test_a_key_whose_successor_is_gone_can_be_kept(browser, ada, development, production):
    old = create_key(ada.actor, production, type="SECRET", name="Shop").key
    revoke_key(ada.actor, rotate_key(ada.actor, old, overlap="24h").key)

    html = page(browser, production)
    dialog = browser.get(at("rotation_cancel", old)).content.decode()
    browser.post(at("rotation_cancel", old))

    assert "nothing replaces it any more" in html
    assert "Stop old key now" not in html
    assert "to confirm" not in dialog
    old.refresh_from_db()
    assert old.ends_at is None
    assert old.is_live


DEEDS = ["key_rotate", "rotation_complete", "rotation_cancel"]


@pytest.mark.parametrize("name", DEEDS)
def test_a_stranger_finds_nothing(browser_of, sam, old, new, name):
    for answer in (browser_of(sam).get(at(name, new.key)), browser_of(sam).post(at(name, new.key), {"overlap": "now"})):
        assert answer.status_code == 404
    assert ApiKey.objects.get(pk=old.key.pk).is_live


@pytest.mark.parametrize("name", DEEDS)
def test_a_key_is_not_reached_through_another_environment(browser, production, new, name):
    assert browser.post(reverse(name, args=[production.pk, new.key.pk])).status_code == 404


@pytest.mark.parametrize("name", DEEDS)
def test_the_user_role_sees_publishable_keys_and_rotates_none(browser_of, ada, uma, development, name):
    key = development.keys.get(type=ApiKey.Type.PUBLISHABLE)
    new = rotate_key(ada.actor, key, overlap="24h").key
    other = browser_of(uma)

    assert other.get(at(name, new)).status_code == other.post(at(name, new)).status_code == 403
    html = page(other, development)
    assert "Rotate…" not in html
    assert "Cancel rotation" not in html
    assert "stops" in html


@pytest.mark.parametrize("name", DEEDS)
def test_a_session_that_has_ended_rotates_nothing(browser, development, old, new, name):
    session = browser.store()
    session["seen_at"] = 0
    session.save()

    answer = browser.post(at(name, new.key), {"overlap": "now"})

    assert answer["Location"].startswith("/account/sign-in")
    assert development.keys.live().filter(pk__in=(old.key.pk, new.key.pk)).count() == 2


@pytest.mark.parametrize("junk", ["%00", "us_key_%00", "us_key_" + "a" * 22])
@pytest.mark.parametrize("deed", ["rotate", "complete", "cancel"])
def test_junk_in_the_address_is_not_found(browser, development, junk, deed):
    assert browser.post(f"/dashboard/{development.pk}/keys/{junk}/{deed}").status_code == 404


def test_retired_keys_that_still_knock_are_on_the_page(browser, ada, development, old):
    revoke_key(ada.actor, old.key)
    assert "Retired keys still knocking" not in page(browser, development)

    refused(call("GET", SPACES, old.secret, **CURL), 401)

    html = page(browser, development)
    assert "Retired keys still knocking" in html
    assert old.key.hint in html
    assert "curl 8.5.0, 203.0.113.4" in html
    with time_machine.travel(timezone.now() + timedelta(minutes=50)):
        assert "Refused </span><time" in page(browser, development)


def test_who_may_not_see_keys_sees_no_retired_ones(browser_of, ada, uma, development):
    issued = create_key(ada.actor, development, type="PUBLISHABLE", name="Old shop")
    revoke_key(ada.actor, issued.key)
    refused(call("GET", SPACES, issued.secret), 401)

    assert "Old shop" not in page(browser_of(uma), development)
