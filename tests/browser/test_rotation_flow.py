"""An administrator's way through a rotation, and through limits, in a real browser, with scripts and without."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from environments.actions import create_key, revoke_key, rotate_key
from environments.models import ApiKey
from tests.browser.conftest import grow_stale
from tests.browser.looking import check, fits_everywhere
from tests.browser.test_keys_flow import both, dialog, row
from tests.browser.test_sweep import LONG
from tokens.actions import create_token
from tokens.models import PersonalAccessToken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"


def keys_of(environment):
    return f"/dashboard/{environment.pk}/keys-and-secrets"


@pytest.fixture
def rotating(ada, production):
    """Every state at once: a rotation, one that lost its new key, keys that want an eye, and a retired one."""
    now = timezone.now()
    old = create_key(ada.actor, production, type="SECRET", name="Nightly import").key
    new = rotate_key(ada.actor, old, overlap="24h").key
    used = {"last_used_client": "curl/8.5.0", "last_used_ip": "203.0.113.4", "last_used_at": now + timedelta(seconds=5)}
    ApiKey.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=200), **used)
    ApiKey.objects.filter(pk=new.pk).update(
        **used | {"last_used_client": CHROME, "last_used_ip": "2001:db8:85a3::8a2e:370:7334"}
    )
    revoke_key(ada.actor, rotate_key(ada.actor, create_key(ada.actor, production, type="SECRET", name=LONG).key).key)
    create_key(ada.actor, production, type="SECRET", name="Partner sync", expires_at=now + timedelta(days=6))
    idle = create_key(ada.actor, production, type="SECRET", name="Forgotten", scopes=["spaces:read"]).key
    ApiKey.objects.filter(pk=idle.pk).update(created_at=now - timedelta(days=120))
    gone = create_key(ada.actor, production, type="SECRET", name="Last year's import").key
    revoke_key(ada.actor, gone)
    refused = {"refused_client": "python-requests/2.32.3", "refused_ip": "198.51.100.7"}
    ApiKey.objects.filter(pk=gone.pk).update(refused_at=now, **refused)
    return production


@both
def test_a_key_is_rotated_and_the_old_one_stopped(visit_as, ada, production, call, scripts):
    old = create_key(ada.actor, production, type="SECRET", name="Shop")
    page = visit_as(ada, scripts=scripts)
    grow_stale(page)
    page.goto(keys_of(production))

    page.get_by_role("button", name="Actions for Shop").click()
    page.get_by_role("link", name="Rotate…").locator("visible=true").click()
    dialog(page).get_by_label("In 7 days").check()
    dialog(page).get_by_label("Your password").fill(ada.password)
    dialog(page).get_by_role("button", name="Rotate key").click()
    expect(page.get_by_role("heading", name="“Shop” has a new key")).to_be_visible()
    new = page.locator("#issued").inner_text()
    assert call(old.secret) == call(new) == 200

    page.goto(keys_of(production))
    expect(page.locator(".strip")).to_contain_text("by nightly 1.0 from 127.0.0.1.")
    page.get_by_role("link", name="Stop old key now").click()
    dialog(page).get_by_label("Type Shop to confirm").fill("Shop")
    dialog(page).get_by_role("button", name="Stop old key").click()
    expect(page.get_by_text("The old key of “Shop” has stopped.")).to_be_visible()
    assert (call(old.secret), call(new)) == (401, 200)
    page.reload()
    expect(page.get_by_role("heading", name="Retired keys still knocking")).to_be_visible()


@both
def test_a_rotation_is_cancelled(visit_as, ada, development, call, scripts):
    old = create_key(ada.actor, development, type="SECRET", name="Shop")
    new = rotate_key(ada.actor, old.key, overlap="24h")
    page = visit_as(ada, scripts=scripts)
    page.goto(keys_of(development))

    page.get_by_role("link", name="Cancel rotation").click()
    dialog(page).get_by_role("button", name="Keep both").click()
    expect(dialog(page)).to_have_count(0)
    page.goto(keys_of(development))
    page.get_by_role("link", name="Cancel rotation").click()
    dialog(page).get_by_role("button", name="Cancel rotation").click()

    expect(page.get_by_text("The key “Shop” goes on as before.")).to_be_visible()
    assert (call(old.secret), call(new.secret)) == (200, 401)


@both
def test_a_limited_key_is_made(visit_as, ada, development, scripts):
    page = visit_as(ada, scripts=scripts)
    page.goto(keys_of(development))

    page.get_by_role("button", name="Create key").click()
    dialog(page).get_by_label("Name").fill("Reader")
    expect(dialog(page).get_by_label("Last day")).to_be_hidden()
    dialog(page).get_by_label("Expires").select_option("On a day of your choice")
    dialog(page).get_by_label("Last day").fill(f"{timezone.now() + timedelta(days=10):%Y-%m-%d}")
    dialog(page).get_by_text("Limit what it may do").click()
    dialog(page).get_by_label("Only what you choose").check()
    dialog(page).get_by_label("Read: Spaces").check()
    dialog(page).get_by_role("button", name="Create key").click()

    expect(page.get_by_role("heading", name="“Reader” is ready")).to_be_visible()
    expect(row(page, "Reader")).to_contain_text("Limited to spaces:read")
    expect(row(page, "Reader")).to_contain_text("Expires soon")


@both
def test_a_token_for_one_environment_is_made_after_a_mistake(visit_as, ada, development, scripts):
    page = visit_as(ada, scripts=scripts)
    page.goto("/dashboard/personal-access-tokens")

    page.get_by_role("button", name="Create token").first.click()
    dialog(page).get_by_label("Name").fill("Rotation in CI")
    dialog(page).get_by_text("Limit what it may do").click()
    dialog(page).get_by_label("Where").select_option("Development")
    dialog(page).get_by_label("Only what you choose").check()
    dialog(page).get_by_role("button", name="Create token").click()
    expect(dialog(page)).to_contain_text("Choose at least one")
    expect(dialog(page).get_by_label("Where")).to_have_value(development.pk)
    expect(dialog(page)).to_contain_text("A key made with it may do whatever a key may do.")
    dialog(page).get_by_label("Write: API keys").check()
    dialog(page).get_by_role("button", name="Create token").click()

    expect(row(page, "Rotation in CI")).to_contain_text("In development only")
    assert PersonalAccessToken.objects.get().scopes == ["keys:write"]


def test_a_fetched_dialog_is_modal_and_gives_the_focus_back(visit_as, ada, development):
    key = development.keys.get(type="SECRET")
    page = visit_as(ada)
    page.goto(keys_of(development))
    address = page.url

    page.get_by_role("link", name=f"Reveal {key.name}").click()
    expect(page.locator("dialog:modal")).to_have_count(1)
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name=f"Reveal {key.name}")).to_be_focused()
    assert page.url == address


def test_a_session_that_has_ended_leads_to_the_sign_in(visit_as, ada, development):
    page = visit_as(ada)
    page.goto(keys_of(development))
    page.context.clear_cookies()

    page.get_by_role("link", name="Reveal Secret key").click()

    expect(page.get_by_role("heading", name="Sign in to Latchkey")).to_be_visible()


def test_how_a_rotation_looks(visit_as, ada, rotating):
    page = visit_as(ada)
    page.goto(keys_of(rotating))
    check(page)
    for name in ("Keep key", "Cancel rotation", "Stop old key now"):
        page.get_by_role("link", name=name).first.click()
        expect(page.locator("dialog:modal")).to_have_count(1)
        check(page, name)
        page.keyboard.press("Escape")
        expect(dialog(page)).to_have_count(0)


def test_how_the_dialogs_of_a_key_look(visit_as, ada, rotating):
    page = visit_as(ada)
    grow_stale(page)
    key = ApiKey.objects.live().get(name="Partner sync")
    for deed in ("rotate", "rename", "reveal", "delete"):
        page.goto(f"/dashboard/{rotating.pk}/keys/{key.pk}/{deed}")
        expect(page.locator("dialog:modal")).to_have_count(1)
        check(page, deed)


def test_how_limits_look(visit_as, ada, rotating):
    create_token(ada.actor, name="Reports", expires_at=timezone.now() + timedelta(days=3))
    page = visit_as(ada)
    for address, name in (("personal-access-tokens", "token"), (f"{rotating.pk}/keys-and-secrets", "key")):
        page.goto(f"/dashboard/{address}")
        check(page)
        page.get_by_role("button", name=f"Create {name}").first.click()
        check(page, name)
        dialog(page).get_by_label("Expires").select_option("On a day of your choice")
        dialog(page).get_by_text("Limit what it may do").click()
        dialog(page).get_by_label("Only what you choose").check()
        check(page, f"{name}, unfolded")


def test_no_width_makes_a_rotation_scroll_sideways(visit_as, ada, rotating):
    page = visit_as(ada)
    page.goto(keys_of(rotating))
    fits_everywhere(page)
