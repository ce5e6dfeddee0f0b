"""`manage.py bootstrap`: one account, whole, its credentials printed once and all of them good."""

import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Account, Member, User
from conftest import PASSWORD
from environments.models import ApiKey, Environment
from events.models import Event
from tests.knock import call, refused, shown
from tokens.models import ClientCredential, PersonalAccessToken


@pytest.fixture
def bootstrap(db, capsys):
    """Runs the command with these options and reads what it prints."""

    def bootstrap(account="Northwind", email="ada@northwind.example", **options):
        call_command("bootstrap", account=account, email=email, password=PASSWORD, json=True, **options)
        return json.loads(capsys.readouterr().out)

    return bootstrap


def test_it_prints_exactly_what_tools_rely_on(bootstrap):
    printed = bootstrap(name="Ada Marsh")

    assert printed.keys() == {"account", "user", "environments", "personalAccessToken", "client"}
    assert printed["account"].keys() == {"id", "name"}
    assert printed["user"] == {
        "id": Member.objects.get().pk,
        "email": "ada@northwind.example",
        "name": "Ada Marsh",
    }
    assert [one.keys() for one in printed["environments"]] == [
        {"id", "name", "isProd", "secretKey", "publishableKey"}
    ] * 2
    assert printed["client"].keys() == {"clientId", "secret"}


def test_it_prints_one_line_of_json(bootstrap, capsys):
    call_command("bootstrap", account="Northwind", email="ada@northwind.example", password=PASSWORD, json=True)

    assert capsys.readouterr().out.count("\n") == 1


def test_the_environments_are_development_and_production(bootstrap):
    printed = bootstrap()["environments"]

    assert [(one["name"], one["isProd"]) for one in printed] == [("development", False), ("production", True)]


def test_every_printed_credential_opens_what_it_should(bootstrap):
    printed = bootstrap()

    for environment in printed["environments"]:
        assert shown(call("GET", "/v1/auth/whoami", environment["secretKey"]))["environmentId"] == environment["id"]
        assert (
            shown(call("POST", "/v1/spaces", environment["publishableKey"], {}))["environmentId"] == environment["id"]
        )
    assert shown(call("GET", "/v1/auth/whoami", printed["personalAccessToken"]))["id"] == printed["user"]["id"]
    assert call("POST", "/v1/auth", body=printed["client"]).status_code == 200
    assert call("POST", "/v1/auth", body={"email": printed["user"]["email"], "password": PASSWORD}).status_code == 200


def test_the_first_person_is_an_administrator(bootstrap):
    printed = bootstrap()

    whoami = shown(call("GET", "/v1/auth/whoami", printed["personalAccessToken"]))

    assert whoami["roles"] == [{"role": "Admin", "resourceId": printed["account"]["id"]}]


def test_running_it_again_with_another_name_makes_a_second_tenant(bootstrap):
    first, second = bootstrap(), bootstrap("Lumen", "sam@lumen.example")

    seen = shown(call("GET", "/v1/environments", second["personalAccessToken"]))
    assert {one["id"] for one in seen} == {one["id"] for one in second["environments"]}
    assert first["account"]["id"] != second["account"]["id"]


@pytest.mark.parametrize("email", ["ada@northwind.example", "ADA@Northwind.Example", "ａda@northwind.example"])
def test_the_same_person_is_refused_and_nothing_is_made(bootstrap, email):
    bootstrap()

    with pytest.raises(CommandError, match="already exists"):
        bootstrap("Lumen", email)

    assert (Account.objects.count(), User.objects.count(), Environment.objects.count()) == (1, 1, 2)


def test_an_address_that_is_none_is_refused(bootstrap):
    with pytest.raises(CommandError, match="e-mail address"):
        bootstrap(email="ada")


def test_what_it_did_is_on_record_with_its_reason(bootstrap):
    bootstrap()

    opened = Event.objects.get(topic="account:created")
    assert (opened.actor_kind, opened.actor_label) == ("system", "manage.py bootstrap")
    assert Event.objects.filter(topic="api-key:created").count() == 4
    assert Event.objects.filter(topic="personal-access-token:created").count() == 1


def test_nothing_it_prints_stands_in_the_database_as_it_is(bootstrap):
    printed = bootstrap()

    rows = [
        *ApiKey.objects.values(),
        *PersonalAccessToken.objects.values(),
        *ClientCredential.objects.values(),
        *User.objects.values(),
        *Event.objects.values(),
    ]
    stored = repr([{name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()} for row in rows])
    secrets = [printed["personalAccessToken"], printed["client"]["secret"], PASSWORD]
    secrets += [one[key] for one in printed["environments"] for key in ("secretKey", "publishableKey")]
    assert not [secret for secret in secrets if secret in stored]


def test_the_first_start_opens_an_account_once_and_prints_what_works(db, capsys):
    call_command("first_start")
    first = capsys.readouterr().out
    call_command("first_start")
    second = capsys.readouterr().out

    words = first.split()
    password = words[words.index("Password") + 1]
    token = next(word.strip('"') for word in words if word.startswith("pat_"))
    assert call("GET", "/api/v1/spaces", token).status_code == 200
    assert call("POST", "/v1/auth", body={"email": "admin@example.com", "password": password}).status_code == 200
    assert "Password" not in second
    assert Account.objects.count() == 1


def test_a_password_of_the_first_start_is_wrong_for_anybody_else(db, capsys):
    call_command("first_start")

    refused(call("POST", "/v1/auth", body={"email": "admin@example.com", "password": PASSWORD}), 401, "bad_proof")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "too short"),
        ("1q2w3e4r5t6y7u8i9o0p", "too common"),
        ("ada@northwind.example", "too similar"),
        ("123456789987654321", "too common"),
        ("a" * 1025, "1024"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason_and_nothing_is_made(db, password, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("bootstrap", account="Northwind", email="ada@northwind.example", password=password, json=True)

    assert not Account.objects.exists()
    assert not User.objects.exists()


def test_a_name_that_cannot_be_read_is_refused(bootstrap):
    for given in ({"account": "a\u202eb"}, {"name": "a\x1b[31m"}):
        with pytest.raises(CommandError, match="cannot be seen"):
            bootstrap(**given)

    assert not Account.objects.exists()
