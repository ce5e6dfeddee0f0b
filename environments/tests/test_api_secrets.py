"""Secrets of an environment by API: read in clear by who may, sealed at rest."""

from urllib.parse import urlencode

import pytest

from environments.actions import set_secret
from environments.models import Secret
from events.models import Event
from guests.actions import delete_guest
from lib import crypto
from lib.ids import new_id
from spaces.actions import create_space, delete_space
from tests.knock import alike, call, refused, shown
from tests.places import make_guest

pytestmark = pytest.mark.django_db

SECRETS = "/v1/secrets"
VALUE = "xoxb-1234-a-slack-token"


@pytest.fixture
def secret(ada, development):
    return set_secret(ada.actor, development, name="SLACK_TOKEN", value=VALUE)


def test_a_secret_is_set_and_the_list_comes_back(secret_key, development):
    listed = shown(call("POST", SECRETS, secret_key, {"name": "SLACK_TOKEN", "value": VALUE}))

    assert listed == [
        {"id": Secret.objects.get().pk, "name": "SLACK_TOKEN", "value": VALUE, "environmentId": development.pk}
    ]


def test_a_new_value_replaces_the_old_under_the_same_id(pat, secret, development):
    body = {"name": "SLACK_TOKEN", "value": "another", "environmentId": development.pk}

    (listed,) = shown(call("POST", SECRETS, pat, body))

    assert (listed["id"], listed["value"]) == (secret.pk, "another")
    topics = Event.objects.filter(domain="secret").order_by("created_at", "pk").values_list("topic", flat=True)
    assert list(topics) == ["secret:created", "secret:updated"]


def test_a_key_reads_its_own_environment_and_a_pat_names_one(secret_key, pat, secret, development, production):
    assert [one["value"] for one in shown(call("GET", SECRETS, secret_key))] == [VALUE]
    assert [one["value"] for one in shown(call("GET", f"{SECRETS}?environmentId={development.pk}", pat))] == [VALUE]
    assert shown(call("GET", f"{SECRETS}?environmentId={production.pk}", pat)) == []
    assert refused(call("GET", SECRETS, pat), 400)["key"] == "environmentId"


def test_a_listener_that_names_space_and_actor_gets_the_environments(secret_key, ada, secret, development, production):
    space = create_space(ada.actor, development)
    elsewhere = create_space(ada.actor, production)

    for query in (f"spaceId={space.pk}", f"spaceId={space.pk}&actorId={ada.member.pk}", f"actorId={ada.member.pk}"):
        assert [one["id"] for one in shown(call("GET", f"{SECRETS}?{query}", secret_key))] == [secret.pk]
    refused(call("GET", f"{SECRETS}?spaceId={elsewhere.pk}", secret_key), 404)


def test_a_space_of_another_environment_than_the_one_named_is_refused(pat, ada, development, production):
    space = create_space(ada.actor, production)

    refused(call("GET", f"{SECRETS}?environmentId={development.pk}&spaceId={space.pk}", pat), 400)


def test_the_most_particular_secret_of_a_name_holds(secret_key, ada, development):
    space, guest = create_space(ada.actor, development), make_guest(development, "gwen@guest.example")
    of_space, of_actor = {"spaceId": space.pk}, {"actorId": guest.pk}
    for number, place in enumerate(({}, of_space, of_actor, of_space | of_actor)):
        shown(call("POST", SECRETS, secret_key, {"name": "TOKEN", "value": str(number), **place}))

    def read(**query):
        return [one["value"] for one in shown(call("GET", f"{SECRETS}?{urlencode(query)}", secret_key))]

    assert read() == ["0"]
    assert read(**of_space) == ["1"]
    assert read(**of_actor) == ["2"]
    assert read(**of_space, **of_actor) == ["3"]
    assert read(spaceId=create_space(ada.actor, development).pk, actorId=ada.member.pk) == ["0"]


def test_a_secret_says_whom_it_is_for_and_goes_with_them(pat, ada, development):
    space, guest = create_space(ada.actor, development), make_guest(development, "gwen@guest.example")
    body = {"name": "A", "value": "b", "environmentId": development.pk}
    (of_space,) = shown(call("POST", SECRETS, pat, body | {"spaceId": space.pk}))
    (of_actor,) = shown(call("POST", SECRETS, pat, body | {"actorId": guest.pk}))
    assert (of_space["spaceId"], of_actor["actorId"]) == (space.pk, guest.pk)

    delete_space(ada.actor, space)
    delete_guest(ada.actor, guest)

    assert not Secret.objects.exists()


def test_nobody_and_nothing_of_elsewhere_gets_a_secret(secret_key, ada, sam, development, production):
    elsewhere = {"spaceId": create_space(ada.actor, production).pk}
    strangers = [
        make_guest(production, "gwen@guest.example").pk,
        sam.member.pk,
        new_id("us_g_"),
        new_id("us_usr_"),
        "x",
    ]

    for place in (elsewhere, *({"actorId": id} for id in strangers)):
        refused(call("POST", SECRETS, secret_key, {"name": "A", "value": "b", **place}), 404)
    assert not Secret.objects.exists()


def test_a_new_value_keeps_whom_a_secret_is_for(browser_of, ada, development):
    space = create_space(ada.actor, development)
    browser, at = browser_of(ada), f"/dashboard/{development.pk}/spaces/{space.pk}"

    browser.post(f"{at}/secrets", {"name": "TOKEN", "value": "one"})
    secret = Secret.objects.get()
    answer = browser.post(f"/dashboard/{development.pk}/secrets/{secret.pk}/edit", {"value": "two"})

    assert answer["Location"] == at
    assert [(one.space_id, one.value) for one in Secret.objects.all()] == [(space.pk, "two")]
    assert f'id="{secret.pk}"' in browser.get(at).content.decode()
    assert f'id="{secret.pk}"' not in browser.get(f"/dashboard/{development.pk}/keys-and-secrets").content.decode()


def test_names_may_hold_spaces_and_end_without(pat, development):
    body = {"name": " My Slack token ", "value": " with spaces ", "environmentId": development.pk}

    (listed,) = shown(call("POST", SECRETS, pat, body))

    assert (listed["name"], listed["value"]) == ("My Slack token", " with spaces ")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": "A"}, "value"),
        ({"value": "b"}, "name"),
        ({"name": "", "value": "b"}, "name"),
        ({"name": "   ", "value": "b"}, "name"),
        ({"name": "a\nb", "value": "b"}, "name"),
        ({"name": "a\u200bb", "value": "b"}, "name"),
        ({"name": "a" * 1025, "value": "b"}, "name"),
        ({"name": "A", "value": ""}, "value"),
        ({"name": "A", "value": "b" * 1025}, "value"),
        ({"name": "A", "value": 7}, "value"),
        ({"name": "A", "value": {"b": 1}}, "value"),
        ({"name": "A", "value": None}, "value"),
    ],
)
def test_a_bad_name_or_value_is_refused_without_repeating_it(secret_key, body, field):
    answer = call("POST", SECRETS, secret_key, body)

    assert refused(answer, 400)["key"] == field
    assert "b" * 20 not in answer.content.decode()
    assert not Secret.objects.exists()


def test_the_longest_name_and_value_are_kept(secret_key):
    (listed,) = shown(call("POST", SECRETS, secret_key, {"name": "é" * 1024, "value": "😀" * 1024}))

    assert (listed["name"], listed["value"]) == ("é" * 1024, "😀" * 1024)


def test_deleting_answers_with_what_is_left(secret_key, ada, development, secret):
    other = set_secret(ada.actor, development, name="OTHER", value="x")

    left = shown(call("DELETE", f"{SECRETS}/{secret.pk}", secret_key))

    assert [one["id"] for one in left] == [other.pk]
    assert Event.objects.filter(topic="secret:deleted").count() == 1


def test_secrets_of_other_environments_and_accounts_look_missing(secret_key, pat, ada, sam, production, lumen):
    others = [
        set_secret(ada.actor, production, name="A", value=VALUE),
        set_secret(sam.actor, lumen.environments[0], name="A", value=VALUE),
    ]
    missing = alike(call("DELETE", f"{SECRETS}/{new_id('us_sec_')}", secret_key))

    assert [alike(call("DELETE", f"{SECRETS}/{one.pk}", secret_key)) for one in others] == [missing, missing]
    refused(call("DELETE", f"{SECRETS}/{others[1].pk}", pat), 404)
    for place in (production, lumen.environments[0]):
        refused(call("GET", f"{SECRETS}?environmentId={place.pk}", secret_key), 404)
        refused(call("POST", SECRETS, secret_key, {"name": "A", "value": "b", "environmentId": place.pk}), 404)
    assert Secret.objects.count() == 2


def test_a_user_neither_reads_nor_writes_secrets(uma, password_token, development, secret):
    token = password_token(uma)

    for answer in (
        call("GET", f"{SECRETS}?environmentId={development.pk}", token),
        call("POST", SECRETS, token, {"name": "A", "value": "b", "environmentId": development.pk}),
        call("DELETE", f"{SECRETS}/{secret.pk}", token),
    ):
        assert answer.status_code in (403, 404)
        assert VALUE not in answer.content.decode()
    assert Secret.objects.count() == 1


def test_the_value_is_sealed_and_bound_to_its_row(secret, ada, development):
    other = set_secret(ada.actor, development, name="OTHER", value="x")

    assert VALUE.encode() not in bytes(Secret.objects.get(pk=secret.pk).sealed)
    Secret.objects.filter(pk=other.pk).update(sealed=secret.sealed)
    with pytest.raises(crypto.Unreadable):
        _ = Secret.objects.get(pk=other.pk).value


def test_no_value_stands_in_the_log(secret_key, pat, secret):
    call("POST", SECRETS, secret_key, {"name": "SLACK_TOKEN", "value": VALUE + "-new"})
    call("DELETE", f"{SECRETS}/{secret.pk}", secret_key)

    assert VALUE not in str(list(Event.objects.values()))
    assert VALUE not in call("GET", "/v1/events?pageSize=100", pat).content.decode()


def test_an_environment_has_at_most_two_thousand_secrets(secret_key, secret, development):
    Secret.objects.bulk_create(
        Secret(account_id=development.account_id, environment=development, name=f"S{n}", sealed=b"x")
        for n in range(1_999)
    )

    refused(call("POST", SECRETS, secret_key, {"name": "B", "value": "b"}), 409, "too_many_secrets")
