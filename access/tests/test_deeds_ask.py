"""Every domain function asks the judge itself, before it does anything: no face can forget to."""

import pytest
from django.utils import timezone

from access.actions import RECORDS, Action
from access.actors import Actor, Credential, Grant, Kind, Role
from access.policy import Forbidden, reach
from accounts.actions import add_member, change_password, open_account, update_account
from accounts.models import RoleAssignment
from config.actions import rotate_secrets
from environments import actions
from environments.models import ApiKey
from guests import actions as guests
from guests.credentials import sign_out_guest
from lib.problems import NoCredential
from spaces import actions as spaces
from tests.matrix.table import undone
from tests.places import furnish, give, make_clip, make_guest
from tokens.actions import create_client, create_token, revoke_client, revoke_token, rotate_signing_key

pytestmark = pytest.mark.django_db

# Proofs need no right, and whoever is nobody has nothing to end or confirm.
PROOFS = {
    Action.SIGN_IN,
    Action.SIGN_OUT,
    Action.REAUTHENTICATE,
    Action.RESET_PASSWORD,
    Action.EXCHANGE_PASSWORD,
    Action.EXCHANGE_CLIENT,
    Action.REFRESH_ACCESS_TOKEN,
    Action.USE_LINK,
    Action.USE_SHARED_LINK,
    Action.USE_CLIP_LINK,
    Action.SEND_LINK,  # the worker's, for an invitation or a request that was allowed
}
OWN = {Action.CREATE_TOKEN, Action.CREATE_CLIENT, Action.CHANGE_PASSWORD}


@pytest.fixture
def deeds(ada, northwind, development):
    """Action → how it is asked for, about what is Ada's and Northwind's."""
    key = actions.create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    secret = actions.set_secret(ada.actor, development, name="TOKEN", value="v")
    token, client = create_token(ada.actor, name="Nightly").token, create_client(ada.actor).client
    account, user, room = northwind.account, ada.member.user, furnish(development)
    gwen, role = make_guest(development, "gwen@guest.example"), account.roles.first()
    give(gwen, room.space)
    held = RoleAssignment.objects.create(account=account, guest=gwen, role=role, space=room.space)
    shared = guests.create_shared_link(ada.actor, room.space)
    clip = make_clip(ada.actor, room.sheets[1])
    record = room.sheets[1].records.get(position=1)
    return {
        Action.OPEN_ACCOUNT: lambda actor: open_account(actor, name="Acme"),
        Action.UPDATE_ACCOUNT: lambda actor: update_account(actor, account, name="Renamed"),
        Action.ADD_MEMBER: lambda actor: add_member(actor, account, user, account.roles.first()),
        Action.CHANGE_PASSWORD: lambda actor: change_password(actor, user, "another long password"),
        Action.CREATE_ENVIRONMENT: lambda actor: actions.create_environment(actor, name="staging"),
        Action.UPDATE_ENVIRONMENT: lambda actor: actions.update_environment(actor, development, name="renamed"),
        Action.DELETE_ENVIRONMENT: lambda actor: actions.delete_environment(actor, development),
        Action.CREATE_KEY: lambda actor: actions.create_key(actor, development, type=ApiKey.Type.SECRET),
        Action.REVEAL_KEY: lambda actor: actions.reveal_key(actor, key),
        Action.RENAME_KEY: lambda actor: actions.rename_key(actor, key, name="Renamed"),
        Action.ROTATE_KEY: lambda actor: actions.rotate_key(actor, key),
        Action.COMPLETE_ROTATION: lambda actor: actions.complete_rotation(actor, key),
        Action.CANCEL_ROTATION: lambda actor: actions.cancel_rotation(actor, key),
        Action.REVOKE_KEY: lambda actor: actions.revoke_key(actor, key),
        Action.SET_SECRET: lambda actor: actions.set_secret(actor, development, name="NEW", value="v"),
        Action.DELETE_SECRET: lambda actor: actions.delete_secret(actor, secret),
        Action.CREATE_SPACE: lambda actor: spaces.create_space(actor, development),
        Action.UPDATE_SPACE: lambda actor: spaces.update_space(actor, room.space, name="New"),
        Action.ARCHIVE_SPACE: lambda actor: spaces.archive_space(actor, room.space),
        Action.UNARCHIVE_SPACE: lambda actor: spaces.unarchive_space(actor, room.space),
        Action.DELETE_SPACE: lambda actor: spaces.delete_space(actor, room.space),
        Action.CREATE_WORKBOOK: lambda actor: spaces.create_workbook(actor, room.space, name="New"),
        Action.UPDATE_WORKBOOK: lambda actor: spaces.update_workbook(actor, room.workbooks[0], name="New"),
        Action.DELETE_WORKBOOK: lambda actor: spaces.delete_workbook(actor, room.workbooks[0]),
        Action.UPDATE_SHEET: lambda actor: spaces.update_sheet(actor, room.sheets[0], name="New"),
        Action.LOCK_SHEET: lambda actor: spaces.lock_sheet(actor, room.sheets[0]),
        Action.UNLOCK_SHEET: lambda actor: spaces.unlock_sheet(actor, room.sheets[0]),
        Action.DELETE_SHEET: lambda actor: spaces.delete_sheet(actor, room.sheets[0]),
        Action.INSERT_RECORDS: lambda actor: spaces.insert_records(actor, room.sheets[1], [{"name": {"value": "x"}}]),
        Action.UPDATE_RECORDS: lambda actor: spaces.update_records(actor, room.sheets[1], [{"id": record.pk}]),
        Action.DELETE_RECORDS: lambda actor: spaces.delete_records(actor, room.sheets[1], [record.pk]),
        Action.CREATE_DOCUMENT: lambda actor: spaces.create_document(actor, room.space, title="New", body=""),
        Action.UPDATE_DOCUMENT: lambda actor: spaces.update_document(actor, room.documents[0], title="New"),
        Action.DELETE_DOCUMENT: lambda actor: spaces.delete_document(actor, room.documents[0]),
        Action.CREATE_CLIP: lambda actor: spaces.create_clip(actor, room.sheets[0], name="New"),
        Action.UPDATE_CLIP: lambda actor: spaces.update_clip(actor, clip, name="New"),
        Action.FILL_CLIP: lambda actor: spaces.fill_clip(actor, clip, []),
        Action.RESOLVE_CLIP: lambda actor: spaces.resolve_clip(actor, clip, []),
        Action.MERGE_CLIP: lambda actor: spaces.merge_clip(actor, clip),
        Action.DELETE_CLIP: lambda actor: spaces.delete_clip(actor, clip),
        Action.SHARE_CLIP: lambda actor: guests.share_clip(actor, clip, [gwen.pk]),
        Action.MAKE_CLIP_LINK: lambda actor: guests.make_clip_link(actor, clip),
        Action.REVOKE_CLIP_LINK: lambda actor: guests.revoke_clip_link(actor, clip),
        Action.INVITE_GUEST: lambda actor: guests.invite_guest(actor, gwen, space=room.space),
        Action.OPEN_EMBED: lambda actor: guests.open_embed(actor, development, space={}),
        Action.ISSUE_SPACE_TOKEN: lambda actor: guests.issue_space_token(actor, room.space),
        Action.CREATE_SHARED_LINK: lambda actor: guests.create_shared_link(actor, room.space),
        Action.UPDATE_SHARED_LINK: lambda actor: guests.update_shared_link(actor, shared, most_uses=3),
        Action.REVOKE_SHARED_LINK: lambda actor: guests.revoke_shared_link(actor, shared),
        Action.SIGN_OUT_GUEST: sign_out_guest,
        Action.CREATE_GUEST: lambda actor: guests.create_guest(actor, development, email="new@guest.example"),
        Action.UPDATE_GUEST: lambda actor: guests.update_guest(actor, gwen, name="New"),
        Action.DELETE_GUEST: lambda actor: guests.delete_guest(actor, gwen),
        Action.GIVE_SPACE: lambda actor: guests.give_space(actor, gwen, guests.Given(room.space)),
        Action.WITHDRAW_SPACE: lambda actor: guests.withdraw_space(actor, gwen, room.space),
        Action.ISSUE_GUEST_TOKEN: lambda actor: guests.issue_guest_token(actor, gwen),
        Action.END_GUEST_SESSIONS: lambda actor: guests.end_guest_sessions(actor, gwen),
        Action.ASSIGN_ROLE: lambda actor: guests.assign_role(actor, gwen, role, room.space),
        Action.REMOVE_ROLE: lambda actor: guests.remove_role(actor, held),
        Action.CREATE_TOKEN: lambda actor: create_token(actor, name="New"),
        Action.REVOKE_TOKEN: lambda actor: revoke_token(actor, token),
        Action.CREATE_CLIENT: lambda actor: create_client(actor),
        Action.REVOKE_CLIENT: lambda actor: revoke_client(actor, client),
        Action.ROTATE_SIGNING_KEY: rotate_signing_key,
        Action.ROTATE_SECRETS: lambda actor: rotate_secrets(actor, tell=print),
    }


def test_whoever_has_no_right_does_nothing(deeds, uma, sam):
    """A colleague without a role, and the administrator of another account, each after a fresh sign-in."""
    guest = uma.actor.but(grants=(Grant(Role.GUEST),))
    for action, deed in deeds.items():
        for actor in (guest, sam.actor):
            if action in OWN or (action is Action.CREATE_ENVIRONMENT and actor is sam.actor):
                continue  # of their own, and no concern of ours
            if action in RECORDS and actor is guest:
                continue  # whoever has that role works on data
            with undone() as written, pytest.raises(Forbidden) as refused:
                deed(actor)
            assert refused.value.decision.action is action
            assert written == [], action


def test_nobody_does_nothing(deeds):
    for action, deed in deeds.items():
        with undone() as written, pytest.raises(NoCredential):
            deed(Actor.nobody(timezone.now()))
        assert written == [], action


def test_a_program_whose_kind_never_may_does_nothing(deeds, ada, development):
    account_id = ada.member.account_id
    key = Actor("us_key_x", "k", account_id, Credential(Kind.PUBLISHABLE_KEY), ada.actor.at, development.pk)
    for action, deed in deeds.items():
        if reach(key, action).never:
            with undone() as written, pytest.raises(Forbidden) as refused:
                deed(key)
            assert refused.value.decision.rule == "kind"
            assert written == [], action


def test_every_deed_is_asked(deeds):
    assert set(deeds) | PROOFS == {action for action in Action if not action.is_view}
