"""POST /access/who and /access/what: the reverse of an explanation, from both ends."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.about import is_about
from access.actions import Action
from access.actors import Role
from access.policy import can
from accounts.credentials import member_principals
from accounts.models import Member, RoleAssignment, User
from config.everybody import explain_everybody
from config.things import THINGS
from environments.actions import create_key, revoke_key, set_secret
from environments.models import ApiKey
from guests.actions import create_shared_link
from spaces.actions import create_space
from tests.knock import call, refused, shown
from tests.matrix.minting import join
from tests.places import furnish, make_clip, make_guest
from tokens.actions import create_client, create_token

pytestmark = pytest.mark.django_db


def who(bearer, action, resource, **more):
    return call("POST", "/v1/access/who", bearer, {"action": action, "resource": resource, **more})


def what(bearer, **more):
    return call("POST", "/v1/access/what", bearer, more)


@pytest.fixture
def people(northwind, ada, uma, development, production):
    """Roles on all sorts of places."""
    space = create_space(ada.actor, production, name="Thing")
    return {
        "ada": ada,
        "uma": uma,
        "dee": join(northwind.account, "dee", environment=development),
        "pam": join(northwind.account, "pam", Role.USER, environment=production),
        "gus": join(northwind.account, "gus", Role.GUEST, space=space),
        "nan": join(northwind.account, "nan", space=space),
    }


# Who


def test_it_names_who_may_and_by_which_role(pat, people, development, production):
    found = shown(who(pat, "environments.create_key", development.pk))
    there = shown(who(pat, "environments.create_key", production.pk))

    assert [(one["actor"]["name"], one["rule"], one["needsFreshProof"]) for one in found] == [
        ("Dee", "Admin on the environment", True),
        ("Ada Marsh", "Admin on the account", True),
    ]
    assert [one["actor"]["name"] for one in there] == ["Ada Marsh"]


def test_it_names_exactly_those_the_judge_lets(ada, people, development, production, northwind):
    """Over every action and one of every kind of thing: the narrowing of the candidates leaves nobody out."""
    key = create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    things = [
        northwind.account, northwind.account.roles.first(), people["uma"].member, development, production, key,
        set_secret(ada.actor, development, name="S", value="v"), create_space(ada.actor, development, name="S"),
        production.spaces.get(), create_token(ada.actor, name="T").token, create_client(ada.actor).client,
    ]  # fmt: skip
    room = furnish(development)
    things += [room.workbooks[0], room.sheets[0], room.documents[0], make_guest(development, "gus@guest.example")]
    things += [create_shared_link(ada.actor, room.space), make_clip(ada.actor, room.sheets[0], name="Clip")]
    assert {thing.resource.kind for thing in things} == set(THINGS)
    everyone = member_principals(list(Member.objects.values_list("pk", flat=True)), "fresh_session")
    for action in Action:
        for thing in things:
            if not is_about(action, thing.resource.kind):
                continue
            found = explain_everybody(ada.actor, action, thing.pk)
            may = {id for id, principal in everyone.items() if can(principal.actor, action, thing.resource)}
            assert {one.actor.id for one in found.found} == may, (action, thing)


def test_whoever_has_left_is_not_named(pat, people, development):
    Member.objects.filter(pk=people["dee"].member.pk).update(deactivated_at=timezone.now())

    found = shown(who(pat, "environments.create_key", development.pk))

    assert [one["actor"]["name"] for one in found] == ["Ada Marsh"]


def test_it_names_the_keys_of_the_environment(pat, ada, development, production):
    dead = create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    revoke_key(ada.actor, dead)

    found = shown(who(pat, "spaces.create_space", development.pk, kind="keys"))
    secret = shown(who(pat, "environments.set_secret", development.pk, kind="keys"))

    assert {one["actor"]["kind"] for one in found} == {"secret_key", "publishable_key"}
    assert {one["actor"]["id"] for one in found} == set(development.keys.live().values_list("pk", flat=True))
    assert [one["actor"]["kind"] for one in secret] == ["secret_key"]
    assert len(shown(who(pat, "accounts.view_account", ada.member.account_id, kind="keys"))) == 2
    assert shown(who(pat, "environments.create_environment", ada.member.account_id, kind="keys")) == []


def test_it_names_the_tokens_that_may(pat, ada, uma, development, production):
    narrow = create_token(ada.actor, name="Narrow", scopes=["spaces:read"]).token
    fenced = create_token(ada.actor, name="Fenced", environment=production).token
    create_token(uma.actor, name="Uma's")

    found = shown(who(pat, "environments.create_key", development.pk, kind="tokens"))

    assert [one["actor"]["name"] for one in found] == ["Nightly"]
    assert {narrow.pk, fenced.pk}.isdisjoint(one["actor"]["credentialId"] for one in found)


def test_members_come_in_the_way_that_is_asked_for(pat, people, development):
    assert shown(who(pat, "environments.create_key", development.pk, credential="session")) == []
    assert len(shown(who(pat, "environments.create_key", development.pk, credential="client"))) == 2


def test_it_is_read_a_page_at_a_time(pat, people, development):
    seen, after = [], ""
    while after is not None:
        answer = who(pat, "spaces.view_space", development.pk, pageSize=1, after=after).json()
        assert len(answer["data"]) <= 1
        seen += [one["actor"]["name"] for one in answer["data"]]
        after = answer["next"]

    assert seen == ["Dee", "Uma Reyes", "Ada Marsh"]
    refused(who(pat, "spaces.view_space", development.pk, after="nonsense"), 400, "bad_cursor")
    refused(who(pat, "spaces.view_space", development.pk, pageSize=101), 400)


def test_a_page_costs_the_same_however_many_there_are(pat, northwind, development):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            shown(who(pat, "spaces.view_space", development.pk))
        return len(captured)

    cost()
    with_few = cost()
    users = User.objects.bulk_create(User(email=f"u{n}@x.example") for n in range(300))
    members = Member.objects.bulk_create(Member(account=northwind.account, user=user, name="x") for user in users)
    role = northwind.account.roles.get(name=Role.USER.value)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(account=northwind.account, role=role, member=member) for member in members
    )

    assert cost() == with_few <= 5


def test_only_an_administrator_of_the_whole_account_may_ask(people, secret_key, publishable_key, development):
    for bearer in (secret_key, publishable_key):
        assert refused(who(bearer, "spaces.view_space", development.pk), 403)["rule"] == "kind"
    for name in ("uma", "dee"):
        bearer = create_token(people[name].actor, name="T").secret
        assert refused(who(bearer, "spaces.view_space", development.pk), 403)["action"] == "accounts.view_access"


# What


def by_action(answer):
    return {one["action"]: one for one in shown(answer)}


def test_it_says_what_one_reaches_in_words(pat, people, development, production):
    own, dees = by_action(what(pat)), by_action(what(pat, actor=people["dee"].member.pk))

    assert set(own) == {action.value for action in Action}
    assert [area["words"] for area in own["environments.create_key"]["areas"]] == ["Everything in the account"]
    assert own["environments.delete_environment"]["areas"][0]["words"] == "Everything in the account, except production"
    assert own["tokens.view_token"]["areas"][0]["words"] == "What is one's own"
    assert dees["spaces.create_space"]["areas"] == [
        {"rule": "Admin on the environment", "words": "Environment development", "environmentId": development.pk}
    ]


def test_what_one_is_said_to_reach_holds_something(pat, people):
    """A role on an environment is none on the account around it, and a role on a space none on the environment."""
    dees, nans = (by_action(what(pat, actor=people[name].member.pk)) for name in ("dee", "nan"))

    for action in ("environments.create_environment", "tokens.exchange_client"):
        assert not dees[action]["allowed"], action
    assert [area["words"] for area in dees["accounts.view_account"]["areas"]] == ["Everything in the account"]
    assert [area["words"] for area in nans["spaces.view_space"]["areas"]] == ["Space Thing"]
    for action in ("environments.create_key", "spaces.create_space", "environments.view_environment"):
        assert not nans[action]["allowed"], action


def test_what_is_out_of_reach_says_why(secret_key, pat, people):
    of_key = by_action(what(secret_key))
    of_uma = by_action(what(pat, actor=people["uma"].member.pk))

    assert (of_key["environments.create_key"]["allowed"], of_key["environments.create_key"]["rule"]) == (False, "kind")
    assert of_key["spaces.view_space"]["areas"][0]["words"] == "Environment development"
    assert of_uma["environments.view_key"]["rule"] == "no_grant"
    assert "your" not in of_uma["environments.view_key"]["reason"]


def test_what_has_ended_reaches_nothing(pat, ada, development):
    key = create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    revoke_key(ada.actor, key)

    found = shown(what(pat, actor=key.pk))

    assert {(one["allowed"], one["rule"]) for one in found} == {(False, "revoked")}


def test_anybody_may_ask_about_themselves_alone(publishable_key, people, ada):
    assert [one["action"] for one in shown(what(publishable_key)) if one["allowed"]] == [
        "spaces.create_space",
        "guests.open_embed",
    ]
    bearer = create_token(people["uma"].actor, name="T").secret
    refused(what(bearer, actor=ada.member.pk), 403)
    refused(what(bearer, scope="everything"), 400)
