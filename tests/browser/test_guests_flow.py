"""A guest's way from the invitation into the space, on a phone, with scripts and without: three taps."""

import email
import email.policy
import re

import pytest
from playwright.sync_api import Page, expect

from guests.actions import invite_guest
from guests.models import MagicLink
from tests.browser.looking import check, fits, fits_everywhere
from tests.browser.test_keys_flow import both
from tests.knock import work
from tests.places import furnish, give, make_guest
from tokens.models import AccessToken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOST = "http://127.0.0.1:8000"
LONG = "Quarterly onboarding of customers and their products, for everybody in the north"


@pytest.fixture
def room(development):
    return furnish(development, "Onboarding data").space


@pytest.fixture
def gus(development, room):
    guest = make_guest(development, "gus@lumen.example", name="Gus Brand")
    give(guest, room)
    return guest


@pytest.fixture
def mails(settings, tmp_path):
    """What the file backend has written, oldest first: the subject, and the address of the button on our server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)

    def read() -> list[tuple[str, str, str]]:
        work()
        texts = [text for file in sorted(tmp_path.glob("*.log")) for text in file.read_bytes().split(b"\n" + b"-" * 79)]
        found = [email.message_from_bytes(text, policy=email.policy.default) for text in texts if text.strip()]
        bodies = [message.get_body(("plain",)).get_content() for message in found]
        links = [re.search(rf"{HOST}(/\S+)", body)[1] for body in bodies]
        return list(zip([message["Subject"] for message in found], links, bodies, strict=True))

    return read


@both
def test_three_taps_lead_from_the_invitation_into_the_space(visit, ada, gus, room, mails, scripts):
    invite_guest(ada.actor, gus, space=room, from_name="Ada Marsh", message="Please have a look at the customers.")
    phone = visit(width=390, scripts=scripts)
    subject, link, _ = mails()[-1]
    assert subject == "Ada Marsh invites you to Onboarding data"

    phone.goto(link)
    assert phone.url.endswith("/invite")
    expect(phone.get_by_text("Ada Marsh from Northwind invites you to")).to_be_visible()
    expect(phone.get_by_text("Please have a look at the customers.")).to_be_visible()
    phone.get_by_role("button", name="Get access").click()
    expect(phone.get_by_text("We have mailed a link to gus@lumen.example.")).to_be_visible()
    assert AccessToken.objects.count() == 0

    subject, link, _ = mails()[-1]
    assert subject == "Verify your email to collaborate"
    phone.goto(link)
    assert phone.url.endswith("/sign-in-link")
    phone.get_by_role("button", name="Continue to Onboarding data").click()

    phone.wait_for_url(f"**/space/{room.pk}")
    expect(phone.get_by_role("heading", name="Onboarding data")).to_be_visible()
    fits(phone)
    phone.get_by_role("button", name="Gus Brand").click()
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("heading", name="Come in")).to_be_visible()
    phone.goto(f"/space/{room.pk}")
    expect(phone.get_by_role("heading", name="Come in")).to_be_visible()


@both
def test_the_code_is_typed_where_it_was_asked_for(visit, ada, gus, room, mails, scripts):
    desk = visit(scripts=scripts)
    desk.goto(f"/space/{room.pk}")
    desk.get_by_label("Your e-mail").fill("Gus@Lumen.example")
    desk.get_by_role("button", name="Send link").click()
    expect(desk.get_by_text("If that address was invited, a link is on its way to it.")).to_be_visible()
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", mails()[-1][2])[0]

    desk.get_by_label("Code from the e-mail").fill("ABCDEFGH")
    desk.get_by_role("button", name="Continue").click()
    expect(desk.get_by_text("That is not the code, or it has expired.")).to_be_visible()
    desk.get_by_label("Code from the e-mail").fill(code.lower().replace("-", " "))
    desk.get_by_role("button", name="Continue").click()

    desk.wait_for_url(f"**/space/{room.pk}")


def test_a_browser_that_opens_the_link_and_presses_nothing_uses_nothing_up(visit, ada, gus, room, mails):
    scanner, phone = visit(), visit(width=390)
    scanner.goto(f"/invite/ask?space={room.pk}")
    scanner.get_by_label("Your e-mail").fill(gus.email)
    scanner.get_by_role("button", name="Send link").click()
    scanner.wait_for_url("**/invite/sent")
    link = mails()[-1][1]

    for _ in range(5):
        scanner.goto(link)
        scanner.wait_for_load_state("networkidle")
        scanner.wait_for_timeout(300)
    assert MagicLink.objects.get().used_at is None
    assert not AccessToken.objects.exists()

    phone.goto(link)
    phone.get_by_role("button", name="Continue to Onboarding data").click()
    phone.wait_for_url(f"**/space/{room.pk}")
    phone.goto(link)  # going back to the mail leads inside
    phone.wait_for_url(f"**/space/{room.pk}")
    scanner.goto(link)
    expect(scanner.get_by_role("heading", name="This link has expired")).to_be_visible()
    scanner.get_by_role("button", name="Send a new link").click()
    expect(scanner.get_by_text("We have mailed a link to gus@lumen.example.")).to_be_visible()


def test_a_guest_switches_between_their_spaces(visit, ada, gus, room, development, mails):
    other = furnish(development, "Second space").space
    give(gus, other)
    page = visit(width=390)
    come_in(page, gus, room, mails)

    page.get_by_role("button", name="Space: Onboarding data. Switch").click()
    page.get_by_role("link", name="Second space").click()

    page.wait_for_url(f"**/space/{other.pk}")


def come_in(page: Page, guest, room, mails) -> None:
    page.goto(f"/invite/ask?space={room.pk}")
    page.get_by_label("Your e-mail").fill(guest.email)
    page.get_by_role("button", name="Send link").click()
    page.wait_for_url("**/invite/sent")
    page.goto(mails()[-1][1])
    page.get_by_role("button", name="Continue to").click()
    page.wait_for_url("**/space/**")


def test_the_pages_of_guests(visit, ada, development, gus, room, mails):
    long = furnish(development, LONG)
    give(gus, long.space, workbooks=long.workbooks)
    page = visit()
    invite_guest(ada.actor, gus, space=long.space, from_name=LONG, message="Hello,\n\n" + LONG * 3)
    page.goto(mails()[-1][1])
    check(page, "invitation")
    page.get_by_role("button", name="Get access").click()
    page.wait_for_url("**/invite/sent")
    check(page, "sent")
    page.get_by_label("Code from the e-mail").fill("no")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_selector(".errorlist")
    check(page, "a wrong code")
    page.goto(mails()[-1][1])
    check(page, "sign in")
    page.get_by_role("button", name="Continue to").click()
    page.wait_for_url("**/space/**")
    check(page, "space")
    for id in ("me", "spaces"):
        page.evaluate("id => document.getElementById(id).showPopover()", id)
        check(page, id)
        page.evaluate("id => document.getElementById(id).hidePopover()", id)
    for address in ("/invite/ask", "/sign-in-link/unknown"):
        page.goto(address)
        check(page)


def test_no_width_makes_a_page_of_guests_scroll_sideways(visit, ada, development, gus, room, mails):
    long = furnish(development, LONG.replace(" ", ""))
    give(gus, long.space)
    page = visit()
    invite_guest(ada.actor, gus, space=long.space, from_name="W" * 100, message="x" * 300)
    page.goto(mails()[-1][1])
    fits_everywhere(page)
    page.get_by_role("button", name="Get access").click()
    page.wait_for_url("**/invite/sent")
    fits_everywhere(page)
    page.goto(mails()[-1][1])
    fits_everywhere(page)
    page.get_by_role("button", name="Continue to").click()
    page.wait_for_url("**/space/**")
    fits_everywhere(page)
