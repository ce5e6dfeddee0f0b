"""Dashboard sessions: what the cookie is, what the table holds, when they end."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from accounts.actions import change_password, reset_password
from accounts.models import Member, User
from accounts.sessions import SessionStore, signed, unsigned
from conftest import PASSWORD, Browser
from events.models import Event

pytestmark = pytest.mark.django_db

PAGE = "/dashboard/environments"
SID = settings.SESSION_COOKIE_NAME
NEW = "an entirely different long password"
CHANGE = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
NOON = "2030-03-01T12:00:00Z"  # after the cast was made


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def is_in(browser):
    return browser.get(PAGE).status_code == 200


def opens(cookie):
    thief = Browser()
    thief.cookies[SID] = cookie
    return is_in(thief)


def test_signing_in_opens_the_dashboard(browser):
    assert is_in(browser)


def test_the_cookie_is_for_this_site_and_no_script(browser):
    cookie = browser.cookies[SID]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert bool(cookie["secure"]) is settings.SESSION_COOKIE_SECURE


def test_the_cookie_is_the_signed_key_of_its_row(browser):
    cookie = browser.cookies[SID].value
    row = Session.objects.get()

    assert cookie == signed(row.session_key)
    assert cookie != row.session_key


def test_a_key_from_the_table_opens_nothing(browser):
    key = Session.objects.get().session_key
    good = signed(key)
    forged = [key, f"{key}:", f"{key}:x", signed("x" + key), f"{good} ", f"{good}a", key.upper(), good.upper()]
    forged.append(good[:-1] + ("a" if good[-1] != "a" else "b"))

    assert [cookie for cookie in forged if opens(cookie)] == []
    assert opens(good)


def test_the_data_of_a_session_cannot_be_read_or_moved(browser, browser_of, uma):
    mine = Session.objects.get()
    browser_of(uma)
    hers = Session.objects.exclude(pk=mine.pk).get()

    assert "ada" not in bytes.fromhex(mine.session_data).decode("latin-1")
    with pytest.raises(ValueError):  # noqa: PT011  not JSON, whichever way it fails
        json.loads(bytes.fromhex(mine.session_data))
    Session.objects.filter(pk=mine.pk).update(session_data=hers.session_data)

    assert not is_in(browser)


@pytest.mark.parametrize("data", ["", "x", "00" * 40, "{}", "e30="])
def test_data_that_we_did_not_seal_is_an_empty_session(browser, data):
    Session.objects.update(session_data=data)

    assert not is_in(browser)


def test_signing_in_gives_a_new_key_to_a_browser_that_had_one(ada):
    SessionStore("a" * 32).save(must_create=True)
    browser = Browser()
    browser.cookies[SID] = signed("a" * 32)

    browser.sign_in(ada)

    assert unsigned(browser.cookies[SID].value) != "a" * 32
    assert not opens(signed("a" * 32))


def test_signing_out_ends_the_session_and_is_on_record(browser, ada):
    cookie = browser.cookies[SID].value

    browser.post("/account/sign-out")

    assert not opens(cookie)
    assert not Session.objects.filter(pk=unsigned(cookie)).exists()
    assert Event.objects.get(topic="session:ended").actor_id == ada.member.pk


def test_opening_the_sign_out_page_signs_nobody_out(browser):
    browser.get("/account/sign-out")

    assert is_in(browser)


def test_a_session_ends_after_an_hour_of_rest(ada):
    with time_machine.travel(NOON, tick=False) as clock:
        browser = Browser().sign_in(ada)
        clock.shift(timedelta(minutes=59))
        assert is_in(browser)
        clock.shift(timedelta(minutes=59))
        assert is_in(browser)
        clock.shift(timedelta(minutes=61, seconds=1))

        assert not is_in(browser)


def test_a_session_ends_after_a_day_however_busy(ada):
    with time_machine.travel(NOON, tick=False) as clock:
        browser = Browser().sign_in(ada)
        for _ in range(47):
            clock.shift(timedelta(minutes=30))
            assert is_in(browser)
        clock.shift(timedelta(minutes=31))

        assert not is_in(browser)


def test_a_cookie_kept_by_hand_ends_after_a_day_too(ada):
    """The table still holds the row then: it is the session's own age that counts."""
    with time_machine.travel(NOON, tick=False) as clock:
        browser = Browser().sign_in(ada)
        session = browser.store()
        session["signed_in_at"] = session["signed_in_at"] - timedelta(hours=23, minutes=59).total_seconds()
        session.save()
        assert is_in(browser)
        clock.shift(timedelta(minutes=2))

        assert not is_in(browser)


def test_being_seen_is_written_at_most_once_a_minute(ada):
    with time_machine.travel(NOON, tick=False) as clock:
        browser = Browser().sign_in(ada)
        clock.shift(61)
        is_in(browser)
        before = Session.objects.get().session_data
        for _ in range(5):
            clock.shift(10)
            is_in(browser)
        assert Session.objects.get().session_data == before
        clock.shift(11)
        is_in(browser)

        assert Session.objects.get().session_data != before


def test_a_session_ends_with_its_member_or_its_login(browser, browser_of, ada, uma):
    hers = browser_of(uma)
    Member.objects.filter(pk=ada.member.pk).update(deactivated_at=timezone.now())
    User.objects.filter(pk=uma.member.user_id).update(is_active=False)

    assert not is_in(browser)
    assert not is_in(hers)


def test_changing_the_password_ends_all_other_sessions(browser, browser_of, ada):
    other = browser_of(ada)

    answer = browser.post("/account/change-password", CHANGE)

    assert answer.status_code == 302
    assert is_in(browser)
    assert not is_in(other)


def test_changing_the_password_gives_the_session_a_new_key(browser):
    before = browser.cookies[SID].value

    browser.post("/account/change-password", CHANGE)

    assert not opens(before)


def test_a_reset_ends_every_session(browser, ada):
    reset_password(ada.actor, User.objects.get(pk=ada.member.user_id), NEW)

    assert not is_in(browser)


def test_a_change_made_elsewhere_ends_every_session(browser, ada):
    change_password(ada.actor, User.objects.get(pk=ada.member.user_id), NEW)

    assert not is_in(browser)


def test_old_sessions_are_tidied_away(browser):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    call_command("clearsessions")

    assert not Session.objects.exists()


def test_going_on_in_another_account_needs_a_membership_there(browser, ada, lumen):
    assert browser.post("/account/switch", {"account_id": lumen.account.pk}).status_code == 404

    Member.objects.create(account=lumen.account, user=ada.member.user, name="Ada at Lumen")
    browser.post("/account/switch", {"account_id": lumen.account.pk})

    assert "Ada at Lumen" in browser.get("/dashboard/personal-access-tokens").content.decode()
