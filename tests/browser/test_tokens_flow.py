"""A member's way to a personal access token in a real browser, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import grow_stale, sign_in
from tests.browser.test_keys_flow import both, dialog, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_tokens(page) -> None:
    page.get_by_role("button", name="Ada Marsh").click()
    page.get_by_role("link", name="Personal access tokens").click()
    expect(page.get_by_role("heading", name="Personal access tokens")).to_be_visible()


@both
def test_a_token_is_created_shown_once_used_and_deleted(visit, ada, call, scripts):
    page = visit(scripts=scripts)
    sign_in(page, ada)
    open_tokens(page)

    page.get_by_role("button", name="Create token").first.click()
    dialog(page).get_by_label("Name").fill("Nightly audit export")
    dialog(page).get_by_role("button", name="Create token").click()
    expect(page.get_by_role("heading", name="“Nightly audit export” is ready")).to_be_visible()
    expect(page.get_by_text("This is the only time you see it.")).to_be_visible()
    secret = page.locator("#token").inner_text()
    assert secret not in page.url
    assert call(secret) == 200

    page.goto("/dashboard/personal-access-tokens")
    assert secret not in page.content()
    expect(row(page, "Nightly audit export")).to_contain_text("nightly 1.0, 127.0.0.1")

    page.get_by_role("button", name="Actions for Nightly audit export").click()
    page.get_by_role("button", name="Delete…").locator("visible=true").click()
    expect(dialog(page)).to_contain_text("Delete “Nightly audit export”?")
    dialog(page).get_by_role("button", name="Delete token").click()
    expect(page.get_by_text("The token “Nightly audit export” is deleted.")).to_be_visible()
    assert call(secret) == 401


def test_the_token_is_copied_as_it_stands(visit_as, ada):
    page = visit_as(ada)
    page.goto("/dashboard/personal-access-tokens")
    page.get_by_role("button", name="Create token").first.click()
    dialog(page).get_by_label("Name").fill("Laptop")
    dialog(page).get_by_role("button", name="Create token").click()

    page.get_by_role("button", name="Copy", exact=True).click()

    expect(page.locator("#live")).to_have_text("Copied to clipboard")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#token").inner_text()


@both
def test_a_stale_session_proves_itself_in_the_same_dialog(visit_as, ada, scripts):
    page = visit_as(ada, scripts=scripts)
    grow_stale(page)
    page.goto("/dashboard/personal-access-tokens")

    page.get_by_role("button", name="Create token").first.click()
    dialog(page).get_by_label("Name").fill("Laptop")
    dialog(page).get_by_label("Your password").fill("not it")
    dialog(page).get_by_role("button", name="Create token").click()
    expect(dialog(page)).to_contain_text("That is not your password.")
    expect(dialog(page).get_by_label("Name")).to_have_value("Laptop")

    dialog(page).get_by_label("Your password").fill(ada.password)
    dialog(page).get_by_role("button", name="Create token").click()
    expect(page.get_by_role("heading", name="“Laptop” is ready")).to_be_visible()


@both
def test_a_client_pair_shows_its_secret_once(visit_as, ada, scripts):
    page = visit_as(ada, scripts=scripts)
    page.goto("/dashboard/settings")
    page.get_by_role("link", name="Personal tokens").click()

    page.get_by_role("button", name="Create pair").first.click()
    dialog(page).get_by_label("Description").fill("Importer")
    dialog(page).get_by_role("button", name="Create pair").click()
    secret = page.locator("#secret").inner_text()
    page.goto("/dashboard/settings/personal-tokens")

    expect(row(page, "Importer")).to_be_visible()
    assert secret not in page.content()
