"""What each kind of credential and each role may ever do: the rulings as tables, held against the judge."""

import pytest

from access.actions import CLIPS, Action
from access.actors import Grant, Kind, Role
from access.given import GUEST_KINDS
from access.policy import can, reach
from access.tables import CEILINGS, COLUMNS, KINDS
from access.tests.people import (
    ADA,
    ADMIN,
    CREDENTIALS,
    DEVELOPMENT,
    GUEST,
    NOW,
    PRODUCTION,
    UMA,
    USER,
    account,
    belonging,
    clip,
    environment,
    everything,
    key,
    member,
    space,
    thing,
)
from access.tests.rulings import CREDENTIAL_TABLE, ROLE_TABLE, rows

ROLES = {"admin": (ADMIN,), "user": (USER,), "guest": (GUEST,), "none": ()}


def subject(name):
    """The nearest thing such an action is about."""
    if name.endswith("production"):
        return environment(PRODUCTION)
    action = Action(name)
    if action.value.startswith("tokens.") or action in (Action.CHANGE_PASSWORD, Action.SIGN_OUT, Action.REAUTHENTICATE):
        return belonging(ADA)
    if action.value.endswith(("_clip", "_clip_link")):
        return clip(ADA)
    if action is Action.CREATE_ENVIRONMENT or action.value.startswith("accounts."):
        return account()
    if action.value.startswith("spaces.view"):
        return space()
    return environment() if "environment" in action.value.partition(".")[2] else thing()


def cell(decision):
    return "Y" if decision else "proof" if decision.rule == "fresh_proof" else "-"


@pytest.mark.parametrize(("name", "wanted"), list(rows(CREDENTIAL_TABLE)))
def test_each_kind_of_credential_may_at_most_what_the_rulings_say(name, wanted):
    action = Action(name.split()[0])

    found = {column: cell(can(actor, action, subject(name))) for column, actor in CREDENTIALS.items()}

    assert found == wanted


@pytest.mark.parametrize(("name", "wanted"), list(rows(ROLE_TABLE)))
def test_each_role_allows_what_the_reference_says(name, wanted):
    action = Action(name)
    of = {role: member(Kind.SESSION, *grants, proven_at=NOW) for role, grants in ROLES.items()}

    mine = {role: bool(can(actor, action, subject(name))) for role, actor in of.items()}
    yours = {role: bool(can(actor, action, belonging("us_usr_somebody"))) for role, actor in of.items()}

    assert mine == {role: cell != "-" for role, cell in wanted.items()}
    if "own" in wanted.values():
        assert not any(yours.values())


def test_every_action_stands_in_the_table_of_credentials():
    assert {name for name, _ in rows(CREDENTIAL_TABLE)} - {"environments.delete_environment … of production"} == set(
        Action
    )


def test_what_a_person_may_at_all_stands_in_the_table_of_roles():
    possible = {action for action in Action if not reach(CREDENTIALS["sudo"], action).never}

    assert {name for name, _ in rows(ROLE_TABLE)} == possible


def test_the_ceilings_name_every_kind_of_credential_once():
    assert set(KINDS) | set(GUEST_KINDS) == set(Kind) - {Kind.SYSTEM, Kind.NONE}
    assert all(len(cells) == len(COLUMNS) for cells in CEILINGS.values())


def test_no_token_or_key_may_more_than_the_administrator_behind_it():
    """A credential only narrows (security.md, ruling 4)."""
    person = CREDENTIALS["sudo"]
    wider = [
        (name, action.value, resource.id)
        for name, actor in CREDENTIALS.items()
        for action in Action
        for resource in everything()
        if can(actor, action, resource) and not can(person, action, resource)
    ]

    assert wider == []


def test_a_demotion_narrows_every_credential_at_once():
    for kind in (Kind.SESSION, Kind.PASSWORD, Kind.CLIENT, Kind.PAT):
        assert can(member(kind, ADMIN, proven_at=NOW), Action.UPDATE_ENVIRONMENT, environment())
        assert not can(member(kind, USER, proven_at=NOW), Action.UPDATE_ENVIRONMENT, environment())


def test_nobody_may_do_anything():
    nobody = CREDENTIALS["sudo"].nobody(NOW)

    assert not any(can(nobody, action, resource) for action in Action for resource in everything())


def test_a_publishable_key_may_create_a_space_in_its_environment_and_nothing_else():
    pk = CREDENTIALS["pk"]

    allowed = {(action, resource.id) for action in Action for resource in everything() if can(pk, action, resource)}

    in_development = {environment().id, thing().id, space().id}
    assert {action for action, _ in allowed} == {Action.CREATE_SPACE, Action.OPEN_EMBED}
    assert {id for _, id in allowed} == in_development


def test_a_secret_key_never_touches_keys_tokens_members_or_the_security_log():
    sk = key(Kind.SECRET_KEY)
    allowed = {action for action in Action for resource in everything() if can(sk, action, resource)}

    assert allowed == {
        Action.VIEW_ACCOUNT,
        Action.VIEW_MEMBER,
        Action.VIEW_ENVIRONMENT,
        Action.UPDATE_ENVIRONMENT,
        Action.VIEW_SECRET,
        Action.SET_SECRET,
        Action.DELETE_SECRET,
        Action.VIEW_SPACE,
        Action.CREATE_SPACE,
        Action.VIEW_WORKBOOK,
        Action.VIEW_SHEET,
        Action.VIEW_DOCUMENT,
        Action.UPDATE_SPACE,
        Action.ARCHIVE_SPACE,
        Action.UNARCHIVE_SPACE,
        Action.DELETE_SPACE,
        Action.CREATE_WORKBOOK,
        Action.UPDATE_WORKBOOK,
        Action.DELETE_WORKBOOK,
        Action.UPDATE_SHEET,
        Action.LOCK_SHEET,
        Action.UNLOCK_SHEET,
        Action.DELETE_SHEET,
        Action.INSERT_RECORDS,
        Action.UPDATE_RECORDS,
        Action.DELETE_RECORDS,
        Action.CREATE_DOCUMENT,
        Action.UPDATE_DOCUMENT,
        Action.DELETE_DOCUMENT,
        Action.VIEW_CLIP,
        *set(CLIPS) - {Action.MERGE_CLIP},  # of what a key has made, which is not among everything
        Action.VIEW_GUEST,
        Action.INVITE_GUEST,
        Action.CREATE_GUEST,
        Action.UPDATE_GUEST,
        Action.DELETE_GUEST,
        Action.GIVE_SPACE,
        Action.WITHDRAW_SPACE,
        Action.ISSUE_GUEST_TOKEN,
        Action.END_GUEST_SESSIONS,
        Action.OPEN_EMBED,
        Action.ISSUE_SPACE_TOKEN,
        Action.VIEW_SHARED_LINK,
        Action.CREATE_SHARED_LINK,
        Action.UPDATE_SHARED_LINK,
        Action.REVOKE_SHARED_LINK,
        Action.VIEW_EVENT,
    }


def test_a_role_changes_what_one_has_made_an_administrator_everything_but_the_merge():
    theirs, ours = clip(UMA), clip(DEVELOPMENT)
    admin, user, key = CREDENTIALS["sudo"], member(Kind.SESSION, USER), CREDENTIALS["sk"]

    assert {action for action in CLIPS if can(user, action, theirs)} == {Action.CREATE_CLIP}
    assert {action for action in CLIPS if not can(admin, action, theirs)} == {Action.MERGE_CLIP}
    assert {action for action in CLIPS if not can(key, action, theirs)} == {Action.MERGE_CLIP}
    assert all(can(key, action, ours) for action in CLIPS)


def test_roles_on_a_narrower_place_allow_the_same_there_as_on_the_account():
    here = member(Kind.SESSION, Grant(Role.ADMIN, environment_id=DEVELOPMENT), proven_at=NOW)
    everywhere = CREDENTIALS["sudo"]

    for action in Action:
        assert bool(can(here, action, thing())) == bool(can(everywhere, action, thing()))
