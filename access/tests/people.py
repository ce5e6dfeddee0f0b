"""The cast as frozen facts, for tests that need no database: one account with two environments, and a stranger's."""

from datetime import UTC, datetime, timedelta

from access.actors import Actor, Credential, Grant, Kind, Resource, Role

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=3)

OURS, THEIRS = "us_acc_ours", "us_acc_theirs"
DEVELOPMENT, PRODUCTION, FOREIGN = "us_env_development", "us_env_production", "us_env_foreign"
SPACE = "us_sp_one"
ADA, UMA, SAM = "us_usr_ada", "us_usr_uma", "us_usr_sam"

ADMIN, USER, GUEST = Grant(Role.ADMIN), Grant(Role.USER), Grant(Role.GUEST)


def member(
    kind: Kind,
    *grants: Grant,
    proven_at: datetime | None = None,
    is_child: bool = False,
    id: str = ADA,
    account_id: str | None = OURS,
) -> Actor:
    credential = Credential(kind, proven_at=proven_at, is_child=is_child)
    return Actor(id=id, name=id, account_id=account_id, credential=credential, at=NOW, grants=grants)


def key(kind: Kind, environment_id: str | None = DEVELOPMENT, account_id: str | None = OURS) -> Actor:
    return Actor("us_key_one", "key", account_id, Credential(kind), NOW, environment_id=environment_id)


# One of each kind of credential, with the freshness that matters: an administrator's, unless it is a key.
CREDENTIALS = {
    "sudo": member(Kind.SESSION, ADMIN, proven_at=NOW),
    "session": member(Kind.SESSION, ADMIN, proven_at=LONG_AGO),
    "fresh": member(Kind.PASSWORD, ADMIN, proven_at=NOW),
    "stale": member(Kind.PASSWORD, ADMIN, proven_at=LONG_AGO),
    "client": member(Kind.CLIENT, ADMIN),
    "pat": member(Kind.PAT, ADMIN),
    "child": member(Kind.PAT, ADMIN, is_child=True),
    "sk": key(Kind.SECRET_KEY),
    "pk": key(Kind.PUBLISHABLE_KEY),
}


def environment(id: str = DEVELOPMENT, account_id: str = OURS) -> Resource:
    return Resource("environment", id, account_id, environment_id=id, is_production=id == PRODUCTION)


def thing(environment_id: str = DEVELOPMENT, account_id: str = OURS) -> Resource:
    """Something in an environment: a key, a secret."""
    return Resource("key", "us_key_thing", account_id, environment_id=environment_id)


def space(id: str = SPACE, environment_id: str = DEVELOPMENT, account_id: str = OURS) -> Resource:
    return Resource("space", id, account_id, environment_id=environment_id, space_id=id)


def clip(owner_id: str) -> Resource:
    """A data clip in development."""
    place = {"environment_id": DEVELOPMENT, "space_id": SPACE, "clip_id": "us_clip_one"}
    return Resource("clip", "us_clip_one", OURS, **place, owner_id=owner_id)


def account(id: str = OURS) -> Resource:
    return Resource("account", id, id)


def belonging(owner_id: str, account_id: str = OURS) -> Resource:
    """Something of one person: a token, a client pair, the person."""
    return Resource("token", "us_pat_thing", account_id, owner_id=owner_id)


def everything() -> list[Resource]:
    """One of each kind of resource, at home, in the other environment and in another account."""
    return [
        account(),
        account(THEIRS),
        *(environment(id) for id in (DEVELOPMENT, PRODUCTION)),
        environment(FOREIGN, THEIRS),
        *(thing(id) for id in (DEVELOPMENT, PRODUCTION)),
        thing(FOREIGN, THEIRS),
        space(),
        space("us_sp_two", PRODUCTION),
        space("us_sp_foreign", FOREIGN, THEIRS),
        *(belonging(id) for id in (ADA, UMA)),
        belonging(SAM, THEIRS),
    ]
