"""An administrator's way through keys and secrets in a real browser, with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from environments.models import ApiKey
from tests.browser.conftest import grow_stale, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def dialog(page: Page):
    return page.locator("dialog[open]")


def row(page: Page, name: str):
    return page.get_by_role("row").filter(has_text=name)


def to_production(page: Page) -> None:
    """From the home of development to the keys of production."""
    page.get_by_role("button", name="Environment: Development. Switch").click()
    page.get_by_role("link", name="Production").click()
    expect(page.get_by_role("button", name="Environment: Production. Switch")).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="API keys & secrets").click()
    page.wait_for_url("**/keys-and-secrets")


@both
def test_a_key_is_made_used_revealed_renamed_and_deleted(visit, ada, production, call, scripts):
    page = visit(scripts=scripts)
    sign_in(page, ada)
    to_production(page)

    page.get_by_role("button", name="Create key").click()
    dialog(page).get_by_label("Name").fill("Storefront server")
    dialog(page).get_by_role("button", name="Create key").click()
    expect(page.get_by_role("heading", name="“Storefront server” is ready")).to_be_visible()
    secret = page.locator("#issued").inner_text()
    assert call(secret) == 200

    page.goto(f"/dashboard/{production.pk}/keys-and-secrets")
    expect(row(page, "Storefront server")).to_contain_text(re.compile("Last used|Just now"))
    assert secret not in page.content()

    grow_stale(page)
    page.reload()
    row(page, "Storefront server").get_by_role("link", name="Reveal").click()
    dialog(page).get_by_label("Your password").fill(ada.password)
    dialog(page).get_by_role("button", name="Reveal key").click()
    expect(row(page, "Storefront server")).to_contain_text(secret)

    page.get_by_role("button", name="Actions for Storefront server").click()
    page.get_by_role("link", name="Rename…").locator("visible=true").click()
    dialog(page).get_by_label("Name").fill("Shop server")
    dialog(page).get_by_role("button", name="Rename key").click()
    expect(page.get_by_text("The key is now called “Shop server”.")).to_be_visible()

    page.get_by_role("button", name="Actions for Shop server").click()
    page.get_by_role("link", name="Delete…").locator("visible=true").click()
    dialog(page).get_by_label("Type Shop server to confirm").fill("Shop server")
    dialog(page).get_by_role("button", name="Delete key").click()
    expect(page.get_by_text("The key “Shop server” is deleted.")).to_be_visible()
    assert call(secret) == 401


@both
def test_a_wrong_name_brings_the_dialog_back_with_what_was_typed(visit_as, ada, production, scripts):
    key = production.keys.get(type=ApiKey.Type.SECRET)
    page = visit_as(ada, scripts=scripts)
    page.goto(f"/dashboard/{production.pk}/keys-and-secrets")

    page.get_by_role("button", name=f"Actions for {key.name}").click()
    page.get_by_role("link", name="Delete…").locator("visible=true").click()
    dialog(page).get_by_label(f"Type {key.name} to confirm").fill("something else")
    dialog(page).get_by_role("button", name="Delete key").click()

    expect(dialog(page)).to_contain_text("That is not the name.")
    expect(dialog(page).get_by_role("textbox")).to_have_value("something else")
    dialog(page).get_by_role("button", name="Cancel").click()
    expect(dialog(page)).to_have_count(0)
    key.refresh_from_db()
    assert key.revoked_at is None


@both
def test_a_secret_is_added_changed_and_deleted(visit_as, ada, development, scripts):
    page = visit_as(ada, scripts=scripts)
    page.goto(f"/dashboard/{development.pk}/keys-and-secrets")

    page.get_by_role("button", name="Add secret").first.click()
    dialog(page).get_by_label("Name").fill("SLACK_WEBHOOK_URL")
    dialog(page).get_by_label("Value").fill("https://hooks.example/1")
    dialog(page).get_by_role("button", name="Save secret").click()
    expect(page.get_by_text("The secret “SLACK_WEBHOOK_URL” is saved.")).to_be_visible()
    assert "hooks.example" not in page.content()

    page.get_by_role("link", name="Edit SLACK_WEBHOOK_URL").click()
    dialog(page).get_by_label("Value").fill("https://hooks.example/2")
    dialog(page).get_by_role("button", name="Save secret").click()
    expect(page.get_by_text("is saved.")).to_be_visible()
    assert development.secrets.get().value == "https://hooks.example/2"

    page.get_by_role("link", name="Delete SLACK_WEBHOOK_URL").click()
    dialog(page).get_by_role("button", name="Delete secret").click()
    expect(page.get_by_text("No secrets yet")).to_be_visible()


@both
def test_an_environment_comes_and_goes(visit_as, ada, scripts):
    page = visit_as(ada, scripts=scripts)
    page.goto("/dashboard/environments")

    page.get_by_role("link", name="New environment").first.click()
    page.get_by_label("Name", exact=True).fill("preview")
    page.get_by_role("button", name="Create environment").click()
    expect(page.get_by_text("Preview is ready, with a secret and a publishable key.")).to_be_visible()

    page.goto("/dashboard/environments")
    page.get_by_role("button", name="Actions for preview").click()
    page.get_by_role("button", name="Delete…").locator("visible=true").click()
    dialog(page).get_by_role("button", name="Delete environment").click()
    expect(page.get_by_text("Preview is deleted, and everything in it.")).to_be_visible()


@both
def test_production_goes_only_with_its_name_and_a_proof(visit_as, ada, production, scripts):
    page = visit_as(ada, scripts=scripts)
    grow_stale(page)
    page.goto("/dashboard/environments")

    page.get_by_role("button", name="Actions for production").click()
    page.get_by_role("link", name="Delete…").locator("visible=true").click()
    page.get_by_label("Type production to confirm").fill("production")
    page.get_by_label("Your password").fill(ada.password)
    page.get_by_role("button", name="Delete environment").click()

    expect(page.get_by_text("Production is deleted, and everything in it.")).to_be_visible()
    assert not type(production).objects.filter(pk=production.pk).exists()
