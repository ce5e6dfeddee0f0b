"""/accounts/current: what may be changed, by whom, and what of it is written down."""

import pytest

from access.actions import Action
from accounts.actions import MOST_ORIGINS, update_account
from accounts.models import Account
from conftest import bearer
from environments.models import ApiKey
from events.models import Event
from lib.names import NameUnreadable
from tests.knock import call, refused, shown
from tokens.actions import create_token

pytestmark = pytest.mark.django_db

CURRENT = "/v1/accounts/current"


def change(credential, **fields):
    return call("PATCH", CURRENT, credential, fields)


def changes():
    return list(Event.objects.filter(action=Action.UPDATE_ACCOUNT).order_by("pk"))


def test_an_administrator_changes_the_account(northwind, pat):
    origins = ["https://app.northwind.example", "*.northwind.example"]

    account = shown(change(pat, name=" Northwind Inc. ", defaultAppId="us_app_1", embeddedDomainWhitelist=origins))

    assert account["name"] == "Northwind Inc."
    assert account["defaultAppId"] == "us_app_1"
    assert account["embeddedDomainWhitelist"] == [origins[0], "https://*.northwind.example"]
    assert account == shown(call("GET", CURRENT, pat))
    assert account["updatedAt"] > account["createdAt"]


def test_what_is_not_named_stays(northwind, pat):
    shown(change(pat, defaultAppId="us_app_1", embeddedDomainWhitelist=["a.example"]))

    account = shown(change(pat, name="Other"))

    assert (account["defaultAppId"], account["embeddedDomainWhitelist"]) == ("us_app_1", ["https://a.example"])


def test_the_default_app_can_be_taken_away(northwind, pat):
    shown(change(pat, defaultAppId="us_app_1"))

    assert "defaultAppId" not in shown(change(pat, defaultAppId=""))


def test_what_the_sdk_cannot_change_is_ignored(northwind, pat):
    before = shown(call("GET", CURRENT, pat))

    after = shown(change(pat, id="us_acc_x", metadata={"a": 1}, subdomain="x", customFromEmail="a@b.example"))

    assert after == before
    assert changes() == []


def test_the_log_has_what_was_before_and_after(northwind, pat):
    change(pat, name="Other", embeddedDomainWhitelist=["a.example"])
    change(pat, name="Other", embeddedDomainWhitelist=["https://A.example:443"])  # the same, written differently

    (event,) = changes()
    assert (event.topic, event.domain, event.subject_label) == ("account:updated", "account", "Other")
    assert event.payload["changes"] == [
        {"field": "name", "previousValue": "Northwind", "newValue": "Other"},
        {"field": "allowed_origins", "previousValue": [], "newValue": ["https://a.example"]},
    ]


@pytest.mark.parametrize("name", ["", " ", "a" * 256, "\u202eeno", "a\nb"])
def test_a_name_is_needed_and_can_be_read(northwind, pat, name):
    refused(change(pat, name=name), 400)

    assert Account.objects.get().name == "Northwind"


def test_each_origin_that_is_none_is_named(northwind, pat):
    entries = ["https://a.example", "https://a.example/path", "*", "b.example", "ftp://c.example"]
    answer = change(pat, name="Other", embeddedDomainWhitelist=entries)

    refused(answer, 400, "bad_origin")
    assert [error["key"] for error in answer.json()["errors"]] == [
        f"embeddedDomainWhitelist[{index}]" for index in (1, 2, 4)
    ]
    assert Account.objects.get().name == "Northwind"


def test_there_is_a_bound_on_origins(northwind, pat):
    entries = [f"a{number}.example" for number in range(MOST_ORIGINS + 1)]

    refused(change(pat, embeddedDomainWhitelist=entries), 400, "too_many_origins")
    assert len(shown(change(pat, embeddedDomainWhitelist=entries[1:]))["embeddedDomainWhitelist"]) == MOST_ORIGINS
    repeated = [*entries[1:], *entries[1:]]
    assert len(shown(change(pat, embeddedDomainWhitelist=repeated))["embeddedDomainWhitelist"]) == MOST_ORIGINS


def test_a_misspelt_list_is_no_list(northwind, pat):
    assert "embeddedDomainWhitelist" in refused(change(pat, embedded_domain_whitelist=["a.example"]), 400)["message"]


def test_nobody_else_changes_it(northwind, uma, password_token, development, ada):
    secret_key = development.keys.get(type=ApiKey.Type.SECRET).text
    fenced = create_token(ada.actor, name="Fenced", environment=development).secret
    reading = create_token(ada.actor, name="Reading", scopes=["users:read"]).secret

    for credential, rule in (
        (password_token(uma), "no_grant"),
        (secret_key, "kind"),
        (fenced, "fence"),
        (reading, "scope"),
    ):
        assert refused(change(credential, name="Other"), 403, "forbidden")["rule"] == rule
    assert Account.objects.get().name == "Northwind"


def test_a_scope_opens_it(northwind, ada):
    token = create_token(ada.actor, name="Changing", scopes=["users:write"]).secret

    assert shown(change(token, name="Other"))["name"] == "Other"
    assert shown(call("GET", CURRENT, token))["name"] == "Other"


def test_a_session_without_a_fresh_proof_changes_it_too(northwind, ada):
    stale = ada.actor.but(credential=ada.actor.credential.__class__(ada.actor.kind))

    assert update_account(stale, northwind.account, name="Other").name == "Other"


def test_an_old_copy_of_the_account_undoes_nothing(northwind, ada):
    old = Account.objects.get()
    update_account(ada.actor, northwind.account, allowed_origins=["a.example"])

    update_account(ada.actor, old, name="Other")

    account = Account.objects.get()
    assert (account.name, account.allowed_origins) == ("Other", ["https://a.example"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/environments", {"name": "\u202ea", "isProd": False}),
        ("/v1/auth/personal-access-tokens", {"name": "\u202e\n"}),
        ("/v1/spaces", {"name": "a\x1b[31m"}),
        ("/v1/secrets", {"name": "a\u202eb", "value": "x"}),
    ],
)
def test_a_name_that_cannot_be_read_is_refused_everywhere(development, pat, path, body):
    refused(call("POST", path, pat, body | {"environmentId": development.pk}), 400)


def test_so_is_that_of_a_key_and_of_a_client_pair(development, pat, ada):
    key = development.keys.first()
    refused(call("PATCH", f"/v1/auth/api-keys/{key.pk}", pat, {"name": "a\u2066b"}), 400, "name_unreadable")
    query = f"environmentId={development.pk}&type=SECRET&name=a%E2%80%AEb"
    refused(call("POST", f"/v1/auth/api-key?{query}", pat), 400, "name_unreadable")


def test_a_form_says_so_beside_its_field(browser_of, ada):
    browser = browser_of(ada)

    page = browser.post("/dashboard/personal-access-tokens", {"name": "a\u202eb"}).content.decode()
    pair = browser.post("/dashboard/settings/personal-tokens", {"description": "a\u202eb"}).content.decode()

    assert NameUnreadable.message.replace("'", "&#x27;") in page
    assert NameUnreadable.message in pair


def test_the_sign_up_says_so_too(client, settings, db):
    settings.REGISTRATION = "open"
    form = {"account": "a\u202eb", "name": "a\x1bb", "email": "max@acme.example", "password1": "correct horse battery"}

    page = client.post("/account/sign-up", form).content.decode()

    assert page.count(NameUnreadable.message) == 2
    assert not Account.objects.exists()


def test_a_bearer_is_needed(northwind, client, ada, browser_of):
    assert client.patch(CURRENT, "{}", "application/json").status_code == 401
    assert browser_of(ada).patch(CURRENT, "{}", "application/json").status_code == 401
    assert client.patch(CURRENT, "{}", "application/json", headers=bearer("junk")).status_code == 401
