"""The policy as tables a person can read: the most each kind of credential may ever do, and what each role allows."""

from enum import StrEnum

from access.actions import Action
from access.actors import Kind, Role


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
spaces.view_workbook                yes       yes       yes     yes   yes   -
spaces.view_sheet                   yes       yes       yes     yes   yes   -
spaces.view_document                yes       yes       yes     yes   yes   -

guests.view_guest                   yes       yes       yes     yes   yes   -
guests.invite_guest                 yes       yes       yes     yes   yes   -
guests.send_link                    -         -         -       -     -     -
guests.use_link                     -         -         -       -     -     -
guests.sign_out_guest               -         -         -       -     -     -

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


class Within(StrEnum):
    """How much of a space a guest must have been given for an action."""

    SELF = "self"  # nothing: it is about the guest alone
    ENVIRONMENT = "environment"  # anything in the environment
    SPACE = "space"  # the space or any part of it
    WHOLE_SPACE = "whole"
    WORKBOOK = "workbook"  # the workbook or a sheet of it
    SHEET = "sheet"
    READ_SHEET = "reading"  # the sheet, or records of it that a data clip refers to
    CLIP = "clip"


# What guests may do: within what they were given, by their session on guest pages, their own access token of 1 h, or
# the access token of an embedded space. What has no row here, no guest ever does.
GUESTS = """
                                    within        page      guest   space
environments.view_environment       environment   yes       yes     yes
spaces.view_space                   space         yes       yes     yes
spaces.view_workbook                workbook      yes       yes     yes
spaces.view_sheet                   reading       yes       yes     yes
spaces.view_document                whole         yes       yes     yes
guests.view_guest                   self          yes       yes     yes
guests.invite_guest                 whole         yes       yes     -
guests.sign_out_guest               self          yes       -       -
events.view_event                   whole         yes       yes     yes
"""

KINDS = (Kind.SESSION, Kind.PASSWORD, Kind.CLIENT, Kind.PAT, Kind.SECRET_KEY, Kind.PUBLISHABLE_KEY)
GUEST_KINDS = (Kind.GUEST_SESSION, Kind.GUEST, Kind.SPACE)
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
            Action.VIEW_GUEST,
            Action.INVITE_GUEST,
            Action.VIEW_EVENT,
        }
    ),
    Role.GUEST: frozenset(
        {Action.VIEW_ENVIRONMENT, Action.VIEW_SPACE, Action.VIEW_WORKBOOK, Action.VIEW_SHEET, Action.VIEW_DOCUMENT}
    ),
}

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

# What a scope opens, `noun:read` or `noun:write`; writing includes reading. A scope only narrows.
SCOPES: dict[Action, str] = {
    Action.VIEW_ACCOUNT: "users:read",
    Action.UPDATE_ACCOUNT: "users:write",
    Action.VIEW_MEMBER: "users:read",
    Action.VIEW_ROLE: "users:read",
    Action.VIEW_ACCESS: "users:read",
    Action.VIEW_ENVIRONMENT: "environments:read",
    Action.CREATE_ENVIRONMENT: "environments:write",
    Action.UPDATE_ENVIRONMENT: "environments:write",
    Action.DELETE_ENVIRONMENT: "environments:write",
    Action.VIEW_KEY: "keys:read",
    Action.VIEW_PUBLISHABLE_KEY: "keys:read",
    Action.CREATE_KEY: "keys:write",
    Action.REVEAL_KEY: "keys:write",
    Action.RENAME_KEY: "keys:write",
    Action.ROTATE_KEY: "keys:write",
    Action.COMPLETE_ROTATION: "keys:write",
    Action.CANCEL_ROTATION: "keys:write",
    Action.REVOKE_KEY: "keys:write",
    Action.VIEW_SECRET: "secrets:read",
    Action.SET_SECRET: "secrets:write",
    Action.DELETE_SECRET: "secrets:write",
    Action.VIEW_SPACE: "spaces:read",
    Action.CREATE_SPACE: "spaces:write",
    Action.VIEW_WORKBOOK: "spaces:read",
    Action.VIEW_SHEET: "spaces:read",
    Action.VIEW_DOCUMENT: "spaces:read",
    Action.VIEW_GUEST: "guests:read",
    Action.INVITE_GUEST: "guests:write",
    Action.VIEW_TOKEN: "tokens:read",
    Action.VIEW_CLIENT: "tokens:read",
    Action.CREATE_TOKEN: "tokens:write",
    Action.REVOKE_TOKEN: "tokens:write",
    Action.CREATE_CLIENT: "tokens:write",
    Action.REVOKE_CLIENT: "tokens:write",
    Action.VIEW_EVENT: "events:read",
    Action.VIEW_SECURITY_EVENT: "events:read",
    Action.VIEW_USAGE: "keys:read",
}
# In the order a person reads them, with what each lets its holder do.
SCOPE_WORDS: dict[str, str] = {
    "spaces:read": "See spaces, and what is in them",
    "spaces:write": "Create spaces",
    "guests:read": "See guests, and what they were given",
    "guests:write": "Invite guests",
    "environments:read": "See environments",
    "environments:write": "Create, change and delete environments",
    "keys:read": "See API keys by name, and how much they are used",
    "keys:write": "Create, rotate and delete API keys",
    "secrets:read": "Read the values of secrets",
    "secrets:write": "Set and delete secrets",
    "users:read": "See the account, its people, roles and what they may do",
    "users:write": "Change the account: its name, who may read answers in a browser",
    "tokens:read": "See one's own tokens",
    "tokens:write": "Create and delete one's own tokens",
    "events:read": "Read the log",
}


def in_scope(action: Action, scopes: frozenset[str]) -> bool:
    """Whether a credential limited to these scopes may still do the action; what has no scope is never limited."""
    needed = SCOPES.get(action)
    return needed is None or needed in scopes or needed.replace(":read", ":write") in scopes


def scopes_of(kind: Kind) -> list[str]:
    """The scopes that mean something for a kind of credential: those of actions its ceiling does not rule out."""
    possible = {SCOPES[action] for action in SCOPES if CEILINGS[action][COLUMNS[kind]] is not Verdict.NO}
    return [scope for scope in SCOPE_WORDS if scope in possible]
