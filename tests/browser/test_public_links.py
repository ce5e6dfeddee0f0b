"""Links that anybody may have, of a space and of a data clip: their pages, which let nobody in who presses nothing."""

import pytest
from playwright.sync_api import expect

from guests.actions import create_shared_link, make_clip_link
from guests.clip_links import secret_of
from guests.models import Guest, SharedLink
from tests.browser.looking import check, fits_everywhere
from tests.places import furnish, make_clip
from tokens.models import AccessToken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Quarterly-onboarding-of-customers-and-their-products-for-everybody-in-the-north"


@pytest.fixture
def place(development):
    return furnish(development, LONG)


@pytest.fixture
def clip_link(ada, place):
    clip = make_clip(ada.actor, place.sheets[0], *place.sheets[0].records.all(), name=LONG)
    return f"/clip-link/{secret_of(make_clip_link(ada.actor, clip))}"


def test_a_browser_that_presses_nothing_comes_in_by_no_link(visit, ada, place, clip_link):
    shared = create_shared_link(ada.actor, place.space, most_uses=1)
    scanner, phone = visit(), visit(width=390)
    guests = Guest.objects.count()

    for address in (f"/shared/{shared.secret}", clip_link) * 3:
        scanner.goto(address)
        scanner.wait_for_load_state("networkidle")
        scanner.wait_for_timeout(300)
    assert not AccessToken.objects.exists()
    assert (Guest.objects.count(), SharedLink.objects.get().uses) == (guests, 0)

    phone.goto(f"/shared/{shared.secret}")
    phone.get_by_role("button", name="Open").click()
    phone.wait_for_url(f"**/space/{place.space.pk}")
    phone.goto(clip_link)
    phone.get_by_role("button", name="Open the records").click()
    phone.wait_for_url("**/clip/**")
    scanner.goto(f"/shared/{shared.secret}")
    expect(scanner.get_by_role("button", name="Open")).to_have_count(0)


def test_the_pages_of_links_that_anybody_may_have(visit, ada, place, clip_link):
    link = create_shared_link(ada.actor, place.space, password="open sesame")
    page = visit()
    page.goto(f"/shared/{link.secret}")
    check(page)
    fits_everywhere(page)
    page.get_by_label("Password").fill("open barley")
    page.get_by_role("button", name="Open").click()
    page.wait_for_selector(".errorlist")
    check(page, "wrong password")
    page.goto(clip_link)
    check(page)
    fits_everywhere(page)
    for address in ("/shared/unknown", "/clip-link/unknown", "/space-init"):
        page.goto(address)
        check(page, address)
