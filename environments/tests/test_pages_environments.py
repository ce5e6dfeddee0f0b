"""The list of environments, and making, changing and deleting one through the pages."""

import pytest
from django.urls import reverse

from environments.models import Environment

pytestmark = pytest.mark.django_db

LIST = "/dashboard/environments"
NEW = "/dashboard/environments/new"
GIVEN = {
    "name": "staging",
    "is_prod": "no",
    "guest_authentication": ["magic_link"],
    "namespaces": "portal\r\n\r\nadmin",
    "language_override": "de",
    "translations_path": "",
    "metadata": '{"region": "eu"}',
}


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def edit(environment):
    return reverse("environment_edit", args=[environment.pk])


def delete(environment):
    return reverse("environment_delete", args=[environment.pk])


def test_the_list_marks_kind_by_word_and_colour(browser):
    html = browser.get(LIST).content.decode()

    assert '<span class="dot live"></span><b>Production</b>' in html
    assert '<span class="dot dev"></span><b>Development</b>' in html


def test_a_new_environment_has_what_was_given_and_its_keys(browser):
    answer = browser.post(NEW, GIVEN)

    made = Environment.objects.get(name="staging")
    assert answer["Location"] == reverse("keys", args=[made.pk])
    assert made.guest_authentication == ["magic_link"]
    assert made.namespaces == ["portal", "admin"]
    assert made.metadata == {"region": "eu"}
    assert not made.is_prod
    assert made.keys.count() == 2


def test_a_taken_name_is_said_beside_the_field(browser):
    answer = browser.post(NEW, GIVEN | {"name": "production"})

    assert "already has an environment of that name" in str(answer.context["form"].errors["name"])
    assert Environment.objects.count() == 2


@pytest.mark.parametrize("metadata", ["{", "[1]", '"text"', "{}" * 2])
def test_metadata_is_a_json_object(browser, metadata):
    answer = browser.post(NEW, GIVEN | {"metadata": metadata})

    assert "metadata" in answer.context["form"].errors


def test_an_environment_is_changed(browser, development):
    shown = browser.get(edit(development)).content.decode()
    answer = browser.post(edit(development), GIVEN, follow=True)

    development.refresh_from_db()
    assert 'value="development"' in shown
    assert "Staging is saved." in answer.content.decode()
    assert (development.name, development.namespaces) == ("staging", ["portal", "admin"])


def test_changing_never_makes_production_development(browser, production):
    browser.post(edit(production), GIVEN | {"name": "production", "is_prod": "no"})

    production.refresh_from_db()
    assert production.is_prod


def test_a_development_environment_goes_without_further_questions(browser, development):
    browser.grow_stale()

    answer = browser.post(delete(development), follow=True)

    assert "Development is deleted, and everything in it." in answer.content.decode()
    assert not Environment.objects.filter(pk=development.pk).exists()


@pytest.mark.parametrize(
    "given",
    [{}, {"typed_name": "production"}, {"password": "correct horse battery staple"}, {"typed_name": "Production"}],
)
def test_production_wants_its_name_and_a_proof(browser, production, given):
    browser.grow_stale()

    answer = browser.post(delete(production), given)

    assert answer.status_code == 200
    assert Environment.objects.filter(pk=production.pk).exists()


def test_production_goes_with_both(browser, ada, production):
    browser.grow_stale()

    browser.post(delete(production), {"typed_name": "production", "password": ada.password})

    assert not Environment.objects.filter(pk=production.pk).exists()


def test_the_last_environment_stays(browser, development, production):
    browser.post(delete(development))

    answer = browser.post(delete(production), {"typed_name": "production"})

    assert "This is the account&#x27;s last environment" in answer.content.decode()
    assert Environment.objects.filter(pk=production.pk).exists()


def test_the_user_role_sees_the_list_and_changes_nothing(browser_of, uma, development):
    browser = browser_of(uma)

    html = browser.get(LIST).content.decode()

    assert "Development" in html
    assert "New environment" not in html
    assert [browser.get(page).status_code for page in (NEW, edit(development))] == [403, 403]
    assert browser.post(NEW, GIVEN).status_code == 403
    assert browser.post(edit(development), GIVEN).status_code == 403
    assert browser.post(delete(development)).status_code == 403


def test_a_stranger_finds_nothing(browser_of, sam, development):
    browser = browser_of(sam)

    assert [browser.get(page).status_code for page in (edit(development), delete(development))] == [404, 404]
