"""The page that describes the API: read, and tried out with a credential, without a word on the console."""

import pytest

from tests.browser.looking import fits_everywhere

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_operation_is_there_and_opens(visit, scheme):
    page = visit(scheme=scheme)
    page.goto("/api/docs")
    page.locator("#operations-keys-create_key .opblock-summary-control").click()
    page.locator("#operations-keys-create_key .responses-table").wait_for()

    assert page.locator(".opblock").count() > 30
    assert ("dark-mode" in (page.locator("html").get_attribute("class") or "")) == (scheme == "dark")
    fits_everywhere(page)


def test_a_request_is_tried_out_with_a_token(visit, ada, pat):
    page = visit()
    page.goto("/api/docs")
    page.get_by_role("button", name="Authorize").first.click()
    page.locator(".auth-container input").fill(pat)
    page.locator(".auth-container").get_by_role("button", name="Apply credentials").click()
    page.locator(".btn-done").click()
    who = page.locator("#operations-exchange-who_am_i")
    who.locator(".opblock-summary-control").click()
    who.get_by_role("button", name="Try it out").click()
    who.get_by_role("button", name="Execute").click()

    who.locator(".live-responses-table").get_by_text(ada.email).wait_for()


def test_without_scripts_it_points_to_the_document(visit):
    page = visit(scripts=False)
    page.goto("/api/docs")

    assert page.get_by_role("link", name="/api/schema").is_visible()
