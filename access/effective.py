"""What an actor may do to anything at all: the effective set of its credential."""

import functools
from datetime import UTC, datetime

from access.actions import Action
from access.actors import Actor, Credential, Grant, Places
from access.policy import reach

ONCE = datetime(2000, 1, 1, tzinfo=UTC)
HERE, ELSEWHERE, SPACE, ACCOUNT = "here", "elsewhere", "space", "account"


def effective(actor: Actor) -> tuple[Action, ...]:
    """Every action the actor may do to something, in the order of Action: scopes, ceilings and grants all counted."""
    return _effective(_likeness(actor))


@functools.lru_cache(maxsize=1024)
def _effective(actor: Actor) -> tuple[Action, ...]:
    return tuple(action for action in Action if not (found := reach(actor, action)).never and found.areas)


def _likeness(actor: Actor) -> Actor:
    """An actor that differs in ids and times alone, which decide where something may be done, never what.

    There are few, so that the judge need not be asked about every action again for each request.
    """
    credential = actor.credential
    like = Credential(
        credential.kind,
        proven_at=ONCE if actor.is_fresh else None,
        is_child=credential.is_child,
        scopes=credential.scopes,
    )
    return Actor(
        id="",
        name="",
        account_id=ACCOUNT if actor.account_id else None,
        credential=like,
        at=ONCE,
        environment_id=HERE if actor.environment_id else None,
        grants=tuple(dict.fromkeys(_placed(grant, actor.environment_id) for grant in actor.grants)),
        places=None if actor.places is None else Places(),
    )


def _placed(grant: Grant, here: str | None) -> Grant:
    place = grant.environment_id and (HERE if grant.environment_id == here else ELSEWHERE)
    return Grant(grant.role, place, grant.space_id and SPACE)
