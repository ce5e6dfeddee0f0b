"""Writing the log: each change and each refusal is exactly one row, in the deed's own transaction, without a secret."""

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from access.actions import DEEDS, Action
from access.actors import Actor
from accounts.actions import change_password, reset_password
from accounts.models import User
from conftest import PASSWORD
from environments import actions as environments
from environments.models import ApiKey, Environment, Secret
from events.models import Event
from spaces.actions import create_space
from spaces.models import Space
from tests.knock import call, refused, shown
from tokens import actions as tokens
from tokens.models import ClientCredential, PersonalAccessToken, SigningKey

pytestmark = pytest.mark.django_db

NEW = "an entirely different long password"
CHANGED = (Environment, ApiKey, Secret, Space, PersonalAccessToken, ClientCredential, SigningKey, User)


# What is done, and the one topic it leaves.
DEEDS_OF_ADA = {
    "environment:updated": lambda ada, env: environments.update_environment(ada, env, name="sandbox"),
    "environment:deleted": lambda ada, env: environments.delete_environment(ada, env),
    "api-key:created": lambda ada, env: environments.create_key(ada, env, type="SECRET"),
    "api-key:revealed": lambda ada, env: environments.reveal_key(ada, env.keys.get(type="SECRET")),
    "api-key:renamed": lambda ada, env: environments.rename_key(ada, env.keys.get(type="SECRET"), name="Web"),
    "api-key:deleted": lambda ada, env: environments.revoke_key(ada, env.keys.get(type="SECRET")),
    "secret:created": lambda ada, env: environments.set_secret(ada, env, name="A", value="b"),
    "space:created": lambda ada, env: create_space(ada, env),
    "personal-access-token:created": lambda ada, env: tokens.create_token(ada, name="CI"),
    "client-credential:created": lambda ada, env: tokens.create_client(ada),
    "password:changed": lambda ada, env: change_password(ada, User.objects.get(), NEW),
    "password:reset": lambda ada, env: reset_password(ada, User.objects.get(), NEW),
    "signing-key:rotated": lambda ada, env: tokens.rotate_signing_key(Actor.system("test", timezone.now())),
}


@pytest.mark.parametrize("topic", DEEDS_OF_ADA)
def test_a_change_is_exactly_one_row(ada, development, topic):
    before = set(Event.objects.values_list("pk", flat=True))

    DEEDS_OF_ADA[topic](ada.actor, development)

    (event,) = Event.objects.exclude(pk__in=before)
    assert (event.topic, event.refused) == (topic, False)
    assert event.account_id == ada.member.account_id
    assert event.rule
    assert (event.domain, event.audience) == (DEEDS[Action(event.action)].domain, DEEDS[Action(event.action)].audience)


@pytest.mark.parametrize("topic", DEEDS_OF_ADA)
def test_a_change_that_is_rolled_back_leaves_no_row(ada, development, topic):
    before = Event.objects.count()

    with transaction.atomic():
        DEEDS_OF_ADA[topic](ada.actor, development)
        transaction.set_rollback(True)

    assert Event.objects.count() == before


def full(execute, sql, *rest):
    """A database that can write everything but the log."""
    if 'INTO "events_event"' in sql:
        raise OperationalError("the disk is full")
    return execute(sql, *rest)


@pytest.mark.parametrize("topic", DEEDS_OF_ADA)
def test_a_change_whose_row_cannot_be_written_does_not_happen(ada, development, topic):
    def everything():
        return [list(model.objects.order_by("pk").values()) for model in CHANGED]

    before = everything()

    with connection.execute_wrapper(full), pytest.raises(OperationalError):
        DEEDS_OF_ADA[topic](ada.actor, development)

    assert everything() == before


def test_an_environment_and_its_keys_are_one_row_each(ada):
    before = Event.objects.count()

    environments.create_environment(ada.actor, name="staging")

    assert Event.objects.count() == before + 3
    assert Event.objects.filter(topic="api-key:created", environment_label="staging").count() == 2


def test_a_row_says_who_with_what_from_where_and_on_which_request(pat, ada, development):
    answer = call(
        "PATCH",
        f"/v1/environments/{development.pk}",
        pat,
        {"name": "sandbox"},
        REMOTE_ADDR="203.0.113.9",
        HTTP_USER_AGENT="curl/8\x1b[31m",
    )

    event = Event.objects.get(topic="environment:updated")
    token = ada.member.tokens.get()
    assert (event.actor_id, event.actor_kind, event.actor_label) == (ada.member.pk, "member", "Ada Marsh")
    assert (event.credential_kind, event.credential_id, event.credential_hint) == ("pat", token.pk, token.hint)
    assert (event.ip, event.client, event.request_id) == ("203.0.113.9", "curl/8[31m", answer["X-Request-Id"])
    assert (event.subject_kind, event.subject_id, event.subject_label) == ("environment", development.pk, "sandbox")
    assert event.payload["changes"] == [{"field": "name", "previousValue": "development", "newValue": "sandbox"}]


def test_a_row_of_a_key_names_the_key(secret_key, development):
    call("POST", "/v1/spaces", secret_key, {"name": "Acme"})

    event = Event.objects.get(topic="space:created")
    key = development.keys.get(type=ApiKey.Type.SECRET)
    assert (event.actor_id, event.actor_kind, event.credential_hint) == (key.pk, "key", key.hint)


def test_a_refused_right_is_one_row_that_says_why(secret_key, development, pat):
    before = Event.objects.count()

    refused(call("POST", f"/v1/auth/api-key?environmentId={development.pk}&type=SECRET", secret_key), 403)

    assert Event.objects.count() == before + 1
    (event,) = shown(call("GET", "/v1/events?topic=access:refused", pat))
    assert event["outcome"] == {
        "refused": True,
        "action": "environments.create_key",
        "rule": "kind",
        "reason": "A secret key can never do this.",
    }
    assert event["actor"]["type"] == "key"


def test_a_refused_page_is_on_record_too(uma, browser_of, development):
    browser = browser_of(uma)

    browser.post(f"/dashboard/{development.pk}/keys", {"type": "SECRET", "name": "Web"})

    rows = Event.objects.filter(topic="access:refused", actor_id=uma.member.pk)
    assert [row.action for row in rows] == ["environments.create_key"]


def test_what_is_not_found_or_not_valid_or_from_nobody_is_no_row(pat, lumen):
    before = Event.objects.count()

    refused(call("GET", f"/v1/environments/{lumen.environments[0].pk}", pat), 404)
    refused(call("POST", "/v1/environments", pat, {}), 400)
    refused(call("POST", "/v1/environments"), 401)
    refused(call("PUT", "/v1/environments", pat), 405)

    assert Event.objects.count() == before


def test_a_failed_sign_in_is_one_row_also_for_an_unknown_address(ada):
    for email in (ada.email, "nobody@northwind.example", "not an address"):
        refused(call("POST", "/v1/auth", body={"email": email, "password": "wrong"}), 401)

    rows = Event.objects.filter(topic="sign-in:refused").order_by("created_at", "pk")
    assert [(row.account_id, row.subject_label) for row in rows] == [
        (ada.member.account_id, ada.email),
        (None, "nobody@northwind.example"),
        (None, "not an address"),
    ]


def test_no_account_reads_of_failures_that_belong_to_none(pat):
    refused(call("POST", "/v1/auth", body={"email": "nobody@northwind.example", "password": "wrong"}), 401)

    assert shown(call("GET", "/v1/events?topic=sign-in:refused", pat)) == []


def test_a_failed_exchange_of_a_pair_is_one_row_of_its_account(ada, pat):
    issued = tokens.create_client(ada.actor)

    refused(call("POST", "/v1/auth", body={"clientId": issued.client.client_id, "secret": "wrong"}), 401)

    (event,) = shown(call("GET", "/v1/events?topic=exchange:refused", pat))
    assert event["outcome"]["rule"] == "bad_proof"


def test_no_row_holds_a_secret(ada, browser_of, development, pat, password_token, secret_key):
    issued = tokens.create_client(ada.actor)
    value = "a-secret-value-of-an-environment"
    call("POST", "/v1/secrets", secret_key, {"name": "A", "value": value})
    raw = shown(call("POST", f"/v1/auth/api-key?environmentId={development.pk}&type=SECRET", pat))[0]["rawKey"]
    call("DELETE", f"/v1/auth/api-key?environmentId={development.pk}&key={raw}", pat)
    call("GET", "/v1/spaces", raw)
    call("POST", "/v1/auth", body={"email": ada.email, "password": "a wrong but telling password"})
    call("POST", "/v1/auth", body={"clientId": issued.client.client_id, "secret": issued.secret[:-1] + "x"})
    access = password_token(ada)
    browser_of(ada).get("/dashboard/environments")

    text = str(list(Event.objects.values()))

    secrets = [issued.secret, value, raw, pat, access, secret_key, PASSWORD, "a wrong but telling", issued.secret[:-1]]
    assert [secret for secret in secrets if secret in text] == []


def test_the_database_refuses_a_deed_without_an_account(db):
    with pytest.raises(IntegrityError, match="only_a_refusal_may_belong_to_no_account"), transaction.atomic():
        Event.objects.create(topic="t", domain="d", audience="data")
