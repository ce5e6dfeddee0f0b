"""Who may do what, explained: of one principal, of everybody, and everything one may reach.

A further kind of principal is one line in PRINCIPALS: the model of its rows, and the function beside its resolver
that makes Actors of them.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

from django.db.models import Model

from access.actions import Action
from access.actors import Actor
from access.explain import OF_ANOTHER, Explanation, Principal, explain
from access.policy import reach
from access.queries import get_visible, possible
from access.reached import Reached, reached
from accounts.credentials import member_principals
from accounts.models import Member
from config.closing import closing
from config.things import find, kind_of
from environments.credentials import key_principals
from environments.models import ApiKey, Environment
from guests.credentials import guest_principals
from guests.models import Guest
from lib.problems import InvalidInput, NotFound
from spaces.models import Space
from tokens.credentials import client_principals, token_principals
from tokens.models import ClientCredential, PersonalAccessToken

Load = Callable[[Sequence[str]], dict[str, Principal]]


class Knocking(NamedTuple):
    """A model whose rows are principals, how they are loaded, and what their resource reads of other rows."""

    model: type[Model]
    load: Load
    related: tuple[str, ...] = ()


PRINCIPALS: dict[str, Knocking] = {
    "member": Knocking(Member, partial(member_principals, way="session")),
    "key": Knocking(ApiKey, key_principals, ("environment",)),
    "token": Knocking(PersonalAccessToken, token_principals),
    "client": Knocking(ClientCredential, client_principals),
    "guest": Knocking(Guest, guest_principals, ("environment",)),
}


class NoSuchWay(InvalidInput):
    code, field = "no_such_way", "credential"
    message = "Only a member comes in several ways. Leave this out for a key, a token, a client pair or a guest."


def explain_access(asker: Actor, action: Action, resource_id: str, *, who: str = "", way: str = "") -> Explanation:
    """Whether that principal (else oneself) may do this to that, with the whole trail.

    Raises Forbidden for another without the right to see it, NotFound for what the asker may not know of.
    """
    principal = principal_of(asker, who, way)
    resource = find(asker, resource_id, action)
    found = explain(principal.actor, action, resource, names([principal.actor]), principal.ended)
    if found.allowed and (closed := closing(action, resource)(principal.actor)):
        found = found.closed_by(closed)
    return found if is_oneself(asker, principal.actor) else found.told_of_another()


def explain_reach(asker: Actor, *, who: str = "", way: str = "") -> tuple[Principal, list[Reached]]:
    """Everything that principal (else oneself) may do, action by action, and where. Raises as explain_access."""
    principal = principal_of(asker, who, way)
    called = names([principal.actor])
    found = [reached(reach(principal.actor, action), called, principal.ended) for action in Action]
    if is_oneself(asker, principal.actor):
        return principal, found
    return principal, [one._replace(reason=OF_ANOTHER.get(one.reason, one.reason)) for one in found]


def principal_of(asker: Actor, id: str, way: str) -> Principal:
    """Whoever that id names, as they would come in; without one whoever asks. Raises NotFound, Forbidden, NoSuchWay."""
    if way and not id and asker.kind.is_member:
        id = asker.id
    if not id or id == asker.credential.id:
        if way:
            raise NoSuchWay
        return Principal(asker)
    possible(asker, Action.VIEW_ACCESS)
    kind = kind_of(id)
    if kind not in PRINCIPALS:
        raise NotFound
    if way and kind != "member":
        raise NoSuchWay
    knocking = PRINCIPALS[kind]
    get_visible(knocking.model, asker, id, to=Action.VIEW_ACCESS, related=knocking.related)
    load = partial(member_principals, way=way) if way else knocking.load
    return load([id])[id]


def is_oneself(asker: Actor, actor: Actor) -> bool:
    return actor.id == asker.id


def names(actors: Iterable[Actor]) -> dict[str, str]:
    """What the environments and spaces are called that these actors are given something in."""
    ids = {id for actor in actors for id in (actor.environment_id, *_places(actor)) if id}
    models: tuple[type[Environment] | type[Space], ...] = (Environment, Space)
    named = {model: [id for id in ids if id.startswith(model._meta.pk.prefix)] for model in models}  # type: ignore[attr-defined]
    found = [model.objects.filter(pk__in=known).values_list("pk", "name") for model, known in named.items() if known]
    return {id: name for rows in found for id, name in rows}


def _places(actor: Actor) -> Iterable[str | None]:
    return (id for grant in actor.grants for id in (grant.environment_id, grant.space_id))
