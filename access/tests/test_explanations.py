"""Every decision says why: the rule, a reason in a sentence, the steps before it; and `require` raises just that."""

import pytest

from access.actions import Action
from access.actors import Actor, Kind
from access.policy import Forbidden, FreshProofNeeded, can, reach, require
from access.tests.people import (
    ADMIN,
    CREDENTIALS,
    NOW,
    PRODUCTION,
    USER,
    belonging,
    environment,
    everything,
    member,
    thing,
)
from lib.problems import NoCredential


def test_a_yes_names_the_grant_it_stems_from():
    decision = can(CREDENTIALS["pat"], Action.CREATE_KEY, thing())

    assert decision.rule == "Admin on the account"
    assert [step.rule for step in decision.trail] == ["kind"]


@pytest.mark.parametrize(
    ("name", "action", "resource", "rule"),
    [
        ("sk", Action.CREATE_KEY, thing(), "kind"),
        ("pat", Action.REVEAL_KEY, thing(), "kind"),
        ("pat", Action.DELETE_ENVIRONMENT, environment(PRODUCTION), "kind"),
        ("child", Action.CREATE_TOKEN, belonging("us_usr_ada"), "lineage"),
        ("stale", Action.REVEAL_KEY, thing(), "fresh_proof"),
        ("stale", Action.DELETE_ENVIRONMENT, environment(PRODUCTION), "fresh_proof"),
        ("sk", Action.SET_SECRET, thing(PRODUCTION), "no_grant"),
    ],
)
def test_a_no_names_the_rule_that_decided(name, action, resource, rule):
    decision = can(CREDENTIALS[name], action, resource)

    assert (bool(decision), decision.rule) == (False, rule)
    assert decision.reason.endswith(".")
    assert decision.trail[-1].rule == rule
    assert not decision.trail[-1].passed


def test_every_decision_has_a_rule_and_a_reason():
    for actor in CREDENTIALS.values():
        for action in Action:
            for resource in everything():
                decision = can(actor, action, resource)
                assert decision.rule, (actor.kind, action, resource)
                assert decision.reason, (actor.kind, action, resource)
                assert decision.action is action


def test_a_refusal_carries_action_rule_and_reason():
    with pytest.raises(Forbidden) as caught:
        require(member(Kind.PAT, USER), Action.CREATE_KEY, thing())

    problem = caught.value
    assert problem.status == 403
    assert problem.errors[0] == {
        "key": "general",
        "code": "forbidden",
        "message": problem.facts["reason"],
        "action": "environments.create_key",
        "rule": "no_grant",
        "reason": problem.facts["reason"],
    }
    assert problem.headers == {"WWW-Authenticate": 'Bearer realm="latchkey", error="insufficient_scope"'}


def test_a_proof_too_old_is_told_apart_from_a_missing_right():
    with pytest.raises(FreshProofNeeded) as caught:
        require(CREDENTIALS["session"], Action.CREATE_KEY, thing())

    assert (caught.value.status, caught.value.code) == (403, "fresh_proof_required")


def test_nobody_is_asked_for_a_credential_and_not_told_a_rule():
    with pytest.raises(NoCredential):
        require(Actor.nobody(NOW), Action.VIEW_SPACE, thing())


def test_a_kind_that_never_may_is_refused_before_any_resource_is_looked_at():
    reached = reach(CREDENTIALS["sk"], Action.CREATE_KEY)

    assert reached.never
    assert reached.areas == ()


def test_the_system_signs_with_its_reason():
    decision = require(Actor.system("manage.py bootstrap", NOW), Action.OPEN_ACCOUNT, thing())

    assert decision.rule == "The system: manage.py bootstrap"


def test_a_decision_asks_the_same_each_time():
    actor = member(Kind.SESSION, ADMIN, USER, proven_at=NOW)

    assert can(actor, Action.VIEW_SPACE, thing()) == can(actor, Action.VIEW_SPACE, thing())
