"""Ids where they do not belong: another account's in a body or query, an owner named by the caller, an odd path."""

import pytest

from accounts.models import Member, Role, RoleAssignment
from environments.actions import create_environment, create_key, set_secret
from environments.models import ApiKey, Environment
from lib.ids import new_id
from spaces.actions import create_space
from spaces.models import Space
from tests.knock import alike, call, refused, shown
from tokens.actions import create_token
from tokens.models import PersonalAccessToken

pytestmark = pytest.mark.django_db

FOREIGN_OR_MISSING = ["foreign", "missing"]


@pytest.fixture
def foreign(sam, lumen):
    """One of everything of another account."""
    environment = lumen.environments[0]
    key = create_key(sam.actor, environment, type=ApiKey.Type.SECRET)
    return {
        "environment": environment.pk,
        "key": key.key.pk,
        "raw key": key.secret,
        "space": create_space(sam.actor, environment, name="Theirs").pk,
        "secret": set_secret(sam.actor, environment, name="THEIRS", value="v").pk,
        "user": sam.member.pk,
        "account": lumen.account.pk,
    }


MISSING = {
    "environment": new_id("us_env_"),
    "key": new_id("us_key_"),
    "raw key": "sk_0000000000000000000000000000000000000",
    "space": new_id("us_sp_"),
    "user": new_id("us_usr_"),
    "account": new_id("us_acc_"),
}
# Every place a request can name a thing in, beside its path: with {}, the id; with {own}, our development.
PLACES = [
    ("environment", "GET", "/v1/spaces?environmentId={}", None),
    ("environment", "GET", "/v1/events?environmentId={}", None),
    ("space", "GET", "/v1/events?spaceId={}", None),
    ("environment", "GET", "/v1/secrets?environmentId={}", None),
    ("space", "GET", "/v1/secrets?spaceId={}", None),
    ("space", "GET", "/v1/secrets?environmentId={own}&spaceId={}", None),
    ("environment", "GET", "/v1/auth/api-keys?environmentId={}", None),
    ("environment", "GET", "/v1/auth/publishable-key?environmentId={}", None),
    ("environment", "POST", "/v1/auth/api-key?environmentId={}&type=SECRET", None),
    ("environment", "DELETE", "/v1/auth/api-key?environmentId={}&key={key}", None),
    ("key", "DELETE", "/v1/auth/api-key?environmentId={own}&key={}", None),
    ("raw key", "DELETE", "/v1/auth/api-key?environmentId={own}&key={}", None),
    ("environment", "POST", "/v1/spaces", {"environmentId": "{}", "name": "n"}),
    ("environment", "POST", "/v1/secrets", {"environmentId": "{}", "name": "N", "value": "v"}),
    ("environment", "POST", "/v1/auth/personal-access-tokens", {"environmentId": "{}", "name": "n"}),
    ("account", "GET", "/v1/users/{me}/api-token?tenantId={}", None),
    ("account", "POST", "/v1/users/{me}/api-token?tenantId={}", None),
]


@pytest.mark.parametrize(("kind", "method", "path", "body"), PLACES)
def test_a_foreign_id_anywhere_is_a_missing_one(kind, method, path, body, ada, foreign, development, password_token):
    """With the strongest credential there is: a fresh sign-in of an administrator (security.md, row 3)."""
    credential, key = password_token(ada), development.keys.first()
    before = rows()

    def ask(id):
        address = path.replace("{}", id).replace("{own}", development.pk).replace("{me}", ada.member.pk)
        sent = body and {name: id if value == "{}" else value for name, value in body.items()}
        return call(method, address.replace("{key}", key.pk), credential, **({"body": sent} if sent else {}))

    there, nowhere = ask(foreign[kind]), ask(MISSING[kind])

    assert alike(there) == alike(nowhere)
    assert there.status_code == 404 or (method == "GET" and there.json()["data"] == [])
    assert rows() == before


def rows():
    """How many of everything that a request could make or end."""
    return [
        Environment.objects.count(),
        Space.objects.count(),
        ApiKey.objects.live().count(),
        PersonalAccessToken.objects.live().count(),
        Member.objects.count(),
    ]


@pytest.mark.parametrize("by", ["id", "text"])
def test_a_key_is_not_deleted_through_another_environment(by, ada, pat, development, production):
    issued = create_key(ada.actor, production, type=ApiKey.Type.SECRET)
    name = issued.key.pk if by == "id" else issued.secret

    answer = call("DELETE", f"/v1/auth/api-key?environmentId={development.pk}&key={name}", pat)

    assert alike(answer) == alike(call("DELETE", f"/v1/auth/api-key?environmentId={development.pk}&key=nothing", pat))
    assert call("GET", "/v1/auth/whoami", issued.secret).status_code == 200


def test_a_secret_key_cannot_leave_its_environment_by_naming_another(ada, secret_key, production, development):
    space = create_space(ada.actor, production, name="Live")

    refused(call("POST", "/v1/spaces", secret_key, {"environmentId": production.pk}), 404)
    refused(call("POST", "/v1/secrets", secret_key, {"environmentId": production.pk, "name": "N", "value": "v"}), 404)
    refused(call("GET", f"/v1/secrets?spaceId={space.pk}", secret_key), 404)
    refused(call("PATCH", f"/v1/environments/{development.pk}", secret_key, {"environmentId": production.pk}), 400)
    assert shown(call("GET", f"/v1/spaces?environmentId={production.pk}", secret_key)) == []
    assert shown(call("GET", f"/v1/events?environmentId={production.pk}", secret_key)) == []


OWNERS = ["userId", "accountId", "ownerId", "memberId", "member", "account", "createdBy", "createdByUserId", "id"]


@pytest.mark.parametrize("field", OWNERS)
def test_nobody_chooses_the_owner_of_what_they_make(field, ada, uma, sam, pat, development):
    for stranger in (uma.member, sam.member, sam.member.account):
        token = shown(call("POST", "/v1/auth/personal-access-tokens", pat, {"name": "n", field: stranger.pk}))
        space = shown(call("POST", "/v1/spaces", pat, {"environmentId": development.pk, field: stranger.pk}))

        assert PersonalAccessToken.objects.get(pk=token["personalAccessToken"]["id"]).member == ada.member
        made = Space.objects.get(pk=space["id"])
        assert (made.created_by, made.account, made.environment) == (ada.member, ada.member.account, development)
        assert stranger.pk not in (made.pk, token["personalAccessToken"]["id"])


def test_rows_of_another_account_change_no_byte_of_a_list(ada, sam, lumen, pat, development, secret_key):
    """Not through filters, orders, counts or cursors (security.md, row 5)."""
    for number in range(12):
        create_space(ada.actor, development, name=f"Space {number}")
    lists = [
        "/v1/environments",
        "/v1/environments?pageSize=1",
        "/v1/spaces?pageSize=5",
        "/v1/spaces?pageSize=5&pageNumber=3",
        "/v1/spaces?sortField=name&sortDirection=asc",
        "/v1/spaces?search=Space",
        "/v1/spaces?after=&pageSize=5",
        "/v1/users?search=a",
        "/v1/roles",
        "/v1/auth/personal-access-tokens",
        f"/v1/auth/api-keys?environmentId={development.pk}",
        f"/v1/secrets?environmentId={development.pk}",
    ]

    def bodies():
        return [call("GET", path, credential).content for path in lists for credential in (pat, secret_key)]

    before = [bodies(), bodies()][1]  # the first time writes down when a credential was last used
    for number in range(20):
        environment = create_environment(sam.actor, name=f"Space {number}")
        create_space(sam.actor, environment, name=f"Space {number}")
        set_secret(sam.actor, environment, name="TOKEN", value="v")
        create_token(sam.actor, name=f"Space {number}")

    assert bodies() == before


def test_a_person_of_two_accounts_shows_each_credential_one(ada, lumen, northwind, pat):
    there = Member.objects.create(account=lumen.account, user=ada.member.user, name="Ada in Lumen")
    RoleAssignment.objects.create(
        account=lumen.account, member=there, role=Role.objects.get(account=lumen.account, name="Admin")
    )
    login = {"email": ada.email, "password": ada.password}
    elsewhere = call("POST", "/v1/auth", body=login | {"accountId": lumen.account.pk}).json()["accessToken"]

    for credential, account in ((pat, northwind.account), (elsewhere, lumen.account)):
        assert shown(call("GET", "/v1/accounts/current", credential))["id"] == account.pk
        for path in ("/v1/environments", "/v1/users", "/v1/roles"):
            found = shown(call("GET", path, credential))
            assert found
            assert {row["accountId"] for row in found} == {account.pk}


def test_names_are_unique_within_an_account_and_say_nothing_of_others(ada, sam, pat, password_token):
    create_environment(sam.actor, name="staging")

    body = {"name": "staging", "isProd": False}
    assert call("POST", "/v1/environments", pat, body).status_code == 200
    refused(call("POST", "/v1/environments", pat, body), 409, "environment_name_taken")


TRICKS = [
    "{}/",
    "{}//",
    "/{}",
    "./{}",
    "../spaces/{}",
    "..%2fspaces%2f{}",
    "%2e%2e/spaces/{}",
    "{}%00",
    "%00{}",
    "{}%20",
    "%20{}",
    "{}%0a",
    "{}%0d%0a",
    "{};",
    "{};x=1",
    "{}.json",
    "{}%3f",
    "{}%23",
    "{}*",
    "{}%25",
    "%25",
    "*",
    "{},{}",
    "{}%2c{}",
    "%5B%22{}%22%5D",
    "%7B%7D",
    "{}'",
    "{}%27%20OR%201=1--",
    "-1",
    "0",
    "null",
    "undefined",
    "None",
    "true",
    "NaN",
    "us_sp_",
    "us_sp_%",
    "us_sp_______________________",
    "US_SP_0000000000000000000000",
    "us_sp_000000000000000000000",
    "us_sp_00000000000000000000000",
    "us_sp_" + "9" * 5000,
    "us_sp_" + "%C3%A9" * 22,
    "us_sp_" + "%EF%BC%91" * 22,
    "%F0%9F%92%A9",
    "%FF%FE",
    "%c0%ae%c0%ae",
    "%ED%A0%80",
    "us_env_0000000000000000000000",
    "us_usr_0000000000000000000000",
    "current",
    "me",
    "self",
    "..",
    ".",
    "%2e",
    "...",
    "~",
    "{}:archive",
    "{}/../{}",
]


@pytest.mark.parametrize("account", ["own", "foreign"])
def test_no_trick_with_a_path_finds_a_space(account, ada, pat, foreign, development):
    """404 for every one of them, never a redirect, a crash or another object (security.md, row 11)."""
    own = create_space(ada.actor, development, name="Ours").pk
    id = own if account == "own" else foreign["space"]
    assert call("GET", f"/v1/spaces/{own}", pat).status_code == 200

    for prefix in ("/v1/spaces/", "/api/v1/spaces/", "/v1/environments/", "/v1/users/", "/v1/events/"):
        for trick in TRICKS:
            refused(call("GET", prefix + trick.replace("{}", id), pat), 404, "not_found")
