"""Adding, changing and deleting secrets on the page of keys and secrets."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def deed(name, environment, *rest):
    return reverse(name, args=[environment.pk, *rest])


def test_a_secret_is_added_and_its_value_never_shown(browser, development):
    answer = browser.post(
        deed("secret_set", development), {"name": "ERP_TOKEN", "value": "hunter2\r\nhunter3"}, follow=True
    )

    assert "ERP_TOKEN" in answer.content.decode()
    assert "hunter2" not in answer.content.decode()
    assert development.secrets.get(name="ERP_TOKEN").value == "hunter2\nhunter3"


def test_a_secret_gets_a_new_value(browser, development):
    browser.post(deed("secret_set", development), {"name": "ERP_TOKEN", "value": "old"})
    secret = development.secrets.get()

    browser.post(deed("secret_edit", development, secret.pk), {"value": "new"})

    secret.refresh_from_db()
    assert secret.value == "new"


def test_a_secret_without_a_value_opens_its_own_dialog_again(browser, development):
    browser.post(deed("secret_set", development), {"name": "ERP_TOKEN", "value": "old"})
    secret = development.secrets.get()

    answer = browser.post(deed("secret_edit", development, secret.pk), {"value": ""})

    assert '<dialog id="edit-secret" aria-labelledby="edit-secret-h" closedby="any" open>' in answer.content.decode()


def test_a_secret_is_deleted(browser, development):
    browser.post(deed("secret_set", development), {"name": "ERP_TOKEN", "value": "old"})

    browser.post(deed("secret_delete", development, development.secrets.get().pk))

    assert not development.secrets.exists()


@pytest.mark.parametrize(("name", "value"), [("", "x"), ("a\0b", "x"), ("n" * 1025, "x"), ("n", "v" * 1025)])
def test_what_cannot_be_a_secret_opens_the_dialog_again(browser, development, name, value):
    answer = browser.post(deed("secret_set", development), {"name": name, "value": value})

    assert answer.context["new_secret"].errors
    assert not development.secrets.exists()


@pytest.mark.parametrize("junk", ["%00", "us_sec_" + "a" * 22])
def test_junk_for_an_id_is_not_found(browser, development, junk):
    assert browser.post(f"/dashboard/{development.pk}/secrets/{junk}/delete").status_code == 404
    assert browser.post(f"/dashboard/{development.pk}/secrets/{junk}/edit", {"value": "b"}).status_code == 404


def test_the_user_role_sets_no_secret(browser_of, uma, development):
    assert browser_of(uma).post(deed("secret_set", development), {"name": "A", "value": "b"}).status_code == 403
