"""What a scope opens, and that it opens nothing that the credential without scopes could not do."""

import pytest

from access.actions import Action
from access.actors import Actor, Credential, Kind
from access.policy import can, reach
from access.scopes import SCOPE_WORDS, SCOPES, scopes_of
from access.tests.people import ADMIN, CREDENTIALS, DEVELOPMENT, NOW, OURS, everything, thing

# Scope → what a token limited to it may still do, beside what the scope of reading the same noun opens.
TABLE = {
    "users:read": "accounts.view_account accounts.view_member accounts.view_role accounts.view_access",
    "users:write": "accounts.update_account",
    "environments:read": "environments.view_environment",
    "environments:write": "environments.create_environment environments.update_environment "
    "environments.delete_environment",
    "keys:read": "environments.view_key environments.view_publishable_key events.view_usage",
    "keys:write": "environments.create_key environments.rename_key environments.rotate_key "
    "environments.complete_rotation environments.cancel_rotation environments.revoke_key",
    "secrets:read": "environments.view_secret",
    "secrets:write": "environments.set_secret environments.delete_secret",
    "spaces:read": "spaces.view_space spaces.view_workbook spaces.view_sheet spaces.view_document spaces.view_clip",
    "spaces:write": "spaces.create_space spaces.update_space spaces.archive_space spaces.unarchive_space "
    "spaces.delete_space spaces.create_workbook spaces.update_workbook spaces.delete_workbook spaces.update_sheet "
    "spaces.lock_sheet spaces.unlock_sheet spaces.delete_sheet spaces.insert_records spaces.update_records "
    "spaces.delete_records spaces.create_document "
    "spaces.update_document spaces.delete_document spaces.create_clip spaces.update_clip spaces.fill_clip "
    "spaces.resolve_clip spaces.merge_clip spaces.delete_clip guests.open_embed",
    "guests:read": "guests.view_guest",
    "guests:write": "guests.invite_guest guests.create_guest guests.update_guest guests.delete_guest "
    "guests.give_space guests.withdraw_space guests.issue_guest_token guests.end_guest_sessions "
    "guests.assign_role guests.remove_role guests.view_shared_link guests.create_shared_link "
    "guests.update_shared_link guests.issue_space_token guests.revoke_shared_link "
    "guests.share_clip guests.make_clip_link guests.revoke_clip_link",
    "tokens:read": "tokens.view_token tokens.view_client",
    "tokens:write": "tokens.create_token tokens.revoke_token tokens.revoke_client",
    "events:read": "events.view_event events.view_security_event",
}


def limited(kind: Kind, *scopes: str) -> Actor:
    name = {Kind.PAT: "pat", Kind.SECRET_KEY: "sk"}[kind]
    return CREDENTIALS[name].but(credential=Credential(kind, scopes=frozenset(scopes)))


def possible(actor: Actor) -> set[str]:
    return {action.value for action in Action if not reach(actor, action).never}


@pytest.mark.parametrize("scope", TABLE)
def test_a_token_limited_to_one_scope_does_what_the_scope_says(scope):
    wanted = f"{TABLE[scope]} {TABLE[scope.replace(':write', ':read')]}"

    assert possible(limited(Kind.PAT, scope)) == set(wanted.split())


def test_every_scope_is_in_the_table_and_has_words_for_people():
    assert set(TABLE) == set(SCOPE_WORDS) == set(SCOPES.values())


@pytest.mark.parametrize("kind", [Kind.PAT, Kind.SECRET_KEY])
def test_scopes_only_narrow(kind):
    """Whatever the scopes, nothing is allowed that the same credential without any could not do."""
    whole = CREDENTIALS["pat" if kind is Kind.PAT else "sk"]
    everything_scoped = limited(kind, *SCOPE_WORDS)

    for action in Action:
        for resource in everything():
            assert bool(can(everything_scoped, action, resource)) == bool(can(whole, action, resource))
            for scope in SCOPE_WORDS:
                assert not can(limited(kind, scope), action, resource) or can(whole, action, resource)


def test_a_token_of_no_scope_may_do_nothing():
    assert possible(limited(Kind.PAT)) == set()


def test_a_refusal_names_the_scope_that_is_missing():
    decision = can(limited(Kind.PAT, "spaces:read"), Action.CREATE_KEY, thing())

    assert (bool(decision), decision.rule) == (False, "scope")
    assert "keys:write" in decision.reason


def test_a_kind_that_never_may_is_told_so_and_not_of_a_scope():
    assert can(limited(Kind.SECRET_KEY, "keys:write"), Action.CREATE_KEY, thing()).rule == "kind"


def test_a_key_is_offered_only_scopes_that_mean_something_for_it():
    assert set(scopes_of(Kind.SECRET_KEY)) == {
        "spaces:read",
        "spaces:write",
        "guests:read",
        "guests:write",
        "environments:read",
        "environments:write",
        "secrets:read",
        "secrets:write",
        "users:read",
        "events:read",
    }
    assert set(scopes_of(Kind.PUBLISHABLE_KEY)) == {"spaces:write"}


def test_a_token_confined_to_an_environment_and_scopes_is_held_by_both():
    actor = Actor("us_usr_ada", "Ada", OURS, Credential(Kind.PAT, scopes=frozenset({"keys:write"})), NOW,
                  environment_id=DEVELOPMENT, grants=(ADMIN,))  # fmt: skip

    assert can(actor, Action.CREATE_KEY, thing())
    assert can(actor, Action.CREATE_KEY, thing("us_env_production")).rule == "fence"
    assert can(actor, Action.VIEW_SECRET, thing()).rule == "scope"
