"""Scopes: what each lets its holder do. A scope only narrows; the owner's rights stay the ceiling."""

from access.actions import CLIPS, RECORDS, Action
from access.actors import Kind
from access.tables import CEILINGS, COLUMNS, Verdict

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
    Action.UPDATE_SPACE: "spaces:write",
    Action.ARCHIVE_SPACE: "spaces:write",
    Action.UNARCHIVE_SPACE: "spaces:write",
    Action.DELETE_SPACE: "spaces:write",
    Action.CREATE_WORKBOOK: "spaces:write",
    Action.UPDATE_WORKBOOK: "spaces:write",
    Action.DELETE_WORKBOOK: "spaces:write",
    Action.UPDATE_SHEET: "spaces:write",
    Action.LOCK_SHEET: "spaces:write",
    Action.UNLOCK_SHEET: "spaces:write",
    Action.DELETE_SHEET: "spaces:write",
    **dict.fromkeys(RECORDS, "spaces:write"),
    Action.CREATE_DOCUMENT: "spaces:write",
    Action.UPDATE_DOCUMENT: "spaces:write",
    Action.DELETE_DOCUMENT: "spaces:write",
    Action.VIEW_CLIP: "spaces:read",
    **dict.fromkeys(CLIPS, "spaces:write"),
    Action.SHARE_CLIP: "guests:write",
    Action.MAKE_CLIP_LINK: "guests:write",
    Action.REVOKE_CLIP_LINK: "guests:write",
    Action.VIEW_GUEST: "guests:read",
    Action.INVITE_GUEST: "guests:write",
    Action.OPEN_EMBED: "spaces:write",
    Action.ISSUE_SPACE_TOKEN: "guests:write",
    # Whoever sees the link can come in by it.
    Action.VIEW_SHARED_LINK: "guests:write",
    Action.CREATE_SHARED_LINK: "guests:write",
    Action.UPDATE_SHARED_LINK: "guests:write",
    Action.REVOKE_SHARED_LINK: "guests:write",
    Action.CREATE_GUEST: "guests:write",
    Action.UPDATE_GUEST: "guests:write",
    Action.DELETE_GUEST: "guests:write",
    Action.GIVE_SPACE: "guests:write",
    Action.WITHDRAW_SPACE: "guests:write",
    Action.ISSUE_GUEST_TOKEN: "guests:write",
    Action.END_GUEST_SESSIONS: "guests:write",
    Action.ASSIGN_ROLE: "guests:write",
    Action.REMOVE_ROLE: "guests:write",
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
    "spaces:write": "Create, change and delete spaces, and what is in them",
    "guests:read": "See guests, and what they were given",
    "guests:write": "Create, invite, change and delete guests, give them spaces, act as one of them, share by link",
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
