"""Environments by API: list, create, read, change, delete, and what goes with one."""

import pytest
import time_machine

from environments.actions import create_environment, create_key, set_secret
from environments.models import ApiKey, Environment, Secret
from events.models import Event
from lib.ids import new_id
from spaces.actions import create_space
from spaces.models import Space
from tests.knock import alike, at_once, call, refused, shown
from tokens.actions import create_client

LIST = "/v1/environments"
FIELDS = {"id", "accountId", "name", "isProd", "guestAuthentication", "features", "metadata"}


def at(environment):
    return f"{LIST}/{environment.pk}"


@pytest.mark.django_db
def test_the_list_has_the_fields_and_the_paging_the_sdk_reads(pat, development, production):
    answer = call("GET", LIST, pat)

    assert [one["id"] for one in shown(answer)] == [development.pk, production.pk]
    assert all(one.keys() >= FIELDS for one in shown(answer))
    assert answer.json()["pagination"] == {"currentPage": 1, "pageCount": 1, "totalCount": 2}


@pytest.mark.django_db
def test_a_secret_key_lists_its_own_environment_alone(secret_key, development):
    answer = call("GET", LIST, secret_key)

    assert [one["id"] for one in shown(answer)] == [development.pk]
    assert answer.json()["pagination"]["totalCount"] == 1


@pytest.mark.django_db
def test_a_new_environment_is_whole(pat, northwind):
    body = {
        "name": "staging",
        "isProd": False,
        "guestAuthentication": ["magic_link"],
        "metadata": {"region": "eu", "deep": {"list": [1, None, "é"]}},
        "translationsPath": "https://example.com/{lng}.json",
        "namespaces": ["space:one"],
        "languageOverride": "de",
    }

    made = shown(call("POST", LIST, pat, body))

    assert made == made | body
    assert made["accountId"] == northwind.account.pk
    assert shown(call("GET", f"{LIST}/{made['id']}", pat)) == made


@pytest.mark.django_db
def test_guests_come_in_both_ways_unless_told_otherwise(pat):
    assert shown(call("POST", LIST, pat, {"name": "a", "isProd": False}))["guestAuthentication"] == [
        "magic_link",
        "shared_link",
    ]
    none = shown(call("POST", LIST, pat, {"name": "b", "isProd": False, "guestAuthentication": []}))
    assert none["guestAuthentication"] == []


@pytest.mark.django_db
def test_a_new_environment_has_one_key_of_each_type(pat):
    made = shown(call("POST", LIST, pat, {"name": "staging", "isProd": False}))

    keys = shown(call("GET", f"/v1/auth/api-keys?environmentId={made['id']}", pat))
    assert sorted(key["type"] for key in keys) == ["PUBLISHABLE", "SECRET"]
    secret = ApiKey.objects.get(environment_id=made["id"], type="SECRET").text
    assert shown(call("GET", "/v1/auth/whoami", secret))["environmentId"] == made["id"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": "a"}, "isProd"),
        ({"name": "", "isProd": False}, "name"),
        ({"name": "   ", "isProd": False}, "name"),
        ({"name": "a" * 256, "isProd": False}, "name"),
        ({"name": None, "isProd": False}, "name"),
        ({"name": 7, "isProd": False}, "name"),
        ({"name": ["a"], "isProd": False}, "name"),
        ({"name": "a", "isProd": "yes"}, "isProd"),
        ({"name": "a", "isProd": 1}, "isProd"),
        ({"name": "a", "isProd": None}, "isProd"),
        ({"name": "a", "isProd": False, "guestAuthentication": ["password"]}, "guestAuthentication"),
        ({"name": "a", "isProd": False, "guestAuthentication": ["magic_link"] * 2}, "guestAuthentication"),
        ({"name": "a", "isProd": False, "guestAuthentication": "magic_link"}, "guestAuthentication"),
        ({"name": "a", "isProd": False, "metadata": []}, "metadata"),
        ({"name": "a", "isProd": False, "metadata": "x"}, "metadata"),
        ({"name": "a", "isProd": False, "namespaces": [1]}, "namespaces[0]"),
        ({"name": "a", "isProd": False, "namespaces": ["a"] * 101}, "namespaces"),
        ({"name": "a", "isProd": False, "languageOverride": "x" * 36}, "languageOverride"),
        ({"name": "a", "isProd": False, "translationsPath": "x" * 1025}, "translationsPath"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_made(pat, body, field):
    error = refused(call("POST", LIST, pat, body), 400)

    assert error["key"].startswith(field.split("[")[0])
    assert Environment.objects.count() == 2


@pytest.mark.django_db
def test_a_name_is_taken_once_per_account_and_free_in_the_next(pat, sam, password_token):
    assert refused(call("POST", LIST, pat, {"name": "development", "isProd": False}), 409)["key"] == "name"
    body = {"name": "staging", "isProd": False}

    assert call("POST", LIST, pat, body).status_code == 200
    assert call("POST", LIST, password_token(sam), body).status_code == 200


@pytest.mark.django_db
def test_a_patch_changes_what_it_names_and_answers_bare_and_wrapped(pat, development):
    answer = call("PATCH", at(development), pat, {"name": "sandbox", "metadata": {"a": 1}}).json()

    assert (answer["name"], answer["metadata"]) == ("sandbox", {"a": 1})
    assert answer["data"] == {name: value for name, value in answer.items() if name != "data"}
    assert answer["guestAuthentication"] == development.guest_authentication


@pytest.mark.django_db
def test_metadata_is_replaced_as_a_whole(pat, development):
    call("PATCH", at(development), pat, {"metadata": {"a": 1, "b": 2}})

    assert call("PATCH", at(development), pat, {"metadata": {"b": 3}}).json()["metadata"] == {"b": 3}


@pytest.mark.django_db
def test_a_patch_that_changes_nothing_leaves_no_trace(pat, development):
    before = Event.objects.count()

    assert call("PATCH", at(development), pat, {"name": development.name}).status_code == 200
    assert call("PATCH", at(development), pat, {}).status_code == 200

    assert Event.objects.count() == before


@pytest.mark.django_db
def test_what_is_fixed_stays_as_it_is(pat, development, lumen):
    before = Environment.objects.filter(pk=development.pk).values().get()
    fixed = {"id": new_id("us_env_"), "accountId": lumen.account.pk, "features": {"x": True}, "createdAt": "2000-01-01"}

    assert call("PATCH", at(development), pat, fixed | {"account": lumen.account.pk, "pk": "x"}).status_code == 200

    assert Environment.objects.filter(pk=development.pk).values().get() == before


@pytest.mark.django_db
def test_an_environment_cannot_become_another(pat, development, production):
    refused(call("PATCH", at(development), pat, {"environmentId": production.pk}), 400)
    assert call("PATCH", at(development), pat, {"environmentId": development.pk}).status_code == 200


@pytest.mark.django_db
def test_its_secret_key_may_change_it_and_no_other(secret_key, development, production):
    assert call("PATCH", at(development), secret_key, {"name": "sandbox"}).json()["name"] == "sandbox"
    refused(call("PATCH", at(production), secret_key, {"name": "sandbox2"}), 404)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "body"), [("GET", {}), ("PATCH", {"name": "x"}), ("DELETE", {})])
def test_a_foreign_environment_looks_like_a_missing_one(pat, lumen, method, body):
    foreign = call(method, at(lumen.environments[0]), pat, body)

    refused(foreign, 404, "not_found")
    assert alike(foreign) == alike(call(method, f"{LIST}/{new_id('us_env_')}", pat, body))
    assert Environment.objects.filter(account=lumen.account).count() == 2


@pytest.mark.django_db
def test_deleting_ends_everything_in_it_at_once_and_keeps_its_log(pat, ada, development, production, secret_key):
    create_space(ada.actor, development)
    set_secret(ada.actor, development, name="A", value="b")
    other = create_key(ada.actor, production, type="SECRET").secret
    create_space(ada.actor, production)

    assert shown(call("DELETE", at(development), pat)) == {"success": True}

    refused(call("GET", "/v1/spaces", secret_key), 401, "invalid_credential")
    assert call("GET", "/v1/spaces", other).status_code == 200
    for model, left in ((ApiKey, 3), (Space, 1), (Secret, 0)):
        assert model.objects.count() == left
        assert not model.objects.filter(environment_id=development.pk).exists()
    assert Event.objects.filter(environment_id=development.pk, topic="space:created").exists()
    assert Event.objects.get(topic="environment:deleted").subject_label == "development"


@pytest.mark.django_db
def test_production_is_not_for_pats_and_client_pairs(pat, ada, client_token, production):
    for credential in (pat, client_token(create_client(ada.actor))):
        error = refused(call("DELETE", at(production), credential), 403, "forbidden")

        assert (error["action"], error["rule"]) == ("environments.delete_environment", "kind")
    assert Environment.objects.count() == 2


@pytest.mark.django_db
def test_production_is_deleted_with_a_fresh_password_alone(ada, password_token, development, production):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        token = password_token(ada)
        clock.shift(10 * 60)
        refused(call("DELETE", at(production), token), 403, "fresh_proof_required")
        assert call("GET", at(production), token).status_code == 200

        assert shown(call("DELETE", at(production), password_token(ada))) == {"success": True}


@pytest.mark.django_db
def test_the_last_environment_stays(pat, development, production):
    Environment.objects.filter(pk=production.pk).delete()

    refused(call("DELETE", at(development), pat), 409, "last_environment")


@pytest.mark.django_db(transaction=True)
def test_of_two_environments_deleted_at_once_one_stays(ada, pat, development):
    other = create_environment(ada.actor, name="staging")
    Environment.objects.filter(is_prod=True).delete()

    answers = at_once([lambda one=one: call("DELETE", at(one), pat).status_code for one in (development, other)])

    assert sorted(answers) == [200, 409]
    assert Environment.objects.count() == 1


def test_the_log_calls_an_environment_by_the_name_it_got(ada):
    create_environment(ada.actor, name="  Acceptance tests ")

    payload = Event.objects.get(topic="environment:created", subject_label="Acceptance tests").payload
    assert (payload["name"], payload["slug"]) == ("Acceptance tests", "acceptance-tests")
