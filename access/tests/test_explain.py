"""An explanation says what the judge says, of everything there is, and its trail leads there."""

from typing import Any

from access.about import is_about
from access.actions import Action
from access.actors import Actor, Credential, Grant, Kind, Places, Resource, Role
from access.ceilings import Step
from access.explain import Explanation, explain
from access.policy import can, reach
from access.reached import reached
from access.tables import GUEST_KINDS
from access.tests.people import (
    ADA,
    ADMIN,
    CREDENTIALS,
    DEVELOPMENT,
    GUEST,
    NOW,
    OURS,
    PRODUCTION,
    SPACE,
    USER,
    belonging,
    environment,
    everything,
    key,
    member,
    thing,
)

ROLES = [
    (),
    (USER,),
    (GUEST,),
    (GUEST, USER),
    (Grant(Role.ADMIN, DEVELOPMENT),),
    (Grant(Role.USER, PRODUCTION), Grant(Role.GUEST, space_id=SPACE)),
    (Grant(Role.ADMIN, space_id=SPACE), USER),
]


PLACES = Places(
    spaces=frozenset({SPACE, "us_sp_two"}),
    whole_spaces=frozenset({SPACE}),
    workbooks=frozenset({"us_wb_one"}),
    sheets=frozenset({"us_sh_one"}),
    clip_sheets=frozenset({"us_sh_copy"}),
    reference_sheets=frozenset({"us_sh_two"}),
)


def sheet(id: str, space_id: str = "us_sp_two", **facts: Any) -> Resource:
    place = {"environment_id": DEVELOPMENT, "space_id": space_id, "workbook_id": "us_wb_one"}
    return Resource("sheet", id, OURS, sheet_id=id, **{"is_clip": False, **place, **facts})


def things() -> list[Resource]:
    """One of everything; and what guests are given in part."""
    sheets = [sheet("us_sh_one"), sheet("us_sh_two"), sheet("us_sh_copy", is_clip=True), sheet("us_sh_x", SPACE)]
    return [*everything(), *sheets, Resource("guest", "us_g_gus", OURS, DEVELOPMENT, owner_id="us_g_gus")]


def cast() -> list[Actor]:
    """Every kind of credential × roles, fences, scopes; keys without a place; the system; nobody."""
    people = [actor for actor in CREDENTIALS.values() if actor.kind.is_member]
    placed = [actor.but(grants=grants) for actor in people for grants in ROLES]
    narrow = [actor.but(environment_id=DEVELOPMENT) for actor in [*people, *placed]]
    scoped = [
        actor.but(credential=Credential(actor.kind, scopes=frozenset(scopes)), environment_id=fence)
        for actor in (CREDENTIALS["pat"], CREDENTIALS["sk"])
        for scopes in ([], ["keys:write"], ["users:read", "spaces:write"])
        for fence in (DEVELOPMENT, None)
    ]
    odd = [
        key(Kind.SECRET_KEY, None),
        key(Kind.SECRET_KEY, DEVELOPMENT, None),
        member(Kind.PAT, ADMIN, account_id=None),
    ]
    guest = Actor("us_g_gus", "Gus", OURS, Credential(Kind.GUEST), NOW, environment_id=DEVELOPMENT, places=PLACES)
    admins = (Grant(Role.ADMIN, DEVELOPMENT), Grant(Role.USER, space_id=SPACE))
    guests = [guest.but(credential=Credential(kind), grants=grants) for kind in GUEST_KINDS for grants in ((), admins)]
    odd += [*guests, guest.but(environment_id=None), guest.but(places=None), guest.but(places=Places())]
    others = [Actor.nobody(NOW), Actor.system("test", NOW), Actor.system("test", NOW, OURS)]
    return [*CREDENTIALS.values(), *placed, *narrow, *scoped, *odd, *others]


def test_it_agrees_with_the_judge_over_everything_there_is():
    """The verdict is the judge's; and what the trail adds up to is the same verdict."""
    for actor in cast():
        for action in Action:
            for resource in things():
                decision, found = can(actor, action, resource), explain(actor, action, resource)
                case = (actor.kind, actor.grants, action, resource)
                assert (found.allowed, found.rule, found.reason) == (decision.allowed, decision.rule, decision.reason)
                assert adds_up(found) is bool(decision), case


def adds_up(found: Explanation) -> bool:
    return all(step.passed for step in found.ceilings) and any(step.passed for step in found.grants)


def test_the_reason_of_a_verdict_stands_in_its_trail():
    """All but `no_grant`, which is that none of the grants holds."""
    for actor in cast():
        for action in Action:
            for resource in things():
                found = explain(actor, action, resource)
                told = [step.reason for step in found.trail if step.passed is found.allowed]
                assert found.reason in told or found.rule == "no_grant", (actor.kind, action, resource)


def test_every_step_is_a_sentence_and_names_a_rule():
    for actor in cast():
        for action in Action:
            for step in explain(actor, action, thing()).trail:
                assert step.rule
                assert step.reason.endswith(".")
                assert step.reason[0].isupper()


def test_all_ceilings_are_told_although_the_first_decided():
    found = explain(CREDENTIALS["child"].but(environment_id=DEVELOPMENT), Action.CREATE_TOKEN, belonging("us_usr_uma"))

    assert [(step.rule, step.passed) for step in found.ceilings] == [
        ("live", True),
        ("kind", True),
        ("scope", True),
        ("lineage", False),
        ("fresh_proof", True),
        ("production", True),
        ("fence", False),
    ]
    assert found.rule == "lineage"


def test_every_grant_is_told_with_why_it_does_not_hold():
    actor = member(Kind.SESSION, USER, Grant(Role.ADMIN, PRODUCTION), ADMIN, proven_at=NOW)
    names = {PRODUCTION: "Production"}

    found = explain(actor, Action.CREATE_KEY, thing(), names)

    assert found.grants == (
        Step("User on the account", False, "The role User does not include this."),
        Step("Admin on the environment", False, "It is given on the environment Production, and this lies outside."),
        Step("Admin on the account", True, "Admin on the account."),
    )


def test_what_is_somebodys_own_is_reached_by_no_role():
    found = explain(member(Kind.SESSION, ADMIN), Action.REVOKE_TOKEN, belonging("us_usr_uma"))

    assert [step.reason for step in found.grants] == [
        "This belongs to another.",
        "No role reaches what belongs to one person.",
    ]


def test_a_key_is_told_where_it_belongs():
    found = explain(CREDENTIALS["sk"], Action.SET_SECRET, thing(PRODUCTION), {DEVELOPMENT: "Development"})

    assert [step.reason for step in found.grants] == [
        "It is a key of the environment Development, and this lies outside."
    ]


def test_production_is_told_apart():
    stale = CREDENTIALS["stale"]

    found = explain(stale, Action.DELETE_ENVIRONMENT, environment(PRODUCTION))
    beside = explain(stale, Action.DELETE_ENVIRONMENT, environment())

    assert [step.rule for step in found.ceilings if not step.passed] == ["production"]
    assert beside.allowed


def test_a_credential_that_has_ended_is_refused_whatever_its_rights():
    ended = Step("revoked", False, "The token has been deleted.")

    found = explain(CREDENTIALS["pat"], Action.VIEW_SPACE, thing(), ended=ended)

    assert (found.allowed, found.rule, found.reason) == (False, "revoked", "The token has been deleted.")
    assert found.ceilings[0] == ended
    assert found.grants[0].passed


def test_of_another_it_is_told_in_the_third_person():
    found = explain(member(Kind.PAT, USER, id=ADA), Action.CREATE_KEY, thing()).told_of_another()
    own = explain(member(Kind.PAT, id=ADA), Action.VIEW_TOKEN, belonging(ADA)).told_of_another()

    assert "your" not in found.reason
    assert own.reason == "It is their own."
    assert own.grants[0].reason == "It is their own."


def test_what_is_done_with_a_proof_may_be_asked_about_anything():
    assert is_about(Action.EXCHANGE_PASSWORD, "space")
    assert not is_about(Action.CREATE_KEY, "space")


def test_everybody_may_see_what_their_own_credentials_may():
    for grants in ROLES[:4]:
        actor = member(Kind.PAT, *grants)
        assert can(actor, Action.VIEW_ACCESS, belonging(ADA))
        assert not can(actor, Action.VIEW_ACCESS, belonging("us_usr_uma"))


def test_what_a_guest_reaches_is_counted():
    guest = Actor("us_g_gus", "Gus", OURS, Credential(Kind.GUEST), NOW, environment_id=DEVELOPMENT, places=PLACES)

    def words(action):
        return [place.words for place in reached(reach(guest, action), {}).places]

    assert words(Action.VIEW_SPACE) == ["2 spaces"]
    assert words(Action.VIEW_SHEET) == ["1 space", "1 sheet", "1 sheet", "1 sheet"]
    assert words(Action.VIEW_GUEST) == ["What is one's own"]
    assert reached(reach(guest.but(places=Places()), Action.VIEW_SPACE), {}).rule == "no_grant"
