"""A guest's session in a browser: what its cookie opens, how long it lasts, and everything that ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from events.models import Event
from guests.models import Grant
from guests.tests.browsing import GUEST, ask, follow, is_inside, link_for, newest
from spaces.models import Space
from tests.knock import alike, call
from tests.places import furnish, give, make_guest
from tokens.models import AccessToken

db = pytest.mark.django_db


@pytest.fixture
def inside(gus, room):
    browser = Client()
    follow(link_for(gus, room), browser)
    return browser


@db
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(gus, room):
    cookie = follow(link_for(gus, room)).cookies[GUEST]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert AccessToken.objects.get().pk in cookie.value


@db
def test_a_session_opens_neither_the_dashboard_nor_the_api(inside, room):
    assert inside.get("/dashboard/environments").status_code == 302
    assert inside.get("/v1/spaces").status_code == 401
    inside.cookies[settings.SESSION_COOKIE_NAME] = inside.cookies[GUEST].value
    assert inside.get("/dashboard/environments").status_code == 302
    assert call("GET", "/v1/spaces", inside.cookies[GUEST].value).status_code == 401


@db
def test_a_member_is_nobody_on_the_pages_of_guests(ada, room, browser_of):
    browser = browser_of(ada)
    browser.cookies[GUEST] = browser.cookies[settings.SESSION_COOKIE_NAME].value

    assert browser.get(f"/space/{room.pk}")["Location"] == f"/invite/ask?space={room.pk}"


@db
def test_an_access_token_is_no_session(gus, room, inside):
    row = AccessToken.objects.get()
    AccessToken.objects.update(kind="guest")

    assert not is_inside(inside, room)
    AccessToken.objects.filter(pk=row.pk).update(kind="guest_session")
    assert is_inside(inside, room)


@db
@pytest.mark.parametrize("change", [lambda text: text[:-1] + "x", lambda text: text.partition(":")[0], str.upper])
def test_a_cookie_that_was_changed_opens_nothing(inside, room, change):
    inside.cookies[GUEST] = change(inside.cookies[GUEST].value)

    assert not is_inside(inside, room)


@db
def test_a_session_lasts_an_hour_without_use_and_a_day_at_most(gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        idle, busy = Client(), Client()
        follow(link_for(gus, room), idle)
        clock.shift(timedelta(seconds=61))
        follow(link_for(gus, room), busy)
        for minutes in range(50, 24 * 60, 50):
            clock.shift(timedelta(minutes=50))
            assert is_inside(busy, room), minutes
        assert not is_inside(idle, room)
        clock.shift(timedelta(minutes=41))

        assert not is_inside(busy, room)


@db
def test_a_session_is_renewed_at_most_once_a_minute(inside, room, django_assert_num_queries):
    ends = AccessToken.objects.values_list("expires_at", flat=True)
    first = ends.get()
    is_inside(inside, room)
    assert ends.get() == first
    with time_machine.travel(timezone.now() + timedelta(seconds=90)):
        is_inside(inside, room)
        second = ends.get()
        is_inside(inside, room)
        assert first < second == ends.get()


@db
def test_signing_out_ends_the_session_and_is_on_record(inside, room, gus):
    cookie = inside.cookies[GUEST].value

    assert inside.post("/space/sign-out").status_code == 302

    inside.cookies[GUEST] = cookie
    assert not is_inside(inside, room)
    assert Event.objects.get(topic="guest-session:ended").actor_id == gus.pk


@db
def test_coming_in_anew_ends_the_session_before(gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        browser = Client()
        follow(link_for(gus, room), browser)
        old = browser.cookies[GUEST].value
        clock.shift(timedelta(seconds=61))
        other = furnish(room.environment, "Other").space
        give(make_guest(room.environment, "two@guest.example"), other)
        ask(browser, "two@guest.example", other.pk)
        follow(newest()[0], browser)

        assert is_inside(browser, other)
        browser.cookies[GUEST] = old
        assert not is_inside(browser, room)


@db
@pytest.mark.parametrize(
    "end",
    [
        lambda gus, room: gus.delete(),
        lambda gus, room: Grant.objects.all().delete(),
        lambda gus, room: Grant.objects.update(expires_at=timezone.now()),
        lambda gus, room: Space.objects.filter(pk=room.pk).update(archived_at=timezone.now()),
        lambda gus, room: Space.objects.filter(pk=room.pk).update(guest_authentication=["shared_link"]),
        lambda gus, room: Space.objects.filter(pk=room.pk).update(magic_link_version=2),
        lambda gus, room: AccessToken.objects.update(revoked_at=timezone.now()),
        lambda gus, room: room.environment.delete(),
    ],
)
def test_a_session_ends_with_what_it_depends_on_at_once(inside, room, gus, end):
    assert is_inside(inside, room)

    end(gus, room)

    assert not is_inside(inside, room)


@db
def test_another_space_does_not_exist_for_a_guest(inside, room, development, production):
    spaces = [furnish(place, "Other").space.pk for place in (development, production)]
    answers = {alike(inside.get(f"/space/{id}"))[:2] for id in (*spaces, room.pk[:-1] + "!", "us_sp_" + "0" * 22)}

    assert len(answers) == 1
    assert answers.pop()[0] == 404
