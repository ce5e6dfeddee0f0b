"""The pages on a guest's way in: only a POST asks for or spends a link, and the secret leaves the address."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from conftest import Browser
from events.models import Event
from guests.actions import invite_guest
from guests.links import renew_link
from guests.models import Grant, Guest, MagicLink
from guests.tests.browsing import GUEST, LINK, ask, follow, is_exchanged, is_inside, link_for, newest, session_of
from lib.models import Counter
from tests.knock import at_once, work
from tests.places import furnish, give
from tokens.models import AccessToken

db = pytest.mark.django_db


@db
def test_the_way_from_the_invitation_into_the_space(ada, gus, room):
    invite_guest(ada.actor, gus, space=room, from_name="Ada", message="Have a look")
    browser = Client()
    invitation, _ = newest()

    opened = browser.get(invitation)
    page = browser.get(opened["Location"])
    asked = browser.post("/invite/ask")
    link, _ = newest()
    entered = follow(link, browser)

    assert "Have a look" in page.content.decode()
    assert asked["Location"] == "/invite/sent"
    assert entered["Location"] == f"/space/{room.pk}"
    assert is_inside(browser, room)
    assert Grant.objects.get().last_accessed_at is not None
    assert Guest.objects.get(pk=gus.pk).last_seen_at is not None


@db
def test_the_secret_leaves_the_address_before_a_page_is_shown(ada, gus, room):
    invite_guest(ada.actor, gus, space=room)
    for link in (newest()[0], link_for(gus, room)):
        browser = Client()
        secret = link.rpartition("/")[2]
        first = browser.get(link)
        page = browser.get(first["Location"])

        assert first["Referrer-Policy"] == "no-referrer"
        assert first["Cache-Control"] == page["Cache-Control"] == "no-store"
        assert first.content == b""
        assert secret not in first["Location"] + page.content.decode() + str(first.cookies) + str(page.cookies)
        assert "http" not in re.sub(r'xmlns="[^"]+"|http://127.0.0.1:8000', "", page.content.decode())


@db
@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"HTTP_PURPOSE": "prefetch"}, {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, {"HTTP_USER_AGENT": "SafeLinks/1"}],
)
def test_looking_at_a_link_spends_nothing_and_signs_nobody_in(gus, room, method, headers):
    link = link_for(gus, room)
    writes = list(MagicLink.objects.values())
    scanner = Client(raise_request_exception=False)
    for _ in range(20):
        getattr(scanner, method)(link, **headers)
        page = getattr(scanner, method)("/sign-in-link", **headers)
        assert GUEST not in scanner.cookies
        assert "<script>" not in page.content.decode()

    assert list(MagicLink.objects.values()) == writes
    assert not AccessToken.objects.exists()
    assert follow(link)["Location"] == f"/space/{room.pk}"


@db
def test_looking_at_a_link_leaves_no_session_behind(gus, room):
    link = link_for(gus, room)
    Session.objects.all().delete()
    browser = Client()
    browser.get(link)
    browser.get("/sign-in-link")

    assert not Session.objects.exists()
    assert settings.SESSION_COOKIE_NAME not in browser.cookies


@db
def test_an_invitation_is_no_sign_in_link(ada, gus, room):
    invite_guest(ada.actor, gus, space=room)
    browser = Client()
    browser.get(newest()[0])

    answer = browser.post("/sign-in-link")

    assert session_of(answer) == ""
    assert not is_inside(browser, room)
    secret = newest()[0].rpartition("/")[2]
    assert "expired" in browser.get(browser.get(f"/sign-in-link/{secret}")["Location"]).content.decode()


@db
def test_a_second_press_finds_the_guest_inside(gus, room):
    link = link_for(gus, room)
    browser = Client()
    follow(link, browser)

    again = browser.get(link)

    assert browser.post("/sign-in-link")["Location"] == f"/space/{room.pk}"
    assert browser.get(again["Location"])["Location"] == f"/space/{room.pk}"
    assert AccessToken.objects.count() == 1


@db
@pytest.mark.parametrize("how", ["used", "expired", "replaced", "unknown"])
def test_whatever_opens_nothing_is_one_page_with_the_way_to_the_next_link(gus, room, how):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        link = link_for(gus, room)
        clock.shift(timedelta(seconds=61))
        if how == "used":
            follow(link)
        elif how == "expired":
            clock.shift(timedelta(minutes=10))
        elif how == "replaced":
            link_for(gus, room)
            clock.shift(timedelta(seconds=61))
        else:
            link = "/sign-in-link/unknown"
        browser = Client()
        page = browser.get(browser.get(link)["Location"]).content.decode()
        sent = len(mail.outbox)
        asked = browser.post("/invite/ask", {} if how != "unknown" else {"email": gus.email})
        work()

    assert "This link has expired" in page
    assert ("Your e-mail" in page) is (how == "unknown")
    assert asked["Location"] == "/invite/sent"
    assert len(mail.outbox) == sent + 1


@db
def test_asking_looks_the_same_whoever_is_named(gus, room):
    def asked(email, space):
        browser = Client()
        first = ask(browser, email, space)
        first.cookies.clear()
        page = re.sub(r'value="[^"]{64}"', "", browser.get("/invite/sent").content.decode())
        wrong = re.sub(r'value="[^"]{64}"', "", browser.post("/invite/sent", {"code": "ABCDEFGH"}).content.decode())
        return first.status_code, first["Location"], page, wrong

    answers = {asked(gus.email, room.pk), asked("no@guest.example", room.pk), asked("x@guest.example", "junk")}

    assert len(answers) == 1


@db
def test_without_a_space_the_one_opened_last_is_meant(gus, room, development):
    other = furnish(development, "Other").space
    give(gus, other, last_accessed_at=timezone.now())
    ask(Client(), gus.email)

    assert follow(newest()[0])["Location"] == f"/space/{other.pk}"


@db
@pytest.mark.parametrize("path", ["/invite/ask", "/invite/sent", "/sign-in-link", "/space/sign-out"])
def test_a_form_of_another_site_is_refused(gus, room, path):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.get(link_for(gus, room))

    assert browser.post(path, {"code": "x"}).status_code == 403
    assert MagicLink.objects.get().used_at is None


@db
def test_the_queue_of_a_page_holds_an_address_and_ids(gus, room):
    ask(Client(), gus.email, room.pk)
    task = DBTaskResult.objects.get()

    assert task.args_kwargs["args"][1:] == [gus.email, room.pk, False]


# The code


@db
def test_the_code_opens_in_the_browser_that_asked_alone(gus, room):
    asking, other = Client(), Client()
    ask(asking, gus.email, room.pk)
    ask(other, "somebody@guest.example", room.pk)
    _, code = newest()

    assert session_of(other.post("/invite/sent", {"code": code})) == ""
    assert session_of(Client().post("/invite/sent", {"code": code})) == ""
    assert asking.post("/invite/sent", {"code": code.lower().replace("-", " ")})["Location"] == f"/space/{room.pk}"
    assert is_inside(asking, room)


@db
def test_a_code_and_its_link_are_one(gus, room):
    browser = Client()
    ask(browser, gus.email, room.pk)
    link, code = newest()
    follow(link)

    assert session_of(browser.post("/invite/sent", {"code": code})) == ""


@db
def test_a_code_has_five_tries(gus, room):
    browser = Client()
    ask(browser, gus.email, room.pk)
    _, code = newest()
    statuses = [browser.post("/invite/sent", {"code": f"ABCDEFG{digit}"}).status_code for digit in "234567"]

    assert statuses == [200] * 5 + [429]
    assert session_of(browser.post("/invite/sent", {"code": code})) == ""


@db
def test_a_wrong_code_is_on_record(gus, room):
    browser = Client()
    ask(browser, gus.email, room.pk)
    newest()
    browser.post("/invite/sent", {"code": "ABCDEFGH"})
    Client().post("/invite/sent", {"code": "ABCDEFGH"})

    known, unknown = Event.objects.filter(topic="magic-link:refused").order_by("created_at", "pk")
    assert (known.subject_label, known.account_id, known.rule) == (gus.email, gus.account_id, "bad_proof")
    assert (unknown.subject_label, unknown.account_id) == ("an unknown link", None)
    assert "ABCDEFGH" not in known.reason + unknown.reason


@db
def test_asking_twice_within_a_minute_keeps_the_code_of_the_mail_that_came(gus, room):
    browser = Client()
    ask(browser, gus.email, room.pk)
    _, code = newest()
    ask(browser, gus.email, room.pk)

    assert browser.post("/invite/sent", {"code": code})["Location"] == f"/space/{room.pk}"


# Races


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_presses_at_once_exactly_one_comes_in(gus, room):
    for _ in range(2):
        link = link_for(gus, room)
        opened = Client().get(link).cookies[LINK].value
        browsers = [Browser() for _ in range(50)]
        for browser in browsers:
            browser.cookies[LINK] = opened

        answers = at_once(
            [
                *[lambda browser=browser: session_of(browser.post("/sign-in-link")) for browser in browsers],
                *[lambda link=link: is_exchanged(link)] * 50,
            ]
        )

        assert [type(answer) for answer in answers if isinstance(answer, Exception)] == []
        assert sum(map(bool, answers)) == 1
        assert AccessToken.objects.count() == Event.objects.filter(topic="magic-link:used").count() == 1
        AccessToken.objects.all().delete()
        Event.objects.all().delete()
        MagicLink.objects.all().delete()
        Counter.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_of_many_links_asked_for_at_once_one_is_good(ada, gus, room):
    grant = Grant.objects.select_related("guest", "space__environment").get()

    said = at_once([lambda: renew_link(grant, MagicLink.Kind.SIGN_IN)] * 10)

    assert {type(one) for one in said} == {MagicLink}
    assert MagicLink.objects.live().count() == 1
