"""A space inside another site's page: what opens it, its cookie, its forms, and who may put it into a frame."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client
from django.utils import timezone

from config.framing import prove_by_frame
from environments.actions import revoke_key
from environments.models import ApiKey
from events.models import Event
from guests.actions import create_shared_link, open_embed
from guests.models import Guest
from spaces.actions import archive_space
from spaces.models import Space
from tests.knock import call, shown
from tests.places import furnish, give, make_guest, token_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

NAME = settings.FRAMED_COOKIE_NAME


@pytest.fixture
def embed(publishable_key):
    return shown(call("POST", "/v1/spaces", publishable_key, {"name": "Import"}))


def link(embed, prefix="", rest="", query=""):
    return f"{prefix}/space/{embed['id']}{rest}?token={embed['accessToken']}{query}"


def arrived(embed, **how):
    """A browser that has opened the link."""
    browser = Client()
    browser.get(link(embed, **how))
    return browser


def ancestors(response):
    return re.search(r"frame-ancestors ([^;]+)", response["Content-Security-Policy"])[1]


def test_a_token_in_the_address_opens_the_space_at_once_and_leaves_the_address(embed):
    """security.md, ruling 9: a presented credential, and not a link to spend."""
    browser, events = Client(), Event.objects.count()

    for _ in range(2):
        opened = browser.get(link(embed, query="&replayEvents=false&page=2"))
        assert (opened.status_code, opened["Location"]) == (302, f"/space/{embed['id']}?page=2")
        assert (opened["Referrer-Policy"], opened["Cache-Control"]) == ("no-referrer", "no-store")

    page = browser.get(f"/space/{embed['id']}")
    assert (page.status_code, "Import" in page.content.decode()) == (200, True)
    assert embed["accessToken"] not in page.content.decode() + str(browser.cookies)
    assert "Sign out" not in page.content.decode()
    assert (Event.objects.count(), AccessToken.objects.count()) == (events, 1)


def test_who_comes_in_by_themselves_goes_before_who_the_space_was_opened_for(embed, ada):
    """And so their signing out is the end of it. A browser sends the cookie below its path, so not to these pages."""
    shared, browser = create_shared_link(ada.actor, Space.objects.get(pk=embed["id"])), Client()
    browser.get(f"/shared/{shared.secret}")
    browser.get("/shared")

    forgotten = browser.post("/shared").cookies[NAME]

    kept = arrived(embed).cookies[NAME]
    assert (forgotten.value, forgotten["max-age"]) == ("", 0)
    for attribute in ("path", "secure", "samesite", "partitioned"):
        assert forgotten[attribute] == kept[attribute], attribute


def test_its_cookie_is_for_frames_and_for_that_space_alone(embed):
    """security.md, ruling 21."""
    cookie = arrived(embed).cookies[NAME]

    assert cookie["path"] == f"/space/{embed['id']}"
    assert (cookie["samesite"], cookie["secure"], cookie["httponly"]) == ("None", True, True)
    assert "; Partitioned" in cookie.OutputString()


def test_the_prefix_of_the_vendor_and_a_link_in_front_lead_to_the_same_place(embed):
    wanted = f"/space/{embed['id']}"
    for prefix in ("/s", "/shared/share_x"):
        assert Client().get(link(embed, prefix=prefix))["Location"] == wanted
    twice = f"{link(embed)}{link(embed)}&replayEvents=false"
    assert Client().get(twice)["Location"] == wanted
    assert Client().get(f"/s{wanted}/a/b")["Location"] == f"{wanted}/a/b"
    assert Client().get(link(embed, rest="/workbook/us_wb_x"))["Location"] == f"{wanted}/workbook/us_wb_x"
    assert arrived(embed).get(f"{wanted}/workbook/us_wb_x")["Location"] == wanted


def test_a_named_guest_comes_in_by_their_token_too(development):
    room = furnish(development).space
    guest = make_guest(development, "gus@guest.example", name="Gus")
    give(guest, room)
    browser = Client()

    browser.get(f"/space/{room.pk}?token={token_of(guest)}")

    assert "Gus" in browser.get(f"/space/{room.pk}").content.decode()


@pytest.mark.parametrize("which", ["junk", "eyJ.eyJ.x", "of another space", "of a member", "a secret key"])
def test_what_opens_nothing_says_so_in_the_frame_and_leaves_no_cookie(
    which, embed, publishable_key, ada, secret_key, password_token
):
    other = shown(call("POST", "/v1/spaces", publishable_key, {}))["accessToken"]
    text = {"of another space": other, "of a member": password_token(ada), "a secret key": secret_key}.get(which, which)
    browser = Client()

    answer = browser.get(f"/space/{embed['id']}?token={text}")

    assert (answer.status_code, ancestors(answer)) == (401, "*")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert NAME not in browser.cookies
    assert text not in answer.content.decode()


def test_a_token_that_has_ended_is_noted_once_an_hour(embed, ada):
    token = AccessToken.objects.get()
    revoke_key(ada.actor, Space.objects.get().environment.keys.get(type=ApiKey.Type.PUBLISHABLE))

    for prefix in ("", "/s"):
        assert Client().get(link(embed, prefix=prefix)).status_code == 401

    noted = Event.objects.get(topic="credential:refused")
    assert (noted.credential_id, noted.account_id, noted.refused) == (token.pk, token.account_id, True)


ENDS = {
    "the key": lambda ada, space: revoke_key(ada.actor, space.environment.keys.get(type=ApiKey.Type.PUBLISHABLE)),
    "the space's archiving": lambda ada, space: archive_space(ada.actor, space),
    "the guest": lambda ada, space: Guest.objects.all().delete(),
    "a day": lambda ada, space: None,
}


@pytest.mark.parametrize("end", ENDS)
def test_what_was_opened_ends_with(end, embed, ada, development):
    browser = arrived(embed)
    space = development.spaces.select_related("environment").get()
    assert browser.get(f"/space/{space.pk}").status_code == 200

    ENDS[end](ada, space)

    with time_machine.travel(timezone.now() + timedelta(hours=24 if end == "a day" else 0, seconds=1)):
        assert browser.get(f"/space/{space.pk}").status_code == 302


def test_it_opens_no_other_page_and_no_api(embed):
    browser = arrived(embed)
    cookie = {"HTTP_COOKIE": f"{NAME}={browser.cookies[NAME].value}"}

    assert call("GET", "/v1/spaces", **cookie).status_code == 401
    assert Client().get("/dashboard/spaces", **cookie)["Location"].startswith("/account/sign-in")


@pytest.mark.parametrize(
    ("entries", "is_production", "wanted"),
    [
        ([], False, "*"),
        ([], True, "'none'"),
        (["https://app.example", "https://*.b.example"], True, "https://app.example https://*.b.example"),
        (["https://app.example"], False, "https://app.example"),
    ],
)
def test_the_allowed_origins_may_frame_it(entries, is_production, wanted, northwind, ada, development, production):
    """security.md, ruling 21; docs/decisions/0009."""
    northwind.account.allowed_origins = entries
    northwind.account.save()
    made = open_embed(ada.actor, production if is_production else development, space={})
    embed = {"id": made.space.pk, "accessToken": token_of(made.guest)}

    page = arrived(embed).get(f"/space/{made.space.pk}")

    assert (page.status_code, ancestors(page)) == (200, wanted)
    assert "X-Frame-Options" not in page


def test_no_other_page_is_framed_by_anybody(development):
    room = furnish(development).space
    guest = make_guest(development, "gus@guest.example")
    give(guest, room)
    for path in (f"/space/{room.pk}", "/invite", "/shared", "/account/sign-in"):
        answer = Client().get(path)
        assert (ancestors(answer), answer["X-Frame-Options"]) == ("'none'", "DENY")


def test_the_page_that_waits_may_be_framed_and_holds_nothing():
    for path in ("/space-init", "/s/space-init"):
        page = Client().get(path)
        assert (page.status_code, ancestors(page)) == (200, "*")
        assert "X-Frame-Options" not in page
        assert not page.cookies


def test_a_form_in_a_frame_proves_itself_by_the_cookie_of_the_frame(embed, rf):
    """The cookie that forms use elsewhere is not sent there; another frame's proof is none."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.get(link(embed))
    path = f"/space/{embed['id']}"

    def proof(cookie):
        request = rf.get(path)
        request.COOKIES = {NAME: cookie}
        prove_by_frame(request)
        CsrfViewMiddleware(lambda request: HttpResponse()).process_request(request)
        return get_token(request)

    assert browser.post(path, {"csrfmiddlewaretoken": proof(browser.cookies[NAME].value)}).status_code == 405
    for wrong in (proof("forged"), "x" * 64, ""):
        assert browser.post(path, {"csrfmiddlewaretoken": wrong}).status_code == 403
    assert settings.CSRF_COOKIE_NAME not in browser.cookies
