"""Everything anyone can do, by name: the address of the code, the word in the log, the entry in the docs."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who may read an event: those who reach the data it is about, or administrators alone."""

    DATA = "data"
    SECURITY = "security"


class Action(StrEnum):
    """`app.verb_noun`: a function in the app's actions or credentials; for `view_…`, a model that can be seen."""

    OPEN_ACCOUNT = "accounts.open_account"
    VIEW_ACCOUNT = "accounts.view_account"
    UPDATE_ACCOUNT = "accounts.update_account"
    ADD_MEMBER = "accounts.add_member"
    VIEW_MEMBER = "accounts.view_member"
    VIEW_ROLE = "accounts.view_role"
    VIEW_ACCESS = "accounts.view_access"
    SIGN_IN = "accounts.sign_in"
    SIGN_OUT = "accounts.sign_out"
    REAUTHENTICATE = "accounts.reauthenticate"
    CHANGE_PASSWORD = "accounts.change_password"  # noqa: S105
    RESET_PASSWORD = "accounts.reset_password"  # noqa: S105

    VIEW_ENVIRONMENT = "environments.view_environment"
    CREATE_ENVIRONMENT = "environments.create_environment"
    UPDATE_ENVIRONMENT = "environments.update_environment"
    DELETE_ENVIRONMENT = "environments.delete_environment"
    VIEW_KEY = "environments.view_key"
    VIEW_PUBLISHABLE_KEY = "environments.view_publishable_key"
    CREATE_KEY = "environments.create_key"
    REVEAL_KEY = "environments.reveal_key"
    RENAME_KEY = "environments.rename_key"
    ROTATE_KEY = "environments.rotate_key"
    COMPLETE_ROTATION = "environments.complete_rotation"
    CANCEL_ROTATION = "environments.cancel_rotation"
    REVOKE_KEY = "environments.revoke_key"
    VIEW_SECRET = "environments.view_secret"  # noqa: S105
    SET_SECRET = "environments.set_secret"  # noqa: S105
    DELETE_SECRET = "environments.delete_secret"  # noqa: S105

    VIEW_SPACE = "spaces.view_space"
    CREATE_SPACE = "spaces.create_space"
    UPDATE_SPACE = "spaces.update_space"
    ARCHIVE_SPACE = "spaces.archive_space"
    UNARCHIVE_SPACE = "spaces.unarchive_space"
    DELETE_SPACE = "spaces.delete_space"
    VIEW_WORKBOOK = "spaces.view_workbook"
    CREATE_WORKBOOK = "spaces.create_workbook"
    UPDATE_WORKBOOK = "spaces.update_workbook"
    DELETE_WORKBOOK = "spaces.delete_workbook"
    VIEW_SHEET = "spaces.view_sheet"
    UPDATE_SHEET = "spaces.update_sheet"
    LOCK_SHEET = "spaces.lock_sheet"
    UNLOCK_SHEET = "spaces.unlock_sheet"
    DELETE_SHEET = "spaces.delete_sheet"
    INSERT_RECORDS = "spaces.insert_records"
    UPDATE_RECORDS = "spaces.update_records"
    DELETE_RECORDS = "spaces.delete_records"
    VIEW_DOCUMENT = "spaces.view_document"
    CREATE_DOCUMENT = "spaces.create_document"
    UPDATE_DOCUMENT = "spaces.update_document"
    DELETE_DOCUMENT = "spaces.delete_document"
    VIEW_CLIP = "spaces.view_clip"
    CREATE_CLIP = "spaces.create_clip"
    UPDATE_CLIP = "spaces.update_clip"
    FILL_CLIP = "spaces.fill_clip"
    RESOLVE_CLIP = "spaces.resolve_clip"
    MERGE_CLIP = "spaces.merge_clip"
    DELETE_CLIP = "spaces.delete_clip"

    VIEW_GUEST = "guests.view_guest"
    INVITE_GUEST = "guests.invite_guest"
    SEND_LINK = "guests.send_link"
    USE_LINK = "guests.use_link"
    OPEN_EMBED = "guests.open_embed"
    ISSUE_SPACE_TOKEN = "guests.issue_space_token"  # noqa: S105
    VIEW_SHARED_LINK = "guests.view_shared_link"
    CREATE_SHARED_LINK = "guests.create_shared_link"
    UPDATE_SHARED_LINK = "guests.update_shared_link"
    REVOKE_SHARED_LINK = "guests.revoke_shared_link"
    USE_SHARED_LINK = "guests.use_shared_link"
    SIGN_OUT_GUEST = "guests.sign_out_guest"
    CREATE_GUEST = "guests.create_guest"
    UPDATE_GUEST = "guests.update_guest"
    DELETE_GUEST = "guests.delete_guest"
    GIVE_SPACE = "guests.give_space"
    WITHDRAW_SPACE = "guests.withdraw_space"
    ISSUE_GUEST_TOKEN = "guests.issue_guest_token"  # noqa: S105
    END_GUEST_SESSIONS = "guests.end_guest_sessions"
    ASSIGN_ROLE = "guests.assign_role"
    REMOVE_ROLE = "guests.remove_role"
    SHARE_CLIP = "guests.share_clip"
    MAKE_CLIP_LINK = "guests.make_clip_link"
    REVOKE_CLIP_LINK = "guests.revoke_clip_link"
    USE_CLIP_LINK = "guests.use_clip_link"

    VIEW_TOKEN = "tokens.view_token"  # noqa: S105
    CREATE_TOKEN = "tokens.create_token"  # noqa: S105
    REVOKE_TOKEN = "tokens.revoke_token"  # noqa: S105
    VIEW_CLIENT = "tokens.view_client"
    CREATE_CLIENT = "tokens.create_client"
    REVOKE_CLIENT = "tokens.revoke_client"
    EXCHANGE_PASSWORD = "tokens.exchange_password"  # noqa: S105
    EXCHANGE_CLIENT = "tokens.exchange_client"
    REFRESH_ACCESS_TOKEN = "tokens.refresh_access_token"  # noqa: S105
    ROTATE_SIGNING_KEY = "tokens.rotate_signing_key"

    VIEW_EVENT = "events.view_event"
    VIEW_SECURITY_EVENT = "events.view_security_event"
    VIEW_USAGE = "events.view_usage"

    ROTATE_SECRETS = "config.rotate_secrets"

    @property
    def is_view(self) -> bool:
        return ".view_" in self.value


RECORDS = (Action.INSERT_RECORDS, Action.UPDATE_RECORDS, Action.DELETE_RECORDS)

CLIPS = (
    Action.CREATE_CLIP,
    Action.UPDATE_CLIP,
    Action.FILL_CLIP,
    Action.RESOLVE_CLIP,
    Action.MERGE_CLIP,
    Action.DELETE_CLIP,
    Action.SHARE_CLIP,
    Action.MAKE_CLIP_LINK,
    Action.REVOKE_CLIP_LINK,
)


@dataclass(frozen=True, slots=True)
class Deed:
    """How an Action shows in the Events API: topic and domain (flatfile-api.md, section 20), and who may read it."""

    topic: str
    domain: str
    audience: Audience = Audience.SECURITY


DEEDS: dict[Action, Deed] = {
    Action.OPEN_ACCOUNT: Deed("account:created", "account"),
    Action.UPDATE_ACCOUNT: Deed("account:updated", "account"),
    Action.ADD_MEMBER: Deed("member:added", "member"),
    Action.SIGN_IN: Deed("session:created", "session"),
    Action.SIGN_OUT: Deed("session:ended", "session"),
    Action.REAUTHENTICATE: Deed("session:confirmed", "session"),
    Action.CHANGE_PASSWORD: Deed("password:changed", "member"),
    Action.RESET_PASSWORD: Deed("password:reset", "member"),
    Action.CREATE_ENVIRONMENT: Deed("environment:created", "environment", Audience.DATA),
    Action.UPDATE_ENVIRONMENT: Deed("environment:updated", "environment", Audience.DATA),
    Action.DELETE_ENVIRONMENT: Deed("environment:deleted", "environment", Audience.DATA),
    Action.CREATE_KEY: Deed("api-key:created", "api-key"),
    Action.REVEAL_KEY: Deed("api-key:revealed", "api-key"),
    Action.RENAME_KEY: Deed("api-key:renamed", "api-key"),
    Action.ROTATE_KEY: Deed("api-key:rotated", "api-key"),
    Action.COMPLETE_ROTATION: Deed("api-key:rotation-completed", "api-key"),
    Action.CANCEL_ROTATION: Deed("api-key:rotation-cancelled", "api-key"),
    Action.REVOKE_KEY: Deed("api-key:deleted", "api-key"),
    Action.SET_SECRET: Deed("secret:updated", "secret", Audience.DATA),
    Action.DELETE_SECRET: Deed("secret:deleted", "secret", Audience.DATA),
    Action.CREATE_SPACE: Deed("space:created", "space", Audience.DATA),
    Action.UPDATE_SPACE: Deed("space:updated", "space", Audience.DATA),
    Action.ARCHIVE_SPACE: Deed("space:archived", "space", Audience.DATA),
    Action.UNARCHIVE_SPACE: Deed("space:unarchived", "space", Audience.DATA),
    Action.DELETE_SPACE: Deed("space:deleted", "space", Audience.DATA),
    Action.CREATE_WORKBOOK: Deed("workbook:created", "workbook", Audience.DATA),
    Action.UPDATE_WORKBOOK: Deed("workbook:updated", "workbook", Audience.DATA),
    Action.DELETE_WORKBOOK: Deed("workbook:deleted", "workbook", Audience.DATA),
    Action.UPDATE_SHEET: Deed("sheet:updated", "sheet", Audience.DATA),
    Action.LOCK_SHEET: Deed("sheet:locked", "sheet", Audience.DATA),
    Action.UNLOCK_SHEET: Deed("sheet:unlocked", "sheet", Audience.DATA),
    Action.DELETE_SHEET: Deed("sheet:deleted", "sheet", Audience.DATA),
    Action.INSERT_RECORDS: Deed("records:created", "sheet", Audience.DATA),
    Action.UPDATE_RECORDS: Deed("records:updated", "sheet", Audience.DATA),
    Action.DELETE_RECORDS: Deed("records:deleted", "sheet", Audience.DATA),
    Action.CREATE_DOCUMENT: Deed("document:created", "document", Audience.DATA),
    Action.UPDATE_DOCUMENT: Deed("document:updated", "document", Audience.DATA),
    Action.DELETE_DOCUMENT: Deed("document:deleted", "document", Audience.DATA),
    Action.CREATE_CLIP: Deed("data-clip:created", "data-clip", Audience.DATA),
    Action.UPDATE_CLIP: Deed("data-clip:updated", "data-clip", Audience.DATA),
    Action.FILL_CLIP: Deed("data-clip:updated", "data-clip", Audience.DATA),
    Action.RESOLVE_CLIP: Deed("data-clip:resolutions-updated", "data-clip", Audience.DATA),
    Action.MERGE_CLIP: Deed("data-clip:updated", "data-clip", Audience.DATA),
    Action.DELETE_CLIP: Deed("data-clip:deleted", "data-clip", Audience.DATA),
    Action.INVITE_GUEST: Deed("guest:invited", "guest", Audience.DATA),
    Action.SEND_LINK: Deed("magic-link:sent", "magic-link"),
    Action.USE_LINK: Deed("magic-link:used", "magic-link"),
    Action.OPEN_EMBED: Deed("space:guestAdded", "space", Audience.DATA),
    Action.ISSUE_SPACE_TOKEN: Deed("access-token:created", "access-token"),
    Action.CREATE_SHARED_LINK: Deed("shared-link:created", "shared-link"),
    Action.UPDATE_SHARED_LINK: Deed("shared-link:updated", "shared-link"),
    Action.REVOKE_SHARED_LINK: Deed("shared-link:revoked", "shared-link"),
    Action.USE_SHARED_LINK: Deed("space:guestAdded", "space", Audience.DATA),
    Action.SIGN_OUT_GUEST: Deed("guest-session:ended", "guest-session"),
    Action.CREATE_GUEST: Deed("guest:created", "guest", Audience.DATA),
    Action.UPDATE_GUEST: Deed("guest:updated", "guest", Audience.DATA),
    Action.DELETE_GUEST: Deed("guest:deleted", "guest", Audience.DATA),
    Action.GIVE_SPACE: Deed("space:guestAdded", "space", Audience.DATA),
    Action.WITHDRAW_SPACE: Deed("space:guestRemoved", "space", Audience.DATA),
    Action.ISSUE_GUEST_TOKEN: Deed("access-token:created", "access-token"),
    Action.END_GUEST_SESSIONS: Deed("guest-session:ended", "guest-session"),
    Action.ASSIGN_ROLE: Deed("guest-role:assigned", "guest-role"),
    Action.REMOVE_ROLE: Deed("guest-role:removed", "guest-role"),
    Action.SHARE_CLIP: Deed("data-clip:collaborator-updated", "data-clip", Audience.DATA),
    Action.MAKE_CLIP_LINK: Deed("clip-link:created", "clip-link", Audience.DATA),
    Action.REVOKE_CLIP_LINK: Deed("clip-link:deleted", "clip-link", Audience.DATA),
    Action.USE_CLIP_LINK: Deed("clip-link:used", "clip-link"),
    Action.CREATE_TOKEN: Deed("personal-access-token:created", "personal-access-token"),
    Action.REVOKE_TOKEN: Deed("personal-access-token:deleted", "personal-access-token"),
    Action.CREATE_CLIENT: Deed("client-credential:created", "client-credential"),
    Action.REVOKE_CLIENT: Deed("client-credential:deleted", "client-credential"),
    Action.EXCHANGE_PASSWORD: Deed("access-token:created", "access-token"),
    Action.EXCHANGE_CLIENT: Deed("access-token:created", "access-token"),
    Action.REFRESH_ACCESS_TOKEN: Deed("access-token:refreshed", "access-token"),
    Action.ROTATE_SIGNING_KEY: Deed("signing-key:rotated", "signing-key"),
    Action.ROTATE_SECRETS: Deed("server-secrets:rotated", "server-secrets"),
}
