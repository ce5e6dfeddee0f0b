"""How old a proof may be, and what a token made by another may not make (security.md, rulings 14 and 18)."""

from datetime import timedelta

import pytest

from access.actions import Action
from access.actors import FRESH_FOR, Kind
from access.policy import FreshProofNeeded, can, require
from access.tables import MINTING
from access.tests.people import ADA, ADMIN, NOW, PRODUCTION, UMA, belonging, environment, member, thing

SECOND = timedelta(seconds=1)
FRESH_DEEDS = [
    (Kind.SESSION, Action.REVEAL_KEY, thing()),
    (Kind.SESSION, Action.CREATE_KEY, thing()),
    (Kind.SESSION, Action.REVOKE_KEY, thing()),
    (Kind.SESSION, Action.CREATE_TOKEN, belonging(ADA)),
    (Kind.SESSION, Action.CREATE_CLIENT, belonging(ADA)),
    (Kind.SESSION, Action.CHANGE_PASSWORD, belonging(ADA)),
    (Kind.SESSION, Action.DELETE_ENVIRONMENT, environment(PRODUCTION)),
    (Kind.PASSWORD, Action.REVEAL_KEY, thing()),
    (Kind.PASSWORD, Action.CREATE_CLIENT, belonging(ADA)),
    (Kind.PASSWORD, Action.DELETE_ENVIRONMENT, environment(PRODUCTION)),
]


def proven(kind, ago):
    return member(kind, ADMIN, proven_at=NOW - ago)


def test_a_proof_is_fresh_for_ten_minutes():
    assert timedelta(minutes=10) == FRESH_FOR
    assert proven(Kind.SESSION, timedelta(0)).is_fresh
    assert proven(Kind.SESSION, FRESH_FOR - SECOND).is_fresh
    assert not proven(Kind.SESSION, FRESH_FOR).is_fresh


def test_a_proof_from_the_future_or_none_at_all_is_not_fresh():
    assert not proven(Kind.SESSION, -SECOND).is_fresh
    assert not member(Kind.SESSION, ADMIN).is_fresh


@pytest.mark.parametrize(("kind", "action", "resource"), FRESH_DEEDS)
def test_a_sensitive_deed_is_refused_from_the_tenth_minute_on(kind, action, resource):
    assert can(proven(kind, FRESH_FOR - SECOND), action, resource)

    decision = can(proven(kind, FRESH_FOR), action, resource)

    assert (bool(decision), decision.rule) == (False, "fresh_proof")
    with pytest.raises(FreshProofNeeded):
        require(proven(kind, FRESH_FOR), action, resource)


@pytest.mark.parametrize(("kind", "action", "resource"), FRESH_DEEDS)
def test_a_fresh_proof_gives_no_right_that_the_role_lacks(kind, action, resource):
    stranger = member(kind, proven_at=NOW, id=UMA)

    assert not can(stranger, action, resource)


def test_only_deleting_production_asks_for_a_fresh_proof():
    for kind in (Kind.SESSION, Kind.PASSWORD):
        assert can(proven(kind, FRESH_FOR), Action.DELETE_ENVIRONMENT, environment())


@pytest.mark.parametrize("kind", [Kind.CLIENT, Kind.PAT])
def test_a_proof_does_not_help_a_kind_that_never_may(kind):
    """Whatever freshness a token claims: production is no place for it."""
    decision = can(proven(kind, timedelta(0)), Action.DELETE_ENVIRONMENT, environment(PRODUCTION))

    assert (bool(decision), decision.rule) == (False, "kind")


@pytest.mark.parametrize("action", sorted(MINTING))
def test_a_child_makes_no_children(action):
    """Two generations, so that one look at the parent tells whether a token is alive."""
    child = member(Kind.PAT, ADMIN, is_child=True)

    assert not can(child, action, belonging(ADA))


def test_a_child_may_otherwise_what_its_parent_may():
    parent, child = member(Kind.PAT, ADMIN), member(Kind.PAT, ADMIN, is_child=True)

    for action in set(Action) - MINTING:
        for resource in (thing(), environment(), environment(PRODUCTION), belonging(ADA), belonging(UMA)):
            assert bool(can(child, action, resource)) == bool(can(parent, action, resource))
