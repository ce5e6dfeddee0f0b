"""What a request costs the database: one query for a key, two for an access token, none for nonsense."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member, User
from environments.models import ApiKey, Environment
from events.models import Event
from lib import crypto
from spaces.models import Space
from tests.knock import call
from tokens.actions import create_client
from tokens.models import PersonalAccessToken

pytestmark = pytest.mark.django_db


def queries(credential, path="/v1/auth/whoami"):
    """The statements of one request, of which the first of a minute has been made before."""
    call("GET", path, credential)
    with CaptureQueriesContext(connection) as captured:
        answer = call("GET", path, credential)
    assert answer.status_code in (200, 401)
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_a_key_is_one_query(secret_key, publishable_key):
    assert len(queries(secret_key)) == 1
    assert len(queries(publishable_key)) == 1


def test_a_personal_access_token_is_one_query_with_its_owner_roles_and_parents(pat):
    child = call("POST", "/v1/auth/personal-access-tokens", pat, {"name": "Child"}).json()["data"]["token"]

    assert len(queries(pat)) == 1
    assert len(queries(child)) == 1


def test_an_access_token_is_its_signing_key_and_its_row(ada, password_token, client_token):
    for token in (password_token(ada), client_token(create_client(ada.actor))):
        assert len(queries(token)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "junk",
        "sk_",
        "sk_" + "a" * 36,
        "pk_" + "a" * 36,
        "pat_" + "a" * 36,
        "pat_" + "é" * 36,
        "eyJ",
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6IngifQ.e30.AAAA",
        "eyJ" + "a" * 10_000,
    ],
)
def test_what_is_malformed_is_no_query_at_all(text):
    assert queries(text) == []


def test_a_well_formed_stranger_is_one_query(northwind):
    for prefix in ("sk_", "pk_", "pat_"):
        assert len(queries(crypto.mint_token(prefix))) == 1


@pytest.mark.parametrize("path", ["/healthz", "/v1/nothing", "/v1/spaces/x/y"])
def test_what_needs_nobody_asks_nothing(northwind, pat, path):
    with CaptureQueriesContext(connection) as captured:
        call("GET", path, pat)

    assert list(captured) == []


def test_the_last_use_is_written_at_most_once_a_minute(ada, pat, secret_key, development):
    def writes(credential):
        with CaptureQueriesContext(connection) as captured:
            call("GET", "/v1/auth/whoami", credential)
        return sum(query["sql"].lstrip().startswith("UPDATE") for query in captured)

    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        for credential in (pat, secret_key):
            counts = []
            for seconds in (0, 1, 29, 29, 2, 1, 58, 2):
                clock.shift(seconds)
                counts.append(writes(credential))

            assert counts == [1, 0, 0, 0, 1, 0, 0, 1]


def test_the_last_use_says_when_from_where_and_with_what(development, secret_key):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False):
        call("GET", "/v1/spaces", secret_key, REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="curl/8")

    key = development.keys.get(type=ApiKey.Type.SECRET)
    assert key.last_used_at.isoformat() == "2030-01-01T12:00:00+00:00"
    assert (key.last_used_ip, key.last_used_client) == ("203.0.113.9", "curl/8")


def many(northwind, ada, development, number):
    """That many more of everything that is listed."""
    account, now = northwind.account, timezone.now()
    Space.objects.bulk_create(Space(account=account, environment=development, name="x") for _ in range(number))
    Environment.objects.bulk_create(Environment(account=account, name=f"e{now.timestamp()}-{n}") for n in range(number))
    users = User.objects.bulk_create(User(email=f"u{now.timestamp()}-{n}@x.example") for n in range(number))
    Member.objects.bulk_create(Member(account=account, user=user, name="x") for user in users)
    Event.objects.bulk_create(
        Event(account_id=account.pk, topic="t", domain="d", audience="data", environment_id=development.pk)
        for _ in range(number)
    )
    PersonalAccessToken.objects.bulk_create(
        PersonalAccessToken(account=account, member=ada.member, name="x", digest=f"{now.timestamp()}-{n}")
        for n in range(number)
    )
    keys = [
        ApiKey(account=account, environment=development, type="SECRET", name="x", digest=f"{now.timestamp()}-{n}")
        for n in range(number)
    ]
    for key in keys:
        key.sealed = crypto.seal("sk_x", key.pk)
    ApiKey.objects.bulk_create(keys)


LISTS = [
    "/v1/spaces?pageSize=100",
    "/v1/spaces?pageSize=100&after=",
    "/v1/environments?pageSize=100",
    "/v1/guests?pageSize=100",
    "/v1/users?pageSize=100",
    "/v1/events?pageSize=100",
    "/v1/events?pageSize=100&after=",
    "/v1/auth/personal-access-tokens",
    "/v1/auth/api-keys?environmentId={0}",
]


def test_a_list_costs_the_same_with_ten_rows_and_with_a_thousand(northwind, ada, development, pat):
    paths = [path.format(development.pk) for path in LISTS]
    many(northwind, ada, development, 10)
    with_ten = {path: len(queries(pat, path)) for path in paths}

    many(northwind, ada, development, 990)

    assert {path: len(queries(pat, path)) for path in paths} == with_ten
    assert max(with_ten.values()) <= 4


def test_a_late_page_of_the_log_costs_what_the_first_does(northwind, development, pat):
    start = timezone.now() + timedelta(days=1)
    Event.objects.bulk_create(
        Event(
            account_id=northwind.account.pk,
            topic="t",
            domain="d",
            audience="data",
            created_at=start + timedelta(seconds=n),
        )
        for n in range(500)
    )
    after, costs = "", []
    for _ in range(5):
        path = f"/v1/events?pageSize=100&after={after}"
        costs.append(len(queries(pat, path)))
        after = call("GET", path, pat).json()["next"]

    assert len(set(costs)) == 1


MOST = 12  # queries of a page of the dashboard, session included


def test_the_pages_of_keys_and_tokens_cost_the_same_with_ten_rows_and_with_a_thousand(
    northwind, ada, development, browser_of
):
    paths = (f"/dashboard/{development.pk}/keys-and-secrets", "/dashboard/personal-access-tokens", "/dashboard/spaces")
    browser = browser_of(ada)

    def cost(path):
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(path).status_code == 200
        return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    many(northwind, ada, development, 10)
    with_ten = [cost(path) for path in paths]
    many(northwind, ada, development, 990)

    assert [cost(path) for path in paths] == with_ten
    assert max(with_ten) <= MOST
