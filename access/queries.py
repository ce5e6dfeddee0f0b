"""A Reach as a queryset filter, and the one way to look something up: by what the actor may see."""

import functools
import itertools
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

from access.actions import Action
from access.actors import Actor, Resource
from access.areas import FACTS, SETS, Area
from access.policy import Reach, reach, refusal, require
from lib.ids import is_id
from lib.prepared import Blank, Prepared
from lib.problems import NoCredential, NotFound

# The facts that are ids, which differ from one caller to the next.
IDS = tuple(name for name in FACTS if name.endswith("_id"))
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
    areas = _findable(model, actor, to)
    row = _row(model, areas, id, related) if is_id(id) else None
    if row is None:
        raise NotFound
    if to:
        require(actor, to, row.resource)  # type: ignore[attr-defined]
    return row


def get_every(
    model: type[M], actor: Actor, ids: Iterable[str], *, to: Action, related: tuple[str, ...] = ()
) -> dict[str, M]:
    """Id → row, each found as get_visible finds one; what is not found or not allowed refuses them all."""
    wanted = set(ids)
    rows = _with(findable(model, actor, to), related).filter(pk__in=[id for id in wanted if is_id(id)])
    found = {row.pk: row for row in rows}
    if len(found) < len(wanted):
        raise NotFound
    for row in found.values():
        require(actor, to, row.resource)  # type: ignore[attr-defined]
    return found


def findable(model: type[M], actor: Actor, to: Action) -> QuerySet[M]:
    """The rows that may be looked at or acted on; whether acting on one is allowed is still to be asked."""
    return _inside(model, _findable(model, actor, to))


def _findable(model: type[M], actor: Actor, to: Action | None) -> tuple[Area, ...]:
    """What may be looked at, and what may be acted on without looking: a scope may open the one and not the other."""
    view: Action = model.view_action  # type: ignore[attr-defined]
    actable = possible(actor, to or view)
    if to is None or (seen := reach(actor, view)).never:
        return actable.areas
    return tuple(dict.fromkeys(actable.areas + seen.areas))


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
    return _inside(model, reached.areas)


def _inside(model: type[M], areas: Iterable[Area]) -> QuerySet[M]:
    condition = Q(pk__in=())
    for area in areas:
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


def _row(model: type[M], areas: tuple[Area, ...], id: str, related: tuple[str, ...]) -> M | None:
    """The row of that id inside the areas. Areas that differ in nothing but ids share one prepared look-up."""
    if any(getattr(area, name) is not None for area in areas for name in SETS):
        return _with(_inside(model, areas), related).filter(pk=id).first()
    texts, shapes = [id], []
    for area in areas:
        ids = [name for name in IDS if getattr(area, name) is not None]
        texts += [getattr(area, name) for name in ids]
        shapes.append((*ids, area.is_production, area.is_clip))
    return _prepared(model, tuple(shapes), related).first(texts)


@functools.lru_cache(maxsize=512)
def _prepared(model: type[M], shapes: tuple[Any, ...], related: tuple[str, ...]) -> Prepared[M]:
    blanks, areas = itertools.count(1), []
    for *ids, is_production, is_clip in shapes:
        texts: dict[str, Any] = {name: Blank(next(blanks)) for name in ids}
        areas.append(Area("", is_production=is_production, is_clip=is_clip, **texts))
    return Prepared(_with(_inside(model, areas), related).filter(pk=Blank(0)))


def _with(rows: QuerySet[M], related: tuple[str, ...]) -> QuerySet[M]:
    """Django's select_related without a name joins everything there is."""
    return rows.select_related(*related) if related else rows
