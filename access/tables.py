"""The policy as tables a person can read: the most each kind of credential may ever do, and what each role allows."""

from enum import StrEnum

from access.actions import CLIPS, RECORDS, Action
from access.actors import Kind, Role
from access.given import GUEST_KINDS, GUESTS, Within


class Verdict(StrEnum):
    """What a ceiling says of one action: a ceiling only narrows, the grants decide the rest."""

    YES = "yes"
    NO = "-"
    FRESH = "fresh"  # with a password proof less than 10 minutes old (in the dashboard: sudo)
    GUARDED = "guarded"  # development yes, production only fresh
    DEVELOPMENT = "dev"  # development only


# security.md, ruling 18 and section 2. "password" and "client" are access tokens by how they were obtained.
TABLE = """
                                    session   password  client  pat   sk    pk
accounts.open_account               -         -         -       -     -     -
accounts.view_account               yes       yes       yes     yes   yes   -
accounts.update_account             yes       yes       yes     yes   -     -
accounts.add_member                 -         -         -       -     -     -
accounts.view_member                yes       yes       yes     yes   yes   -
accounts.view_role                  yes       yes       yes     yes   -     -
accounts.view_access                yes       yes       yes     yes   -     -
accounts.sign_in                    -         -         -       -     -     -
accounts.sign_out                   yes       -         -       -     -     -
accounts.reauthenticate             yes       -         -       -     -     -
accounts.change_password            fresh     -         -       -     -     -
accounts.reset_password             -         -         -       -     -     -

environments.view_environment       yes       yes       yes     yes   yes   -
environments.create_environment     yes       yes       yes     yes   -     -
environments.update_environment     yes       yes       yes     yes   yes   -
environments.delete_environment     guarded   guarded   dev     dev   -     -
environments.view_key               yes       yes       yes     yes   -     -
environments.view_publishable_key   yes       yes       yes     yes   -     -
environments.create_key             fresh     yes       yes     yes   -     -
environments.reveal_key             fresh     fresh     -       -     -     -
environments.rename_key             yes       yes       yes     yes   -     -
environments.rotate_key             fresh     yes       yes     yes   -     -
environments.complete_rotation      fresh     yes       yes     yes   -     -
environments.cancel_rotation        fresh     yes       yes     yes   -     -
environments.revoke_key             fresh     yes       yes     yes   -     -
environments.view_secret            yes       yes       yes     yes   yes   -
environments.set_secret             yes       yes       yes     yes   yes   -
environments.delete_secret          yes       yes       yes     yes   yes   -

spaces.view_space                   yes       yes       yes     yes   yes   -
spaces.create_space                 yes       yes       yes     yes   yes   yes
spaces.update_space                 yes       yes       yes     yes   yes   -
spaces.archive_space                yes       yes       yes     yes   yes   -
spaces.unarchive_space              yes       yes       yes     yes   yes   -
spaces.delete_space                 yes       yes       yes     yes   yes   -
spaces.view_workbook                yes       yes       yes     yes   yes   -
spaces.create_workbook              yes       yes       yes     yes   yes   -
spaces.update_workbook              yes       yes       yes     yes   yes   -
spaces.delete_workbook              yes       yes       yes     yes   yes   -
spaces.view_sheet                   yes       yes       yes     yes   yes   -
spaces.update_sheet                 yes       yes       yes     yes   yes   -
spaces.lock_sheet                   yes       yes       yes     yes   yes   -
spaces.unlock_sheet                 yes       yes       yes     yes   yes   -
spaces.delete_sheet                 yes       yes       yes     yes   yes   -
spaces.insert_records               yes       yes       yes     yes   yes   -
spaces.update_records               yes       yes       yes     yes   yes   -
spaces.delete_records               yes       yes       yes     yes   yes   -
spaces.view_document                yes       yes       yes     yes   yes   -
spaces.create_document              yes       yes       yes     yes   yes   -
spaces.update_document              yes       yes       yes     yes   yes   -
spaces.delete_document              yes       yes       yes     yes   yes   -
spaces.view_clip                    yes       yes       yes     yes   yes   -
spaces.create_clip                  yes       yes       yes     yes   yes   -
spaces.update_clip                  yes       yes       yes     yes   yes   -
spaces.fill_clip                    yes       yes       yes     yes   yes   -
spaces.resolve_clip                 yes       yes       yes     yes   yes   -
spaces.merge_clip                   yes       yes       yes     yes   yes   -
spaces.delete_clip                  yes       yes       yes     yes   yes   -

guests.view_guest                   yes       yes       yes     yes   yes   -
guests.invite_guest                 yes       yes       yes     yes   yes   -
guests.send_link                    -         -         -       -     -     -
guests.use_link                     -         -         -       -     -     -
guests.open_embed                   yes       yes       yes     yes   yes   yes
guests.issue_space_token            yes       yes       yes     yes   yes   -
guests.view_shared_link             yes       yes       yes     yes   yes   -
guests.create_shared_link           yes       yes       yes     yes   yes   -
guests.update_shared_link           yes       yes       yes     yes   yes   -
guests.revoke_shared_link           yes       yes       yes     yes   yes   -
guests.use_shared_link              -         -         -       -     -     -
guests.sign_out_guest               -         -         -       -     -     -
guests.create_guest                 yes       yes       yes     yes   yes   -
guests.update_guest                 yes       yes       yes     yes   yes   -
guests.delete_guest                 yes       yes       yes     yes   yes   -
guests.give_space                   yes       yes       yes     yes   yes   -
guests.withdraw_space               yes       yes       yes     yes   yes   -
guests.issue_guest_token            yes       yes       yes     yes   yes   -
guests.end_guest_sessions           yes       yes       yes     yes   yes   -
guests.assign_role                  yes       yes       yes     yes   -     -
guests.remove_role                  yes       yes       yes     yes   -     -
guests.share_clip                   yes       yes       yes     yes   yes   -
guests.make_clip_link               yes       yes       yes     yes   yes   -
guests.revoke_clip_link             yes       yes       yes     yes   yes   -
guests.use_clip_link                -         -         -       -     -     -

tokens.view_token                   yes       yes       yes     yes   -     -
tokens.create_token                 fresh     yes       yes     yes   -     -
tokens.revoke_token                 yes       yes       yes     yes   -     -
tokens.view_client                  yes       yes       yes     yes   -     -
tokens.create_client                fresh     fresh     -       -     -     -
tokens.revoke_client                yes       yes       yes     yes   -     -
tokens.exchange_password            -         -         -       -     -     -
tokens.exchange_client              -         -         -       -     -     -
tokens.refresh_access_token         -         -         -       -     -     -
tokens.rotate_signing_key           -         -         -       -     -     -

events.view_event                   yes       yes       yes     yes   yes   -
events.view_security_event          yes       yes       yes     yes   -     -
events.view_usage                   yes       yes       yes     yes   -     -

config.rotate_secrets               -         -         -       -     -     -
"""


KINDS = (Kind.SESSION, Kind.PASSWORD, Kind.CLIENT, Kind.PAT, Kind.SECRET_KEY, Kind.PUBLISHABLE_KEY)
COLUMNS = {kind: column for column, kind in enumerate(KINDS + GUEST_KINDS)}


def _read(table: str) -> dict[Action, tuple[Verdict, ...]]:
    rows = [line.split() for line in table.splitlines() if "." in line]
    return {Action(name): tuple(Verdict(cell) for cell in cells) for name, *cells in rows}


def _guests(table: str) -> dict[Action, tuple[Within, tuple[Verdict, ...]]]:
    rows = [line.split() for line in table.splitlines() if "." in line]
    return {Action(name): (Within(within), tuple(Verdict(cell) for cell in cells)) for name, within, *cells in rows}


NEVER = (Verdict.NO,) * len(GUEST_KINDS)
OF_GUESTS = _guests(GUESTS)
WITHIN = {action: within for action, (within, _) in OF_GUESTS.items()}
CEILINGS = {
    action: verdicts + (OF_GUESTS[action][1] if action in OF_GUESTS else NEVER)
    for action, verdicts in _read(TABLE).items()
}

# Admin allows everything on the resource it is assigned on, so it needs no row.
ROLES: dict[Role, frozenset[Action]] = {
    Role.USER: frozenset(
        {
            Action.VIEW_ENVIRONMENT,
            Action.VIEW_PUBLISHABLE_KEY,
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
            *RECORDS,
            Action.CREATE_DOCUMENT,
            Action.UPDATE_DOCUMENT,
            Action.DELETE_DOCUMENT,
            Action.VIEW_CLIP,
            *CLIPS,
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
    ),
    Role.GUEST: frozenset(
        {Action.VIEW_ENVIRONMENT, Action.VIEW_SPACE, Action.VIEW_WORKBOOK, Action.VIEW_SHEET, Action.VIEW_DOCUMENT}
    ).union(RECORDS),
}

# What the role User allows of what one has made oneself, and Admin of everybody's; and what is never another's
# (flatfile-api.md, section 18). What a key has made belongs to the keys of its environment.
OF_MAKER = frozenset(CLIPS) - {Action.CREATE_CLIP}
OF_MAKER_ALONE = frozenset({Action.MERGE_CLIP})

# What belongs to one person: no role reaches another member's.
OWN = frozenset(
    {
        Action.SIGN_OUT,
        Action.REAUTHENTICATE,
        Action.CHANGE_PASSWORD,
        Action.VIEW_TOKEN,
        Action.CREATE_TOKEN,
        Action.REVOKE_TOKEN,
        Action.VIEW_CLIENT,
        Action.CREATE_CLIENT,
        Action.REVOKE_CLIENT,
    }
)

# What everybody may do to what is their own, and a role to the rest.
OWNED = OWN | {Action.VIEW_ACCESS}

# What every credential of an account that may ask at all may see of the account itself, fence or not.
UNFENCED = frozenset({Action.VIEW_ACCOUNT, Action.VIEW_MEMBER, Action.VIEW_ROLE})

# What makes a lasting credential: forbidden to a token that itself dies with another (security.md, ruling 14).
MINTING = frozenset({Action.CREATE_TOKEN, Action.CREATE_CLIENT})
