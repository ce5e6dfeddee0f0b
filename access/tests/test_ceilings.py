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

# security.md, ruling 18 and section 2. `proof`: yes, once a password has been given within 10 minutes.
CREDENTIAL_TABLE = """
                                      sudo session fresh stale client pat   child sk    pk
accounts.view_account                 Y    Y       Y     Y     Y      Y     Y     Y     -
accounts.update_account               Y    Y       Y     Y     Y      Y     Y     -     -
accounts.view_member                  Y    Y       Y     Y     Y      Y     Y     Y     -
accounts.view_role                    Y    Y       Y     Y     Y      Y     Y     -     -
accounts.view_access                  Y    Y       Y     Y     Y      Y     Y     -     -
accounts.change_password              Y    proof   -     -     -      -     -     -     -
accounts.reauthenticate               Y    Y       -     -     -      -     -     -     -
accounts.sign_out                     Y    Y       -     -     -      -     -     -     -
accounts.add_member                   -    -       -     -     -      -     -     -     -
accounts.open_account                 -    -       -     -     -      -     -     -     -
accounts.sign_in                      -    -       -     -     -      -     -     -     -
accounts.reset_password               -    -       -     -     -      -     -     -     -
environments.view_environment         Y    Y       Y     Y     Y      Y     Y     Y     -
environments.create_environment       Y    Y       Y     Y     Y      Y     Y     -     -
environments.update_environment       Y    Y       Y     Y     Y      Y     Y     Y     -
environments.delete_environment       Y    Y       Y     Y     Y      Y     Y     -     -
 … of production                      Y    proof   Y     proof -      -     -     -     -
environments.view_key                 Y    Y       Y     Y     Y      Y     Y     -     -
environments.view_publishable_key     Y    Y       Y     Y     Y      Y     Y     -     -
environments.create_key               Y    proof   Y     Y     Y      Y     Y     -     -
environments.reveal_key               Y    proof   Y     proof -      -     -     -     -
environments.rename_key               Y    Y       Y     Y     Y      Y     Y     -     -
environments.rotate_key               Y    proof   Y     Y     Y      Y     Y     -     -
environments.complete_rotation        Y    proof   Y     Y     Y      Y     Y     -     -
environments.cancel_rotation          Y    proof   Y     Y     Y      Y     Y     -     -
environments.revoke_key               Y    proof   Y     Y     Y      Y     Y     -     -
environments.rotate_key               Y    proof   Y     Y     Y      Y     Y     -     -
environments.complete_rotation        Y    proof   Y     Y     Y      Y     Y     -     -
environments.cancel_rotation          Y    proof   Y     Y     Y      Y     Y     -     -
environments.view_secret              Y    Y       Y     Y     Y      Y     Y     Y     -
environments.set_secret               Y    Y       Y     Y     Y      Y     Y     Y     -
environments.delete_secret            Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.view_space                     Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.create_space                   Y    Y       Y     Y     Y      Y     Y     Y     Y
spaces.view_workbook                  Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.view_sheet                     Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.view_document                  Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_space                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.archive_space                  Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.unarchive_space                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_space                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.create_workbook                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_workbook                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_workbook                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_sheet                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.lock_sheet                     Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.unlock_sheet                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_sheet                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.insert_records                 Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_records                 Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_records                 Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.create_document                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_document                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_document                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.view_clip                      Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.create_clip                    Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_clip                    Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.fill_clip                      Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.resolve_clip                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.merge_clip                     Y    Y       Y     Y     Y      Y     Y     -     -
spaces.delete_clip                    Y    Y       Y     Y     Y      Y     Y     Y     -
guests.view_guest                     Y    Y       Y     Y     Y      Y     Y     Y     -
guests.invite_guest                   Y    Y       Y     Y     Y      Y     Y     Y     -
guests.send_link                      -    -       -     -     -      -     -     -     -
guests.use_link                       -    -       -     -     -      -     -     -     -
guests.open_embed                     Y    Y       Y     Y     Y      Y     Y     Y     Y
guests.issue_space_token              Y    Y       Y     Y     Y      Y     Y     Y     -
guests.view_shared_link               Y    Y       Y     Y     Y      Y     Y     Y     -
guests.create_shared_link             Y    Y       Y     Y     Y      Y     Y     Y     -
guests.update_shared_link             Y    Y       Y     Y     Y      Y     Y     Y     -
guests.revoke_shared_link             Y    Y       Y     Y     Y      Y     Y     Y     -
guests.use_shared_link                -    -       -     -     -      -     -     -     -
guests.sign_out_guest                 -    -       -     -     -      -     -     -     -
guests.create_guest                   Y    Y       Y     Y     Y      Y     Y     Y     -
guests.update_guest                   Y    Y       Y     Y     Y      Y     Y     Y     -
guests.delete_guest                   Y    Y       Y     Y     Y      Y     Y     Y     -
guests.give_space                     Y    Y       Y     Y     Y      Y     Y     Y     -
guests.withdraw_space                 Y    Y       Y     Y     Y      Y     Y     Y     -
guests.issue_guest_token              Y    Y       Y     Y     Y      Y     Y     Y     -
guests.end_guest_sessions             Y    Y       Y     Y     Y      Y     Y     Y     -
guests.assign_role                    Y    Y       Y     Y     Y      Y     Y     -     -
guests.remove_role                    Y    Y       Y     Y     Y      Y     Y     -     -
guests.share_clip                     Y    Y       Y     Y     Y      Y     Y     Y     -
guests.make_clip_link                 Y    Y       Y     Y     Y      Y     Y     Y     -
guests.revoke_clip_link               Y    Y       Y     Y     Y      Y     Y     Y     -
guests.use_clip_link                  -    -       -     -     -      -     -     -     -
tokens.view_token                     Y    Y       Y     Y     Y      Y     Y     -     -
tokens.create_token                   Y    proof   Y     Y     Y      Y     -     -     -
tokens.revoke_token                   Y    Y       Y     Y     Y      Y     Y     -     -
tokens.view_client                    Y    Y       Y     Y     Y      Y     Y     -     -
tokens.create_client                  Y    proof   Y     proof -      -     -     -     -
tokens.revoke_client                  Y    Y       Y     Y     Y      Y     Y     -     -
tokens.exchange_password              -    -       -     -     -      -     -     -     -
tokens.exchange_client                -    -       -     -     -      -     -     -     -
tokens.refresh_access_token           -    -       -     -     -      -     -     -     -
tokens.rotate_signing_key             -    -       -     -     -      -     -     -     -
events.view_event                     Y    Y       Y     Y     Y      Y     Y     Y     -
events.view_security_event            Y    Y       Y     Y     Y      Y     Y     -     -
events.view_usage                     Y    Y       Y     Y     Y      Y     Y     -     -
config.rotate_secrets                  -    -       -     -     -      -     -     -     -
"""

# flatfile-api.md, section 5: the three roles, each given on the account and used with a session in sudo.
ROLE_TABLE = """
                                      admin user guest none
accounts.view_account                 Y     Y    Y     Y
accounts.update_account               Y     -    -     -
accounts.view_member                  Y     Y    Y     Y
accounts.view_role                    Y     Y    Y     Y
accounts.view_access                  Y     -    -     -
environments.view_environment         Y     Y    Y     -
environments.create_environment       Y     -    -     -
environments.update_environment       Y     -    -     -
environments.delete_environment       Y     -    -     -
environments.view_key                 Y     -    -     -
environments.view_publishable_key     Y     Y    -     -
environments.create_key               Y     -    -     -
environments.reveal_key               Y     -    -     -
environments.rename_key               Y     -    -     -
environments.rotate_key               Y     -    -     -
environments.complete_rotation        Y     -    -     -
environments.cancel_rotation          Y     -    -     -
environments.revoke_key               Y     -    -     -
environments.rotate_key               Y     -    -     -
environments.complete_rotation        Y     -    -     -
environments.cancel_rotation          Y     -    -     -
environments.view_secret              Y     -    -     -
environments.set_secret               Y     -    -     -
environments.delete_secret            Y     -    -     -
spaces.view_space                     Y     Y    Y     -
spaces.create_space                   Y     Y    -     -
spaces.view_workbook                  Y     Y    Y     -
spaces.view_sheet                     Y     Y    Y     -
spaces.view_document                  Y     Y    Y     -
spaces.update_space                   Y     Y    -     -
spaces.archive_space                  Y     Y    -     -
spaces.unarchive_space                Y     Y    -     -
spaces.delete_space                   Y     Y    -     -
spaces.create_workbook                Y     Y    -     -
spaces.update_workbook                Y     Y    -     -
spaces.delete_workbook                Y     Y    -     -
spaces.update_sheet                   Y     Y    -     -
spaces.lock_sheet                     Y     Y    -     -
spaces.unlock_sheet                   Y     Y    -     -
spaces.delete_sheet                   Y     Y    -     -
spaces.insert_records                 Y     Y    Y     -
spaces.update_records                 Y     Y    Y     -
spaces.delete_records                 Y     Y    Y     -
spaces.create_document                Y     Y    -     -
spaces.update_document                Y     Y    -     -
spaces.delete_document                Y     Y    -     -
spaces.view_clip                      Y     Y    -     -
spaces.create_clip                    Y     Y    -     -
spaces.update_clip                    Y     Y    -     -
spaces.fill_clip                      Y     Y    -     -
spaces.resolve_clip                   Y     Y    -     -
spaces.merge_clip                     Y     Y    -     -
spaces.delete_clip                    Y     Y    -     -
guests.view_guest                     Y     Y    -     -
guests.invite_guest                   Y     Y    -     -
guests.create_guest                   Y     Y    -     -
guests.update_guest                   Y     Y    -     -
guests.delete_guest                   Y     Y    -     -
guests.give_space                     Y     Y    -     -
guests.withdraw_space                 Y     Y    -     -
guests.issue_guest_token              Y     Y    -     -
guests.end_guest_sessions             Y     Y    -     -
guests.open_embed                     Y     Y    -     -
guests.issue_space_token              Y     Y    -     -
guests.view_shared_link               Y     Y    -     -
guests.create_shared_link             Y     Y    -     -
guests.update_shared_link             Y     Y    -     -
guests.revoke_shared_link             Y     Y    -     -
guests.assign_role                    Y     -    -     -
guests.remove_role                    Y     -    -     -
guests.share_clip                     Y     Y    -     -
guests.make_clip_link                 Y     Y    -     -
guests.revoke_clip_link               Y     Y    -     -
events.view_event                     Y     Y    -     -
events.view_security_event            Y     -    -     -
events.view_usage                     Y     -    -     -
accounts.change_password              own   own  own   own
accounts.reauthenticate               own   own  own   own
accounts.sign_out                     own   own  own   own
tokens.view_token                     own   own  own   own
tokens.create_token                   own   own  own   own
tokens.revoke_token                   own   own  own   own
tokens.view_client                    own   own  own   own
tokens.create_client                  own   own  own   own
tokens.revoke_client                  own   own  own   own
"""
ROLES = {"admin": (ADMIN,), "user": (USER,), "guest": (GUEST,), "none": ()}


def rows(table):
    """Name → {column: cell}; a row that begins with … is about the action above it."""
    header, *lines = table.strip("\n").splitlines()
    columns, name = header.split(), ""
    for line in lines:
        label, cells = line[:38].strip(), line[38:].split()
        name = f"{name} {label}" if label.startswith("…") else label
        yield name, dict(zip(columns, cells, strict=True))


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
