"""Settings → Account in a browser, with scripts and without, and what its list of origins does there."""

import pytest

from accounts.models import Account
from tests.browser.looking import check

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRONG = "https://app.northwind.example\nhttps://northwind.example/shop\n*.com"
ASK = """async ([url, token]) => {
  try { return (await fetch(url, {headers: {Authorization: `Bearer ${token}`, "X-Disable-Hooks": "true"}})).status }
  catch (error) { return error.name }
}"""


def save(page, origins, name="Northwind"):
    page.goto("/dashboard/settings/account")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Allowed origins").fill(origins)
    page.get_by_role("button", name="Save changes").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_origins_are_saved_and_what_is_wrong_is_told(visit_as, ada, scripts):
    page = visit_as(ada, scripts=scripts)

    save(page, WRONG, name="Northwind Inc.")
    assert page.locator(".errorlist li").count() == 2
    assert page.get_by_label("Allowed origins").input_value() == WRONG

    save(page, "App.northwind.example\n*.northwind.example", name="Northwind Inc.")
    page.wait_for_selector(".flash")
    assert page.get_by_label("Allowed origins").input_value() == (
        "https://app.northwind.example\nhttps://*.northwind.example"
    )
    assert Account.objects.get().name == "Northwind Inc."


def test_how_it_looks_when_something_is_wrong_and_to_who_may_not_change_it(visit_as, ada, uma):
    page = visit_as(ada)
    save(page, WRONG)
    page.wait_for_selector(".errorlist")
    check(page)
    save(page, "https://app.northwind.example\nhttp://localhost:3000")
    page.wait_for_selector(".flash")
    check(page)

    other = visit_as(uma)
    other.goto("/dashboard/settings/account")
    check(other)
    assert other.get_by_role("button", name="Save changes").count() == 0


def test_a_page_of_another_origin_reads_answers_as_the_list_says(browser, live_server, northwind, production, pat):
    """A real browser with its own pre-flight; by another name the same server is another origin."""
    elsewhere = live_server.url.replace("localhost", "127.0.0.1")
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{elsewhere}/healthz")
    asked = [f"{live_server.url}/v1/spaces", pat]

    assert page.evaluate(ASK, asked) == "TypeError"
    assert page.evaluate(ASK, [asked[0], "junk"]) == 401

    Account.objects.update(allowed_origins=[elsewhere])
    assert page.evaluate(ASK, asked) == 200
    context.close()
