"""POST /access/explain: of oneself by anyone, of others by an administrator, and never of what one may not know of."""

import pytest
from django.utils import timezone

from access.actions import Action
from access.actors import Role
from accounts.models import Member, RoleAssignment, User
from environments.actions import create_key, revoke_key, set_secret
from environments.models import ApiKey
from events.models import Event
from lib.ids import new_id
from spaces.actions import create_space
from tests.knock import alike, call, refused, shown
from tests.matrix.minting import aged
from tokens.actions import create_client, create_token, revoke_client, revoke_token
from tokens.models import PersonalAccessToken

pytestmark = pytest.mark.django_db

EXPLAIN = "/v1/access/explain"


def ask(bearer, action, resource, **more):
    return call("POST", EXPLAIN, bearer, {"action": action, "resource": resource, **more})


@pytest.fixture
def uma_pat(uma):
    return create_token(uma.actor, name="Uma's").secret


# Of oneself


def test_it_says_whether_and_why(pat, ada, development):
    found = shown(ask(pat, "environments.create_key", development.pk))

    assert (found["allowed"], found["rule"], found["reason"]) == (True, "Admin on the account", "Admin on the account.")
    assert found["action"] == "environments.create_key"
    assert found["actor"] == {
        "id": ada.member.pk,
        "name": "Ada Marsh",
        "kind": "pat",
        "credentialId": PersonalAccessToken.objects.get().pk,
        "isFresh": False,
    }
    assert found["resource"] == {"id": development.pk, "kind": "environment", "label": "development"}
    assert [step["rule"] for step in found["trail"]] == [
        "live", "kind", "scope", "lineage", "fresh_proof", "production", "fence", "Admin on the account",
    ]  # fmt: skip
    assert {step["part"] for step in found["trail"]} == {"ceiling", "grant"}


def test_a_refusal_has_the_words_of_the_403(pat, secret_key, uma_pat, development):
    for credential in (secret_key, uma_pat):
        found = shown(ask(credential, "environments.create_key", development.pk))
        path = f"/v1/auth/api-key?environmentId={development.pk}&type=SECRET"
        told = refused(call("POST", path, credential), 403)

        assert (found["rule"], found["reason"]) == (told["rule"], told["reason"])


def test_a_publishable_key_may_ask_about_itself(publishable_key, development):
    may = shown(ask(publishable_key, "spaces.create_space", development.pk))
    may_not = shown(ask(publishable_key, "environments.create_key", development.pk))

    assert (may["allowed"], may_not["allowed"]) == (True, False)
    assert may_not["rule"] == "kind"
    assert may["resource"]["label"] == "", "a publishable key may not see the environment it creates in"


def test_a_proof_still_to_be_given_is_named(password_token, ada, production):
    stale = password_token(ada)
    aged(stale)

    found = shown(ask(stale, "environments.delete_environment", production.pk))

    assert (found["allowed"], found["rule"]) == (False, "fresh_proof")
    assert [step["rule"] for step in found["trail"] if not step["passed"]] == ["production"]


def test_another_way_of_coming_in_may_be_asked_for(pat, ada, development):
    key = development.keys.get(type=ApiKey.Type.SECRET)
    wanted = {"session": False, "fresh_session": True, "password": False, "fresh_password": True, "client": False}

    found = {way: shown(ask(pat, "environments.reveal_key", key.pk, credential=way))["allowed"] for way in wanted}

    assert found == wanted


def test_nothing_is_written_down(pat, development):
    before = Event.objects.count()

    ask(pat, "environments.create_key", development.pk)
    ask(pat, "environments.reveal_key", development.keys.first().pk)

    assert Event.objects.count() == before


# Of others


def test_an_administrator_may_ask_about_a_member(pat, uma, development):
    found = shown(ask(pat, "environments.create_key", development.pk, actor=uma.member.pk))

    assert (found["allowed"], found["actor"]["id"], found["actor"]["kind"]) == (False, uma.member.pk, "session")
    assert found["reason"] == "Their password must have been given less than 10 minutes ago."
    assert found["trail"][-1]["rule"] == "User on the account"
    assert found["trail"][-1]["reason"] == "The role User does not include this."


def test_an_administrator_may_ask_about_keys_tokens_and_pairs(pat, uma, development, production):
    key = production.keys.get(type=ApiKey.Type.SECRET)
    token, client = create_token(uma.actor, name="T").token, create_client(uma.actor).client

    found = {
        id: shown(ask(pat, "spaces.create_space", development.pk, actor=id)) for id in (key.pk, token.pk, client.pk)
    }

    assert [(one["allowed"], one["actor"]["kind"]) for one in found.values()] == [
        (False, "secret_key"),
        (True, "pat"),
        (True, "client"),
    ]
    assert "the environment production" in found[key.pk]["trail"][-1]["reason"]


def test_everybody_may_ask_about_their_own_credentials(uma, uma_pat, development):
    token, client = create_token(uma.actor, name="T").token, create_client(uma.actor).client

    for id in (uma.member.pk, token.pk, client.pk):
        assert shown(ask(uma_pat, "spaces.view_space", development.pk, actor=id))["allowed"]


def test_nobody_else_may_ask_about_others(uma_pat, secret_key, publishable_key, ada, pat, development):
    key, token = development.keys.first(), PersonalAccessToken.objects.get(member=ada.member)

    for credential in (secret_key, publishable_key):
        assert refused(ask(credential, "spaces.view_space", development.pk, actor=ada.member.pk), 403)["rule"] == "kind"
    assert refused(ask(uma_pat, "spaces.view_space", development.pk, actor=ada.member.pk), 403)["rule"] == "no_grant"
    for id in (key.pk, token.pk):
        refused(ask(uma_pat, "spaces.view_space", development.pk, actor=id), 404)


def test_only_a_member_comes_in_several_ways(pat, secret_key, development):
    key = development.keys.first()

    refused(ask(pat, "spaces.view_space", development.pk, actor=key.pk, credential="session"), 400, "no_such_way")
    refused(ask(secret_key, "spaces.view_space", development.pk, credential="session"), 400, "no_such_way")


# What has ended


def test_a_credential_that_has_ended_is_explained_as_such(pat, ada, uma, development):
    token, client = create_token(uma.actor, name="T").token, create_client(uma.actor).client
    key = create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    late = create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    child = create_token(uma.actor, name="Child").token
    PersonalAccessToken.objects.filter(pk=child.pk).update(parent_token=token)
    ApiKey.objects.filter(pk=late.pk).update(ends_at=timezone.now())
    revoke_token(uma.actor, token)
    revoke_client(uma.actor, client)
    revoke_key(ada.actor, key)
    wanted = {token: "revoked", client: "revoked", key: "revoked", late: "expired", child: "parent_ended"}

    for one, rule in wanted.items():
        found = shown(ask(pat, "spaces.view_space", development.pk, actor=one.pk))
        assert (found["allowed"], found["rule"], found["trail"][0]["passed"]) == (False, rule, False), one


@pytest.mark.parametrize("how", ["deactivated", "disabled", "reset"])
def test_what_belongs_to_an_inactive_owner_is_explained_as_such(pat, uma, development, how):
    token, client = create_token(uma.actor, name="T").token, create_client(uma.actor).client
    if how == "deactivated":
        Member.objects.filter(pk=uma.member.pk).update(deactivated_at=timezone.now())
    elif how == "disabled":
        User.objects.filter(pk=uma.member.user_id).update(is_active=False)
    else:
        User.objects.filter(pk=uma.member.user_id).update(tokens_not_before=timezone.now())

    for id in (token.pk, client.pk) if how == "reset" else (token.pk, client.pk, uma.member.pk):
        found = shown(ask(pat, "spaces.view_space", development.pk, actor=id))
        assert (found["allowed"], found["rule"]) == (False, "owner_inactive")


# What must not be known


def test_what_is_foreign_or_out_of_reach_looks_like_what_is_missing(pat, uma, uma_pat, lumen, sam, development, ada):
    there = lumen.environments[0]
    foreign = [
        there.pk,
        there.keys.first().pk,
        set_secret(sam.actor, there, name="S", value="v").pk,
        create_space(sam.actor, there, name="S").pk,
        create_token(sam.actor, name="T").token.pk,
        create_client(sam.actor).client.pk,
        sam.member.pk,
        lumen.account.pk,
        lumen.account.roles.first().pk,
    ]
    missing = alike(ask(pat, "tokens.exchange_client", new_id("us_env_")))

    for id in [
        *foreign,
        "us_env_",
        "nonsense",
        new_id("us_zz_"),
        PersonalAccessToken.objects.get(member=uma.member).pk,
    ]:
        assert alike(ask(pat, "tokens.exchange_client", id)) == missing, id
    for id in foreign:
        assert alike(ask(pat, "accounts.view_account", ada.member.account_id, actor=id)) == missing, id


def test_what_one_may_not_list_cannot_be_found_by_asking(uma_pat, ada, development):
    secret = set_secret(ada.actor, development, name="S", value="v")
    key = development.keys.get(type=ApiKey.Type.SECRET)

    for action in ("environments.view_publishable_key", "environments.view_key", "tokens.exchange_client"):
        refused(ask(uma_pat, action, key.pk), 404)
    for action in ("environments.view_secret", "environments.delete_secret", "tokens.exchange_client"):
        refused(ask(uma_pat, action, secret.pk), 404)


def test_who_may_see_a_publishable_key_may_ask_about_it(uma_pat, development):
    key = development.keys.get(type=ApiKey.Type.PUBLISHABLE)

    assert shown(ask(uma_pat, "environments.view_publishable_key", key.pk))["allowed"]


def test_an_action_is_asked_about_what_it_is_done_to(pat, development, ada):
    space = create_space(ada.actor, development, name="S")

    problem = refused(ask(pat, "environments.create_key", space.pk), 400, "wrong_resource")

    assert problem["key"] == "resource"
    assert "environment" in problem["message"]


def test_input_is_strict(pat, development):
    refused(ask(pat, "environments.fly", development.pk), 400)
    refused(ask(pat, "spaces.view_space", development.pk, role="Admin"), 400)
    refused(ask(pat, "spaces.view_space", 5), 400)
    refused(call("POST", EXPLAIN, pat, {}), 400)
    refused(call("POST", EXPLAIN, "", {"action": "spaces.view_space", "resource": development.pk}), 401)


def test_a_demoted_administrator_is_explained_so_on_the_next_request(pat, northwind, ada, development):
    assert shown(ask(pat, "environments.create_key", development.pk))["allowed"]

    user = northwind.account.roles.get(name=Role.USER.value)
    RoleAssignment.objects.filter(member=ada.member).update(role=user)

    found = shown(ask(pat, "environments.create_key", development.pk))
    assert (found["allowed"], found["rule"]) == (False, "no_grant")


@pytest.mark.parametrize("action", Action)
def test_every_action_can_be_explained(action, pat, ada, development):
    answer = ask(pat, action.value, development.pk)

    assert answer.status_code in (200, 400)


def test_what_the_owner_loses_every_token_loses_on_the_next_request(ada, pat, production, development, password_token):
    """No cache remembers what a role once allowed (security.md, ruling 4)."""
    for credential in (pat, password_token(ada)):
        path = f"/v1/auth/api-keys?environmentId={development.pk}"
        assert call("GET", path, credential).status_code == 200

        RoleAssignment.objects.filter(member=ada.member).update(environment=production)
        assert call("GET", path, credential).status_code == 404

        RoleAssignment.objects.filter(member=ada.member).update(environment=None)
        assert shown(call("GET", path, credential))
