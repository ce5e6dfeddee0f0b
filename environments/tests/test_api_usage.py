"""How much the keys of an environment are used: counted at the door, shown by API."""

from datetime import UTC, datetime

import pytest
import time_machine

from environments.actions import create_key, revoke_key
from environments.models import ApiKey
from events.models import Usage
from events.usage import meter
from tests.knock import call, refused, shown
from tokens.actions import create_client, create_token

pytestmark = pytest.mark.django_db

NOON = "2030-01-15T12:00:00Z"


def at(environment, query=""):
    return f"/v1/environments/{environment.pk}/usage{query}"


def knock(times, *credentials):
    for credential in credentials:
        for _ in range(times):
            call("GET", "/v1/auth/whoami", credential)
    meter.flush()


def busy(environment, keys):
    """So many keys used today: the first once, the second twice, …"""
    Usage.objects.bulk_create(
        Usage(
            account_id=environment.account_id,
            environment=environment,
            credential_id=f"us_key_{number:022}",
            kind="secret_key",
            day=datetime.now(UTC).date(),
            count=number,
        )
        for number in range(1, keys + 1)
    )


@pytest.fixture
def reader(ada):
    """A token of an administrator; its own requests belong to no environment."""
    return create_token(ada.actor, name="Reader").secret


def test_usage_is_told_by_day_and_by_key(ada, development, secret_key, publishable_key):
    with time_machine.travel("2030-01-13T23:59:00Z", tick=False) as clock:
        knock(2, secret_key)
        clock.move_to(NOON)
        knock(3, secret_key)
        knock(1, publishable_key)

        answer = shown(call("GET", at(development, "?days=3"), create_token(ada.actor, name="Reader").secret))

    secret, publishable = (development.keys.get(type=type) for type in ("SECRET", "PUBLISHABLE"))
    assert answer == {
        "environmentId": development.pk,
        "countsTowardCredits": False,
        "total": 6,
        "days": [
            {"day": "2030-01-13", "count": 2},
            {"day": "2030-01-14", "count": 0},
            {"day": "2030-01-15", "count": 4},
        ],
        "keys": [
            {"id": secret.pk, "name": secret.name, "type": "SECRET", "count": 5},
            {"id": publishable.pk, "name": publishable.name, "type": "PUBLISHABLE", "count": 1},
        ],
        "otherKeys": 0,
        "others": 0,
    }


def test_usage_is_of_fourteen_days_unless_asked_for_others(reader, development):
    assert len(shown(call("GET", at(development), reader))["days"]) == 14
    assert len(shown(call("GET", at(development, "?days=90"), reader))["days"]) == 90


@pytest.mark.parametrize("query", ["?days=0", "?days=91", "?days=x", "?days=1&days=2", "?day=3", "?days=1.0"])
def test_other_questions_are_refused(reader, development, query):
    refused(call("GET", at(development, query), reader), 400)


def test_production_counts_towards_credits(reader, production):
    assert shown(call("GET", at(production), reader))["countsTowardCredits"] is True


def test_a_token_confined_to_the_environment_counts_there_without_its_name(ada, reader, development, production):
    confined = create_token(ada.actor, name="Whose business", environment=development)
    knock(2, confined.secret)

    answer = call("GET", at(development), reader)

    assert (shown(answer)["others"], shown(answer)["total"], shown(answer)["keys"]) == (2, 2, [])
    assert b"Whose business" not in answer.content
    assert shown(call("GET", at(production), reader))["total"] == 0


def test_every_kind_of_bearer_is_counted_under_its_own_id(
    ada, pat, secret_key, publishable_key, password_token, client_token, development
):
    knock(1, pat, secret_key, publishable_key, password_token(ada), client_token(create_client(ada.actor)))

    kinds = dict(Usage.objects.values_list("kind", "environment"))
    assert kinds == {
        "pat": None,
        "password": None,
        "client": None,
        "secret_key": development.pk,
        "publishable_key": development.pk,
    }
    assert set(Usage.objects.values_list("count", flat=True)) == {1}


def test_a_refused_deed_counts_and_a_refused_credential_does_not(ada, development, publishable_key):
    dead = create_key(ada.actor, development, type=ApiKey.Type.SECRET)
    revoke_key(ada.actor, dead.key)

    refused(call("GET", "/v1/spaces", publishable_key), 403)
    refused(call("GET", "/v1/spaces", dead.secret), 401)
    refused(call("GET", "/v1/spaces"), 401)
    meter.flush()

    assert [(row.kind, row.count) for row in Usage.objects.all()] == [("publishable_key", 1)]


def test_a_deleted_key_is_still_told_by_its_name(ada, reader, development):
    gone = create_key(ada.actor, development, type=ApiKey.Type.SECRET, name="Gone")
    knock(1, gone.secret)
    revoke_key(ada.actor, gone.key)

    assert [key["name"] for key in shown(call("GET", at(development), reader))["keys"]] == ["Gone"]


def test_keys_beyond_the_hundred_busiest_are_told_together(reader, development):
    busy(development, 103)

    answer = shown(call("GET", at(development), reader))

    assert (len(answer["keys"]), answer["otherKeys"], answer["total"]) == (100, 1 + 2 + 3, 103 * 104 // 2)
    assert answer["keys"][0]["count"] == 103


def test_another_account_sees_nothing(sam, lumen, development, secret_key):
    knock(2, secret_key)
    stranger = create_token(sam.actor, name="Stranger").secret

    refused(call("GET", at(development), stranger), 404)
    assert shown(call("GET", at(lumen.environments[0]), stranger))["total"] == 0


def test_who_may_not_see_the_keys_sees_no_usage(uma, development, secret_key):
    token = create_token(uma.actor, name="Uma's").secret

    assert refused(call("GET", at(development), token), 403)["action"] == "events.view_usage"
    assert refused(call("GET", at(development), secret_key), 403)["action"] == "events.view_usage"


def test_a_scope_for_keys_opens_usage_and_no_other_does(ada, development):
    for scope, status in (("keys:read", 200), ("keys:write", 200), ("events:read", 403)):
        token = create_token(ada.actor, name="Limited", scopes=[scope]).secret
        assert call("GET", at(development), token).status_code == status


def test_usage_costs_the_same_with_a_thousand_keys(reader, development, django_assert_max_num_queries):
    busy(development, 1000)
    call("GET", at(development), reader)

    with django_assert_max_num_queries(4):
        call("GET", at(development), reader)
