"""Who asks and what for, as frozen facts: Actor, Credential, Grant, Resource. Nothing here is looked up."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

FRESH_FOR = timedelta(minutes=10)


class Kind(StrEnum):
    """The kind of credential that was presented (security.md, ruling 5: kinds never interchange)."""

    SESSION = "session"
    PASSWORD = "password"  # noqa: S105  an access token of a chain that began with a password
    CLIENT = "client"  # an access token of a client pair
    PAT = "pat"
    SECRET_KEY = "secret_key"  # noqa: S105
    PUBLISHABLE_KEY = "publishable_key"
    GUEST_SESSION = "guest_session"
    GUEST = "guest"  # a guest's access token, 1 h
    SPACE = "space"  # a space access token, 24 h: what an embedded space works with
    SYSTEM = "system"
    NONE = "none"

    @property
    def is_member(self) -> bool:
        return self in MEMBER_KINDS

    @property
    def is_guest(self) -> bool:
        return self in GUEST_KINDS

    @property
    def is_key(self) -> bool:
        return self in KEY_KINDS

    @property
    def words(self) -> str:
        return WORDS[self]


MEMBER_KINDS = frozenset({Kind.SESSION, Kind.PASSWORD, Kind.CLIENT, Kind.PAT})
KEY_KINDS = frozenset({Kind.SECRET_KEY, Kind.PUBLISHABLE_KEY})
GUEST_KINDS = frozenset({Kind.GUEST_SESSION, Kind.GUEST, Kind.SPACE})
WORDS = {
    Kind.SESSION: "a dashboard session",
    Kind.PASSWORD: "an access token obtained by password",
    Kind.CLIENT: "an access token of a client pair",
    Kind.PAT: "a personal access token",
    Kind.SECRET_KEY: "a secret key",
    Kind.PUBLISHABLE_KEY: "a publishable key",
    Kind.GUEST_SESSION: "a guest's session",
    Kind.GUEST: "a guest's access token",
    Kind.SPACE: "a space access token",
    Kind.SYSTEM: "the system itself",
    Kind.NONE: "no credential",
}


class Role(StrEnum):
    """The names of the roles every account starts with (flatfile-api.md, section 5.1)."""

    ADMIN = "Admin"
    USER = "User"
    GUEST = "Guest"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from. Never part of a decision, always part of the log."""

    ip: str = ""
    client: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role on the account, or on one environment or space of it."""

    role: Role
    environment_id: str | None = None
    space_id: str | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """What a guest was given, summed up over all grants: sets, so that 500 grants are judged as fast as one.

    A narrow grant shows its space and the workbooks on the way, and gives nothing else of them.
    """

    spaces: frozenset[str] = frozenset()  # may be entered
    whole_spaces: frozenset[str] = frozenset()  # with everything in them
    workbooks: frozenset[str] = frozenset()  # may be opened, in spaces held in part
    whole_workbooks: frozenset[str] = frozenset()  # with all their sheets
    sheets: frozenset[str] = frozenset()
    clips: frozenset[str] = frozenset()
    own_clips: frozenset[str] = frozenset()  # those of them that the guest has made
    clip_sheets: frozenset[str] = frozenset()
    clip_workbooks: frozenset[str] = frozenset()
    reference_sheets: frozenset[str] = frozenset()  # of which a clip shows some records, to be read only


@dataclass(frozen=True, slots=True)
class Credential:
    """What was presented, without its secret."""

    kind: Kind
    id: str = ""
    hint: str = ""
    proven_at: datetime | None = None
    expires_at: datetime | None = None
    is_child: bool = False
    scopes: frozenset[str] | None = None  # None: not limited


@dataclass(frozen=True, slots=True)
class Resource:
    """What an action is about: the facts a decision may use, and the labels the log keeps."""

    kind: str
    id: str
    account_id: str | None
    environment_id: str | None = None
    space_id: str | None = None
    workbook_id: str | None = None
    sheet_id: str | None = None
    clip_id: str | None = None
    owner_id: str | None = None
    is_production: bool | None = None
    is_clip: bool | None = None  # of a sheet: the copy of chosen records that a data clip works on
    label: str = field(default="", compare=False)
    environment_label: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks, at one moment: `at` is when the credential was found good; freshness is measured against it."""

    id: str
    name: str
    account_id: str | None
    credential: Credential
    at: datetime
    environment_id: str | None = None
    grants: tuple[Grant, ...] = ()
    places: Places | None = None
    origin: Origin = field(default=Origin(), compare=False)
    email: str = field(default="", compare=False)

    @classmethod
    def nobody(cls, at: datetime, origin: Origin = Origin()) -> "Actor":
        return cls(id="", name="", account_id=None, credential=Credential(Kind.NONE), at=at, origin=origin)

    @classmethod
    def system(cls, reason: str, at: datetime, account_id: str | None = None) -> "Actor":
        """The product acting without a request: first start, a command, the worker. The reason goes on record."""
        return cls(id="", name=reason, account_id=account_id, credential=Credential(Kind.SYSTEM), at=at)

    @property
    def kind(self) -> Kind:
        return self.credential.kind

    @property
    def itself(self) -> "Actor":
        """The Actor, also when asked through the door's promise of one, which costs a call for every attribute."""
        return self

    @property
    def is_known(self) -> bool:
        return self.kind is not Kind.NONE

    @property
    def is_fresh(self) -> bool:
        """Whether a password (and second factor) was given within the last 10 minutes (security.md, ruling 18)."""
        proven_at = self.credential.proven_at
        return proven_at is not None and timedelta(0) <= self.at - proven_at < FRESH_FOR

    @property
    def resource(self) -> Resource:
        """The actor as something to act on: its own tokens, its own password."""
        kind = "guest" if self.kind.is_guest else "member"
        place = self.environment_id if self.kind.is_guest else None
        return Resource(kind, self.id, self.account_id, place, owner_id=self.id, label=self.name)

    def but(self, **changes: Any) -> "Actor":
        return replace(self, **changes)
