"""Settings → Account: its form for administrators, its facts for everybody else."""

import pytest

from accounts.actions import MOST_ORIGINS
from accounts.models import Account
from tests.knock import shown

pytestmark = pytest.mark.django_db

PAGE = "/dashboard/settings/account"


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_settings_begin_with_the_account(browser):
    assert browser.get("/dashboard/settings")["Location"] == PAGE


def test_the_tabs_lead_to_all_settings(browser):
    for address in (PAGE, "/account/change-password", "/dashboard/settings/personal-tokens"):
        page = text_of(browser.get(address))

        assert f'<a href="{address}" aria-current="page">' in page
        assert page.count('aria-current="page">') == 3  # the tab, the sidebar and the breadcrumb


def test_an_administrator_saves_the_account(browser, northwind):
    form = {"name": "Northwind Inc.", "allowed_origins": "App.northwind.example\r\n\r\n  *.northwind.example  \r\n"}

    page = text_of(browser.post(PAGE, form, follow=True))

    account = Account.objects.get()
    assert account.name == "Northwind Inc."
    assert account.allowed_origins == ["https://app.northwind.example", "https://*.northwind.example"]
    assert "The account is saved." in page
    assert "https://app.northwind.example\nhttps://*.northwind.example</textarea>" in page
    assert account.pk in page


def test_the_list_can_be_emptied(browser, northwind):
    browser.post(PAGE, {"name": "Northwind", "allowed_origins": "a.example"})
    browser.post(PAGE, {"name": "Northwind", "allowed_origins": ""})

    assert Account.objects.get().allowed_origins == []


def test_each_line_that_is_no_origin_is_told_and_what_was_typed_stays(browser, northwind):
    lines = "https://a.example\nhttps://b.example/path\n*.com\n<b>"
    page = text_of(browser.post(PAGE, {"name": "Other", "allowed_origins": lines}))

    assert "“https://b.example/path”: Leave out the path" in page
    assert "“*.com”: This would allow a whole top-level domain" in page
    assert "“&lt;b&gt;”: Write an origin" in page
    assert "“https://a.example”" not in page
    assert "https://a.example\nhttps://b.example/path" in page
    assert Account.objects.get().name == "Northwind"


def test_too_many_origins_and_a_missing_name_are_told(browser, northwind):
    lines = "\n".join(f"a{number}.example" for number in range(MOST_ORIGINS + 1))

    assert "at most 100 origins" in text_of(browser.post(PAGE, {"name": "Other", "allowed_origins": lines}))
    assert "This field is required" in text_of(browser.post(PAGE, {"name": " ", "allowed_origins": ""}))
    assert "cannot be seen" in text_of(browser.post(PAGE, {"name": "a\u202eb", "allowed_origins": ""}))
    assert Account.objects.get().name == "Northwind"


def test_a_member_sees_the_account_without_a_form(browser_of, uma, northwind):
    northwind.account.allowed_origins = ["https://app.northwind.example"]
    northwind.account.save()
    browser = browser_of(uma)

    page = text_of(browser.get(PAGE))

    assert "Northwind" in page
    assert "https://app.northwind.example" in page
    assert "Save changes" not in page
    assert browser.post(PAGE, {"name": "Other"}).status_code == 403
    assert Account.objects.get().name == "Northwind"


def test_what_the_page_saves_the_api_shows(browser, client, pat):
    browser.post(PAGE, {"name": "Northwind", "allowed_origins": "bücher.example"})

    account = shown(client.get("/v1/accounts/current", headers={"Authorization": f"Bearer {pat}"}))

    assert account["embeddedDomainWhitelist"] == ["https://xn--bcher-kva.example"]
