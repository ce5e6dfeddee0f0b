"""The page of keys and secrets, as an administrator and as others meet it; what is done to secrets is elsewhere."""

import pytest
from django.urls import reverse

from environments.models import ApiKey
from events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


@pytest.fixture
def key(development):
    return development.keys.get(type=ApiKey.Type.SECRET)


def page_of(environment):
    return reverse("keys", args=[environment.pk])


def deed(name, environment, *rest):
    return reverse(name, args=[environment.pk, *rest])


def test_the_page_shows_publishable_keys_in_full_and_secret_ones_as_hints(browser, development, key):
    html = browser.get(page_of(development)).content.decode()

    assert development.keys.get(type=ApiKey.Type.PUBLISHABLE).text in html
    assert key.hint in html
    assert key.text not in html


def test_the_page_is_not_to_be_stored(browser, development):
    assert browser.get(page_of(development))["Cache-Control"] == "no-store"


def test_the_short_address_leads_to_the_environment_last_looked_at(browser, production):
    browser.get(page_of(production))

    assert browser.get("/dashboard/keys-and-secrets")["Location"] == page_of(production)


def test_a_created_key_is_shown_on_the_same_page(browser, development):
    answer = browser.post(deed("key_create", development), {"type": "SECRET", "name": "Web"})

    key = development.keys.get(name="Web")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert key.text in answer.content.decode()
    assert key.text not in browser.get(page_of(development)).content.decode()


def test_a_stale_session_is_asked_for_the_password_before_a_key_is_made(browser, development):
    browser.grow_stale()

    answer = browser.post(deed("key_create", development), {"type": "SECRET", "name": "Web"})

    assert '<dialog id="new-key" aria-labelledby="new-key-h" closedby="any" open>' in answer.content.decode()
    assert not development.keys.filter(name="Web").exists()


def test_the_right_password_makes_a_stale_session_fresh(browser, development, ada):
    browser.grow_stale()

    proof = {"type": "PUBLISHABLE", "name": "Web", "password": ada.password}
    answer = browser.post(deed("key_create", development), proof)

    assert development.keys.get(name="Web").text in answer.content.decode()
    assert "Your password" not in browser.get(page_of(development)).content.decode()


def test_a_wrong_password_says_so_and_keeps_what_was_typed(browser, development):
    browser.grow_stale()

    answer = browser.post(deed("key_create", development), {"type": "SECRET", "name": "Web", "password": "wrong"})

    html = answer.content.decode()
    assert "That is not your password" in html
    assert 'value="Web"' in html
    assert not development.keys.filter(name="Web").exists()


def test_a_revealed_key_stands_in_its_row_and_in_the_log(browser, development, key):
    answer = browser.post(deed("key_reveal", development, key.pk))

    assert f'<code id="text-{key.pk}">{key.text}</code>' in answer.content.decode()
    assert Event.objects.filter(action="environments.reveal_key", subject_id=key.pk).exists()


def test_a_stale_session_reveals_nothing(browser, development, key):
    browser.grow_stale()

    answer = browser.post(deed("key_reveal", development, key.pk))

    assert answer.status_code == 200
    assert key.text not in answer.content.decode()


def test_a_key_is_renamed(browser, development, key):
    answer = browser.post(deed("key_rename", development, key.pk), {"name": "Nightly import"}, follow=True)

    key.refresh_from_db()
    assert key.name == "Nightly import"
    assert "The key is now called “Nightly import”." in answer.content.decode()


def test_a_name_that_is_too_long_comes_back_with_its_error(browser, development, key):
    answer = browser.post(deed("key_rename", development, key.pk), {"name": "n" * 61})

    assert '<dialog id="rename-key" aria-labelledby="rename-key-h" closedby="any" open>' in answer.content.decode()


def test_a_development_key_is_deleted_without_its_name(browser, development, key):
    answer = browser.post(deed("key_delete", development, key.pk))

    key.refresh_from_db()
    assert answer["Location"] == page_of(development)
    assert key.revoked_at
    assert key.hint not in browser.get(page_of(development)).content.decode()


@pytest.mark.parametrize("typed", ["", "web", "Secret key "])
def test_a_production_key_wants_its_name_typed(browser, production, typed):
    key = production.keys.get(type=ApiKey.Type.SECRET)

    answer = browser.post(deed("key_delete", production, key.pk), {"typed_name": typed})

    key.refresh_from_db()
    assert answer.status_code == 200
    assert key.revoked_at is None


def test_a_production_key_goes_when_its_name_is_typed(browser, production):
    key = production.keys.get(type=ApiKey.Type.SECRET)

    browser.post(deed("key_delete", production, key.pk), {"typed_name": key.name})

    key.refresh_from_db()
    assert key.revoked_at


def test_a_key_is_not_reached_through_another_environment(browser, production, key):
    assert browser.post(deed("key_reveal", production, key.pk)).status_code == 404


@pytest.mark.parametrize("name", ["key_reveal", "key_rename", "key_delete"])
def test_a_stranger_finds_nothing(browser_of, sam, development, key, name):
    assert browser_of(sam).post(deed(name, development, key.pk), {"name": "x"}).status_code == 404


def test_a_stranger_does_not_see_the_page(browser_of, sam, development):
    assert browser_of(sam).get(page_of(development)).status_code == 404


def test_the_user_role_sees_publishable_keys_and_nothing_to_do(browser_of, uma, development, key):
    html = browser_of(uma).get(page_of(development)).content.decode()

    assert development.keys.get(type=ApiKey.Type.PUBLISHABLE).text in html
    assert key.hint not in html
    assert "Create key" not in html
    assert 'id="secrets"' not in html


def test_the_user_role_may_not_make_a_key_by_hand_either(browser_of, uma, development):
    answer = browser_of(uma).post(deed("key_create", development), {"type": "SECRET", "name": "Web"})

    assert answer.status_code == 403


def test_the_address_of_making_a_key_leads_back_to_the_page(browser, development):
    assert browser.get(deed("key_create", development))["Location"] == page_of(development)


def test_empty_lists_say_what_they_are_for(browser, development):
    development.keys.all().delete()

    html = browser.get(page_of(development)).content.decode()

    assert "No keys in development" in html
    assert "No secrets yet" in html


@pytest.mark.parametrize("bad", ["%00", "us_key_%00", "us_key_" + "a" * 22])
def test_junk_in_the_address_is_not_found(browser, development, bad):
    assert browser.post(f"/dashboard/{development.pk}/keys/{bad}/reveal").status_code == 404


def test_names_are_escaped_wherever_they_stand(browser, ada, development):
    from environments.actions import create_key

    create_key(ada.actor, development, type="SECRET", name="<script>alert(1)</script>")

    assert "<script>alert" not in browser.get(page_of(development)).content.decode()
