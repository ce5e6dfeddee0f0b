"""An event as a sentence: the one place that knows how each deed is told, done or refused."""

import json
from dataclasses import dataclass

from access.actions import Action
from access.actors import Kind
from events.models import Event

# Infinitive, past tense, and the noun before the name of the thing. `{}` is the kind of key.
DEEDS: dict[str, tuple[str, str, str]] = {
    Action.OPEN_ACCOUNT: ("open", "opened", "the account"),
    Action.VIEW_ACCOUNT: ("look at", "looked at", "the account"),
    Action.UPDATE_ACCOUNT: ("change", "changed", "the account"),
    Action.ADD_MEMBER: ("add", "added", "the member"),
    Action.VIEW_MEMBER: ("look at", "looked at", "the member"),
    Action.VIEW_ROLE: ("look at", "looked at", "the roles"),
    Action.VIEW_ACCESS: ("see what is allowed to", "saw what is allowed to", ""),
    Action.SIGN_IN: ("sign in", "signed in", ""),
    Action.SIGN_OUT: ("sign out", "signed out", ""),
    Action.REAUTHENTICATE: ("confirm the password", "confirmed the password", ""),
    Action.CHANGE_PASSWORD: ("change the password", "changed the password", ""),
    Action.RESET_PASSWORD: ("reset", "reset", "the password of"),
    Action.VIEW_ENVIRONMENT: ("look at", "looked at", "the environment"),
    Action.CREATE_ENVIRONMENT: ("create", "created", "the environment"),
    Action.UPDATE_ENVIRONMENT: ("change", "changed", "the environment"),
    Action.DELETE_ENVIRONMENT: ("delete", "deleted", "the environment"),
    Action.VIEW_KEY: ("look at", "looked at", "the key"),
    Action.VIEW_PUBLISHABLE_KEY: ("look at", "looked at", "the publishable key"),
    Action.CREATE_KEY: ("create", "created", "the {} key"),
    Action.REVEAL_KEY: ("reveal", "revealed", "the secret key"),
    Action.RENAME_KEY: ("rename", "renamed", "the key"),
    Action.ROTATE_KEY: ("rotate", "rotated", "the {} key"),
    Action.COMPLETE_ROTATION: ("complete", "completed", "the rotation of the key"),
    Action.CANCEL_ROTATION: ("cancel", "cancelled", "the rotation of the key"),
    Action.REVOKE_KEY: ("delete", "deleted", "the {} key"),
    Action.VIEW_SECRET: ("look at", "looked at", "the secret"),
    Action.SET_SECRET: ("set", "set", "the secret"),
    Action.DELETE_SECRET: ("delete", "deleted", "the secret"),
    Action.VIEW_SPACE: ("look at", "looked at", "the space"),
    Action.CREATE_SPACE: ("create", "created", "the space"),
    Action.VIEW_WORKBOOK: ("look at", "looked at", "the workbook"),
    Action.VIEW_SHEET: ("look at", "looked at", "the sheet"),
    Action.VIEW_DOCUMENT: ("read", "read", "the document"),
    Action.UPDATE_SPACE: ("change", "changed", "the space"),
    Action.ARCHIVE_SPACE: ("archive", "archived", "the space"),
    Action.UNARCHIVE_SPACE: ("take out of the archive", "took out of the archive", "the space"),
    Action.DELETE_SPACE: ("delete", "deleted", "the space"),
    Action.CREATE_WORKBOOK: ("create", "created", "the workbook"),
    Action.UPDATE_WORKBOOK: ("change", "changed", "the workbook"),
    Action.DELETE_WORKBOOK: ("delete", "deleted", "the workbook"),
    Action.UPDATE_SHEET: ("change", "changed", "the sheet"),
    Action.LOCK_SHEET: ("lock", "locked", "the sheet"),
    Action.UNLOCK_SHEET: ("unlock", "unlocked", "the sheet"),
    Action.DELETE_SHEET: ("delete", "deleted", "the sheet"),
    Action.INSERT_RECORDS: ("add records to", "added records to", "the sheet"),
    Action.UPDATE_RECORDS: ("change records of", "changed records of", "the sheet"),
    Action.DELETE_RECORDS: ("delete records of", "deleted records of", "the sheet"),
    Action.CREATE_DOCUMENT: ("create", "created", "the document"),
    Action.UPDATE_DOCUMENT: ("change", "changed", "the document"),
    Action.DELETE_DOCUMENT: ("delete", "deleted", "the document"),
    Action.VIEW_CLIP: ("look at", "looked at", "the data clip"),
    Action.CREATE_CLIP: ("make", "made", "the data clip"),
    Action.UPDATE_CLIP: ("change", "changed", "the data clip"),
    Action.FILL_CLIP: ("add records to", "added records to", "the data clip"),
    Action.RESOLVE_CLIP: ("settle the conflicts of", "settled the conflicts of", "the data clip"),
    Action.MERGE_CLIP: ("merge", "merged", "the data clip"),
    Action.DELETE_CLIP: ("delete", "deleted", "the data clip"),
    Action.VIEW_GUEST: ("look at", "looked at", "the guest"),
    Action.INVITE_GUEST: ("invite", "invited", "the guest"),
    Action.SEND_LINK: ("send", "sent", "a link to the guest"),
    Action.USE_LINK: ("come in by magic link", "came in by magic link", ""),
    Action.SIGN_OUT_GUEST: ("sign out", "signed out", ""),
    Action.OPEN_EMBED: ("open a space for", "opened a space for", "the guest"),
    Action.ISSUE_SPACE_TOKEN: ("get an access token for", "got an access token for", "the guest"),
    Action.VIEW_SHARED_LINK: ("look at", "looked at", "the public link of"),
    Action.CREATE_SHARED_LINK: ("make", "made", "a public link for"),
    Action.UPDATE_SHARED_LINK: ("change", "changed", "the public link of"),
    Action.REVOKE_SHARED_LINK: ("revoke", "revoked", "the public link of"),
    Action.USE_SHARED_LINK: ("come in", "came in by shared link as", "the guest"),
    Action.CREATE_GUEST: ("create", "created", "the guest"),
    Action.UPDATE_GUEST: ("change", "changed", "the guest"),
    Action.DELETE_GUEST: ("delete", "deleted", "the guest"),
    Action.GIVE_SPACE: ("give a space to", "gave a space to", "the guest"),
    Action.WITHDRAW_SPACE: ("take a space from", "took a space from", "the guest"),
    Action.ISSUE_GUEST_TOKEN: ("get an access token for", "got an access token for", "the guest"),
    Action.END_GUEST_SESSIONS: ("sign out everywhere", "signed out everywhere", "the guest"),
    Action.ASSIGN_ROLE: ("give a role to", "gave a role to", "the guest"),
    Action.REMOVE_ROLE: ("take a role from", "took a role from", "the guest"),
    Action.SHARE_CLIP: ("change who works on", "changed who works on", "the data clip"),
    Action.MAKE_CLIP_LINK: ("make a link to", "made a link to", "the data clip"),
    Action.REVOKE_CLIP_LINK: ("end the link to", "ended the link to", "the data clip"),
    Action.USE_CLIP_LINK: ("come in by the link to", "came in by the link to", "the data clip"),
    Action.VIEW_TOKEN: ("look at", "looked at", "the personal access token"),
    Action.CREATE_TOKEN: ("create", "created", "the personal access token"),
    Action.REVOKE_TOKEN: ("delete", "deleted", "the personal access token"),
    Action.VIEW_CLIENT: ("look at", "looked at", "the client pair"),
    Action.CREATE_CLIENT: ("create", "created", "the client pair"),
    Action.REVOKE_CLIENT: ("delete", "deleted", "the client pair"),
    Action.EXCHANGE_PASSWORD: ("get an access token by password", "got an access token by password", ""),
    Action.EXCHANGE_CLIENT: ("get an access token by client pair", "got an access token by client pair", ""),
    Action.REFRESH_ACCESS_TOKEN: ("refresh an access token", "refreshed an access token", ""),
    Action.ROTATE_SIGNING_KEY: ("rotate the signing key", "rotated the signing key", ""),
    Action.VIEW_EVENT: ("read the log", "read the log", ""),
    Action.VIEW_SECURITY_EVENT: ("read the log", "read the log", ""),
    Action.VIEW_USAGE: ("look at", "looked at", "the usage of"),
    Action.ROTATE_SECRETS: ("rotate the server's secrets", "rotated the server's secrets", ""),
}
# Refusals that no Action stands for: a proof that proved nothing, a credential that opens nothing any more.
PROOFS = {
    "sign-in:refused": "a sign-in as",
    "exchange:refused": "an exchange for the client id",
    "magic-link:refused": "a magic link of",
    "shared-link:refused": "a shared link to",
}
# Deeds whose topic says more than their Action.
VERBS = {"secret:created": "added", "secret:updated": "changed"}
# What was refused before it existed has no name; the log then knows where it was to be made.
MAKING = {"create", "set", "open", "add"}


@dataclass(slots=True)
class Entry:
    """One row of the log: an event and its sentence, in parts so that a template can set them apart."""

    event: Event
    tone: str = "dev"

    @property
    def who(self) -> str:
        """Whose deed it is; for a proof that failed nobody knows."""
        if self.event.actor_kind == "system":
            return "Latchkey"
        return self.event.actor_label or ("" if self.event.refused else "Somebody")

    @property
    def tag(self) -> str:
        """What kind of actor, where it is not a person."""
        event = self.event
        if event.actor_kind == "system":
            return event.actor_label
        if event.credential_kind in ("pat", "client"):
            return "token" if event.credential_kind == "pat" else "client"
        return "key" if event.actor_kind == "key" else ""

    @property
    def verb(self) -> str:
        infinitive, past, noun = self._deed
        verb = f"tried to {infinitive}" if self.event.refused else VERBS.get(self.event.topic, past)
        noun = noun.format(str(self.event.payload.get("type", "")).lower()).replace("  ", " ")
        if not self.what:
            noun = noun.replace("the environment", "an environment").replace("the ", "a ", 1)
        return f"{verb} {noun}".strip()

    @property
    def refused_proof(self) -> str:
        """The beginning of a sentence about a proof or a credential that was not accepted."""
        if self.event.topic == "credential:refused":
            kind = self.event.subject_kind
            return "use after retirement of the key" if kind == "key" else f"a dead {kind}"
        return PROOFS.get(self.event.topic, "")

    @property
    def what(self) -> str:
        """The name of the thing, where the sentence has room for one."""
        infinitive, _, noun = self._deed
        if self.event.refused and infinitive in MAKING:
            return ""
        return self.event.subject_label if noun or self.refused_proof else ""

    @property
    def where(self) -> str:
        """The environment, unless it is the very thing the sentence names."""
        return "" if self.what and self.event.subject_kind == "environment" else self.event.environment_label

    @property
    def credential(self) -> str:
        """What it was done with, such as `a dashboard session`."""
        kind = self.event.credential_kind
        return Kind(kind).words if kind else ""

    @property
    def why(self) -> str:
        return self.event.reason or self.event.rule

    @property
    def json(self) -> str:
        """The event as the API shows it."""
        return json.dumps(self.event.as_json(), indent=2, ensure_ascii=False)

    @property
    def _deed(self) -> tuple[str, str, str]:
        verb = self.event.action.rpartition(".")[2].replace("_", " ")
        return DEEDS.get(self.event.action, (verb, verb, "")) if verb else ("", self.event.topic, "")
