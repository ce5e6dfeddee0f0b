"""What scripts and the keyboard add to the pages."""

import pytest
from playwright.sync_api import expect

from environments.models import ApiKey
from tests.browser.conftest import grow_stale, sign_in
from tests.browser.test_keys_flow import dialog, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(visit_as, ada, development):
    page = visit_as(ada)
    page.goto(f"/dashboard/{development.pk}/keys-and-secrets")
    return page


def test_a_revealed_key_hides_again_after_30_seconds(visit_as, ada, development):
    key = development.keys.get(type=ApiKey.Type.SECRET)
    page = visit_as(ada)
    page.clock.install()
    page.goto(f"/dashboard/{development.pk}/keys-and-secrets")
    row(page, key.hint).get_by_role("link", name="Reveal").click()
    dialog(page).get_by_role("button", name="Reveal key").click()
    expect(page.get_by_text(key.text)).to_be_visible()

    page.clock.fast_forward(29_000)
    expect(page.get_by_text(key.text)).to_be_visible()
    page.clock.fast_forward(2_000)

    expect(page.get_by_text(key.text)).to_have_count(0)
    expect(row(page, key.hint).get_by_role("link", name="Reveal")).to_be_visible()


def test_the_focus_comes_back_to_the_menu_a_dialog_was_opened_from(page):
    menu = page.get_by_role("button", name="Actions for Secret key")
    menu.click()
    page.get_by_role("link", name="Rename…").locator("visible=true").click()
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")

    expect(menu).to_be_focused()


def test_a_dangerous_dialog_begins_at_cancel(page):
    page.get_by_role("button", name="Actions for Secret key").click()
    page.get_by_role("link", name="Delete…").locator("visible=true").click()

    expect(dialog(page).get_by_role("button", name="Cancel")).to_be_focused()


def test_a_form_that_came_back_is_modal_and_focuses_what_is_wrong(page):
    grow_stale(page)
    page.reload()
    page.get_by_role("button", name="Create key").click()
    dialog(page).get_by_label("Name").fill("Web")
    dialog(page).get_by_label("Your password").fill("wrong")
    page.keyboard.press("Enter")

    expect(dialog(page).get_by_label("Your password")).to_be_focused()
    assert page.locator("dialog:modal").count() == 1


def test_everything_is_reached_by_keyboard(page):
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    create = page.locator("#main").get_by_role("button", name="Create key")
    for _ in range(20):
        page.keyboard.press("Tab")
        if create.evaluate("button => button === document.activeElement"):
            break
    expect(create).to_be_focused()

    page.keyboard.press("Enter")
    expect(dialog(page).get_by_label("Name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(create).to_be_focused()


def test_a_chosen_theme_stays(page):
    page.get_by_role("button", name="Ada Marsh").click()
    page.get_by_role("button", name="Dark").click()
    page.reload()

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(11, 12, 15)"
    page.get_by_role("button", name="Ada Marsh").click()
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")


def test_two_clicks_make_one_key(page, development):
    page.get_by_role("button", name="Create key").click()
    dialog(page).get_by_label("Name").fill("Once")
    dialog(page).get_by_role("button", name="Create key").dblclick()
    expect(page.get_by_role("heading", name="“Once” is ready")).to_be_visible()

    assert development.keys.filter(name="Once").count() == 1


def test_nothing_moves_for_who_wants_it_so(visit_as, ada, development):
    page = visit_as(ada, reduced_motion="reduce")
    page.goto(f"/dashboard/{development.pk}/keys-and-secrets")

    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    assert page.evaluate(moving) == 0


def test_signing_out_ends_the_session(visit, ada):
    page = visit()
    sign_in(page, ada)
    page.get_by_role("button", name="Ada Marsh").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to Latchkey")).to_be_visible()

    page.goto("/dashboard/logs")
    expect(page.get_by_role("heading", name="Sign in to Latchkey")).to_be_visible()
