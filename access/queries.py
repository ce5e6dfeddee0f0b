"""A Reach as a queryset filter, and the one way to look something up: by what the actor may see."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

from access.actions import Action
from access.actors import Actor, Resource
from access.areas import FACTS, SETS, Area
from access.policy import Reach, reach, refusal, require
from lib.ids import is_id
from lib.problems import NoCredential, NotFound

ANYTHING = Resource(kind="", id="", account_id=None)


class Judged(Protocol):
    """A model that can be looked at: which Action that is, and which of its fields hold the facts of its Resource."""

    view_action: ClassVar[Action]
    facts: ClassVar[Mapping[str, str]]

    @property
    def resource(self) -> Resource: ...


M = TypeVar("M", bound=Model)


def visible(model: type[M], actor: Actor, to: Action | None = None) -> QuerySet[M]:
    """All rows the actor may look at (or do `to` to). Raises Forbidden when its kind of credential never may."""
    return within(model, possible(actor, to or model.view_action))  # type: ignore[attr-defined]


def get_visible(model: type[M], actor: Actor, id: str, *, to: Action | None = None, related: tuple[str, ...] = ()) -> M:
    """The row of that id, if the actor may look at it, and may do `to` to it.

    Three refusals, in this order: Forbidden when the credential can never do `to` (nothing is looked up then);
    NotFound for an id that is missing, foreign or out of reach, all alike; Forbidden for what may be seen and no
    more (security.md, ruling 1).
    """
    rows = _findable(model, actor, to)
    row = rows.select_related(*related).filter(pk=id).first() if is_id(id) else None
    if row is None:
        raise NotFound
    if to:
        require(actor, to, row.resource)  # type: ignore[attr-defined]
    return row


def _findable(model: type[M], actor: Actor, to: Action | None) -> QuerySet[M]:
    """What may be looked at, and what may be acted on without looking: a scope may open the one and not the other."""
    if to is None:
        return visible(model, actor)
    actable, seen = possible(actor, to), reach(actor, model.view_action)  # type: ignore[attr-defined]
    return within(model, actable) if seen.never else within(model, actable) | within(model, seen)


def possible(actor: Actor, action: Action) -> Reach:
    """The actor's reach for an action that its credential may do to something at all. Raises Forbidden otherwise."""
    if not actor.is_known:
        raise NoCredential
    reached = reach(actor, action)
    if reached.never:
        raise refusal(reached.contains(ANYTHING))
    return reached


def within(model: type[M], reached: Reach) -> QuerySet[M]:
    """The rows inside a Reach: an OR over its areas, each an AND over its facts."""
    condition = Q(pk__in=())
    for area in reached.areas:
        condition |= _area(model, area)
    return model._default_manager.filter(condition)


def _area(model: type[Model], area: Area) -> Q:
    fields: Mapping[str, str] = model.facts  # type: ignore[attr-defined]
    wanted: dict[str, Any] = {fact: value for fact in FACTS if (value := getattr(area, fact)) is not None}
    sets = {fact: value for name, fact in SETS.items() if (value := getattr(area, name)) is not None}
    if any(fact not in fields for fact in (*wanted, *sets)):
        return Q(pk__in=())
    equal = {fields[fact]: value for fact, value in wanted.items()}
    return Q(**equal, **{f"{fields[fact]}__in": value for fact, value in sets.items()})
