"""From a question to its answer, to everybody who may, and to the reason of one of them, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_keys_flow import both, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@both
def test_a_question_is_asked_from_both_ends(visit_as, ada, uma, development, scripts):
    page = visit_as(ada, scripts=scripts)
    page.goto(f"/dashboard/{development.pk}/keys-and-secrets")
    page.get_by_role("link", name="Access check").click()
    expect(page.get_by_text("Choose what, and where")).to_be_visible()

    page.get_by_label("Who", exact=True).select_option(uma.member.pk)
    page.get_by_label("What", exact=True).select_option(label="Create a further API key")
    page.get_by_label("Where", exact=True).select_option(development.pk)
    page.get_by_role("button", name="Check access").click()
    expect(page.get_by_role("heading", name="Not allowed")).to_be_visible()
    expect(page.get_by_text("The role User does not include this.")).to_be_visible()

    page.get_by_role("link", name="Who can reach this").click()
    expect(row(page, "Ada Marsh")).to_contain_text("Admin on the account")
    expect(row(page, "Uma Reyes")).to_have_count(0)

    row(page, "Ada Marsh").get_by_role("link", name="Why may Ada Marsh").click()
    expect(page.get_by_role("heading", name="Allowed", exact=True)).to_be_visible()

    page.get_by_role("link", name="What can they reach").click()
    expect(page.get_by_text("Everything in the account").first).to_be_visible()


@both
def test_an_id_may_be_typed(visit_as, ada, development, scripts):
    key = development.keys.first()
    page = visit_as(ada, scripts=scripts)
    page.goto("/dashboard/access")

    page.get_by_label("What", exact=True).select_option(label="Create a space in an environment")
    page.get_by_text("By id instead").click()
    page.get_by_label("Who, by id").fill(key.pk)
    page.get_by_label("Where, by id").fill(development.pk)
    page.get_by_role("button", name="Check access").click()

    expect(page.get_by_role("heading", name="Allowed", exact=True)).to_be_visible()
    expect(page.get_by_label("Who", exact=True)).to_have_value(key.pk)
