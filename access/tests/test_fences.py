"""What lies out of reach whatever the rights: another account, another environment, another space."""

import pytest

from access.actions import Action
from access.actors import Actor, Grant, Kind, Resource, Role
from access.policy import can, reach
from access.tables import OWN, OWNED, ROLES, UNFENCED
from access.tests.people import (
    ADA,
    ADMIN,
    CREDENTIALS,
    DEVELOPMENT,
    FOREIGN,
    NOW,
    PRODUCTION,
    SAM,
    SPACE,
    THEIRS,
    UMA,
    account,
    belonging,
    environment,
    everything,
    key,
    member,
    space,
    thing,
)

ENVIRONMENT_ADMIN = Grant(Role.ADMIN, environment_id=DEVELOPMENT)
SPACE_GUEST = Grant(Role.GUEST, space_id=SPACE)
SPACE_ADMIN = Grant(Role.ADMIN, space_id=SPACE)


@pytest.mark.parametrize("name", CREDENTIALS)
def test_no_credential_reaches_another_account(name):
    foreign = [resource for resource in everything() if resource.account_id == THEIRS]

    assert not any(can(CREDENTIALS[name], action, resource) for action in Action for resource in foreign)


@pytest.mark.parametrize("name", CREDENTIALS)
def test_a_place_of_ours_named_in_another_account_is_not_ours(name):
    """The account of the row decides, whatever else it claims."""
    mixed = [
        thing(DEVELOPMENT, THEIRS),
        environment(DEVELOPMENT, THEIRS),
        space(SPACE, DEVELOPMENT, THEIRS),
        belonging(ADA, THEIRS),
    ]

    assert not any(can(CREDENTIALS[name], action, resource) for action in Action for resource in mixed)


@pytest.mark.parametrize("name", CREDENTIALS)
def test_what_belongs_to_no_account_belongs_to_nobody(name):
    orphan = Resource("space", "us_sp_orphan", None, environment_id=DEVELOPMENT, space_id=SPACE, owner_id=ADA)

    assert not any(can(CREDENTIALS[name], action, orphan) for action in Action)


@pytest.mark.parametrize(
    "actor",
    [
        member(Kind.SESSION, ADMIN, proven_at=NOW, account_id=None),
        member(Kind.PAT, ADMIN, account_id=None),
        key(Kind.SECRET_KEY, account_id=None),
        key(Kind.SECRET_KEY, environment_id=None),
        key(Kind.PUBLISHABLE_KEY, environment_id=None),
    ],
    ids=["session", "pat", "key of no account", "key of no environment", "publishable key of no environment"],
)
def test_an_actor_of_no_place_reaches_nothing(actor):
    """A tenant that is NULL must never mean all tenants."""
    assert not any(can(actor, action, resource) for action in Action for resource in everything())


@pytest.mark.parametrize("kind", [Kind.SECRET_KEY, Kind.PUBLISHABLE_KEY])
def test_a_key_never_leaves_its_environment(kind):
    actor = key(kind)
    outside = [environment(PRODUCTION), thing(PRODUCTION), space("us_sp_two", PRODUCTION), thing(FOREIGN, THEIRS)]

    reached = [action for action in Action for resource in outside if can(actor, action, resource)]

    assert set(reached) <= UNFENCED


def test_a_secret_key_sees_its_account_and_people_across_the_fence():
    actor = key(Kind.SECRET_KEY)

    assert can(actor, Action.VIEW_ACCOUNT, account())
    assert can(actor, Action.VIEW_MEMBER, belonging(UMA))
    assert not can(actor, Action.VIEW_MEMBER, belonging(SAM, THEIRS))


def test_a_fence_also_holds_an_administrator():
    """A credential confined to an environment narrows the roles of its owner."""
    fenced = member(Kind.PAT, ADMIN, ENVIRONMENT_ADMIN).but(environment_id=PRODUCTION)

    assert can(fenced, Action.CREATE_KEY, thing(PRODUCTION))
    assert not can(fenced, Action.CREATE_KEY, thing(DEVELOPMENT))
    assert not can(fenced, Action.CREATE_ENVIRONMENT, account())


def test_an_admin_of_one_environment_is_nobody_in_the_other():
    actor = member(Kind.SESSION, ENVIRONMENT_ADMIN, proven_at=NOW)

    assert can(actor, Action.REVOKE_KEY, thing(DEVELOPMENT))
    assert can(actor, Action.VIEW_SPACE, space())
    assert not any(can(actor, action, thing(PRODUCTION)) for action in set(Action) - UNFENCED)
    assert not can(actor, Action.CREATE_ENVIRONMENT, account())


def test_a_guest_of_one_space_sees_that_space_alone():
    actor = member(Kind.PAT, SPACE_GUEST)

    seen = {(action, resource.id) for action in Action for resource in everything() if can(actor, action, resource)}

    there = {(action, id) for action, id in seen if action not in UNFENCED | OWNED}
    assert {id for _, id in there} == {SPACE}
    assert {action for action, _ in there} == ROLES[Role.GUEST]


def test_an_admin_of_one_space_has_nothing_of_the_environment_around_it():
    actor = member(Kind.SESSION, SPACE_ADMIN, proven_at=NOW)

    assert can(actor, Action.VIEW_EVENT, space())
    for resource in (environment(), thing(), space("us_sp_two"), account()):
        assert not any(can(actor, action, resource) for action in set(Action) - UNFENCED)


def test_no_role_reaches_what_belongs_to_another_person():
    actor = CREDENTIALS["sudo"]

    for action in OWN:
        assert can(actor, action, belonging(ADA))
        assert not can(actor, action, belonging(UMA))
        assert not can(actor, action, belonging(SAM, THEIRS))


def test_the_same_person_in_another_account_is_somebody_else():
    """Scope goes by credential: a token of one account never shows what its owner has in another."""
    there = member(Kind.PAT, ADMIN, account_id=THEIRS)

    assert not any(can(there, action, resource) for action in Action for resource in (thing(), belonging(ADA)))


def test_the_system_acts_in_the_account_it_was_made_for_alone():
    system = Actor.system("a command", NOW, account().id)

    assert can(system, Action.CREATE_KEY, thing())
    assert not can(system, Action.CREATE_KEY, thing(FOREIGN, THEIRS))
    assert reach(Actor.system("first start", NOW), Action.OPEN_ACCOUNT).contains(account(THEIRS))
