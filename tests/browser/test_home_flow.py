"""The first minutes on Home in a real browser, with scripts and without."""

import pytest
from playwright.sync_api import expect

from environments.actions import reveal_key
from environments.models import ApiKey
from events.usage import meter
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@both
def test_from_the_first_steps_to_the_first_bar(visit, ada, development, call, scripts):
    page = visit(scripts=scripts)
    sign_in(page, ada)
    expect(page.get_by_role("heading", name="Get development going")).to_be_visible()
    expect(page.get_by_text("0 of 3 done")).to_be_visible()

    key = development.keys.get(type=ApiKey.Type.SECRET)
    assert call(reveal_key(ada.actor, key)) == 200
    page.reload()
    expect(page.get_by_text("2 of 3 done")).to_be_visible()

    meter.flush()
    page.reload()
    expect(page.get_by_role("img", name="Requests by key")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
    page.get_by_text("Requests by key as a table").click()
    expect(page.get_by_role("row").last).to_contain_text("1")


def test_home_is_left_and_found_again_by_its_links(visit_as, ada, development, production):
    page = visit_as(ada)
    page.goto("/dashboard")
    page.get_by_role("button", name="Environment: Development. Switch").click()
    page.get_by_role("link", name="Production").click()
    page.wait_for_url(f"**/{production.pk}/home")

    page.get_by_role("link", name="Live keys").click()
    page.wait_for_url(f"**/{production.pk}/keys-and-secrets")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Home").click()
    page.wait_for_url(f"**/{production.pk}/home")

    page.get_by_role("link", name="All events").click()
    expect(page.get_by_label("Environment", exact=True)).to_have_value(production.pk)


def test_the_first_request_is_copied_with_one_click(visit_as, ada, development):
    page = visit_as(ada)
    page.goto(f"/dashboard/{development.pk}/home")
    page.get_by_role("button", name="Copy the command", exact=True).click()
    expect(page.locator(".copied")).to_have_count(1)

    assert page.evaluate("navigator.clipboard.readText()").startswith("curl http")
