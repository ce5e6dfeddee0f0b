"""What a request wants to give, looked up: spaces, and the whole or the named parts of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.actions import Action
from access.actors import Actor
from access.queries import findable, get_every
from environments.models import Environment
from lib.ids import is_id
from lib.problems import InvalidInput, NotFound
from spaces.models import Sheet, Space, Workbook

MOST_PARTS = 5_000  # that one request names


@dataclass(frozen=True, slots=True)
class Given:
    """A space as it is to be given: all workbooks and sheets where that is None, none where it is empty (section 11).

    `keeps_end`: nothing is said of an end, so a guest who has the space already keeps the end they have.
    """

    space: Space
    workbooks: tuple[Workbook, ...] | None = None
    sheets: tuple[Sheet, ...] | None = None
    expires_at: datetime | None = None
    keeps_end: bool = False


def find_environment(actor: Actor, id: str) -> Environment:
    """The environment that guests are to be created in. Raises NotFound."""
    found = findable(Environment, actor, Action.CREATE_GUEST).filter(pk=id).first() if is_id(id) else None
    if found is None:
        raise NotFound
    return found


def find_given(actor: Actor, environment_id: str, wanted: Sequence[Mapping[str, Any]]) -> list[Given]:
    """All that is named, in five queries at most; whatever is not of this environment and space refuses everything.

    `wanted` is as the API has it: `{id, workbooks?: [{id}], sheets?: [{id}], expiresAt?}`. Raises NotFound, Forbidden.
    """
    ids = [one["id"] for one in wanted]
    if len(set(ids)) < len(ids):
        raise InvalidInput("Name each space once.", field="spaces")
    spaces = get_every(Space, actor, ids, to=Action.GIVE_SPACE, related=("environment",))
    if any(space.environment_id != environment_id for space in spaces.values()):
        raise NotFound
    named = [_named(one, kind) for one in wanted for kind in ("workbooks", "sheets")]
    if sum(map(len, named)) > MOST_PARTS:
        raise InvalidInput(f"Name at most {MOST_PARTS} workbooks and sheets at once.", field="spaces")
    workbooks = Workbook.objects.filter(space__in=spaces, pk__in=_ids(wanted, "workbooks"))
    sheets = Sheet.objects.filter(space__in=spaces, pk__in=_ids(wanted, "sheets"), is_clip=False)
    parts: dict[str, Workbook | Sheet] = {part.pk: part for rows in (workbooks, sheets) for part in rows}
    return [_given(one, spaces[one["id"]], parts) for one in wanted]


def _given(one: Mapping[str, Any], space: Space, parts: Mapping[str, Any]) -> Given:
    limits = {kind: _parts(one, kind, space, parts) if kind in one else None for kind in ("workbooks", "sheets")}
    workbooks, sheets = limits["workbooks"], limits["sheets"]
    if workbooks is not None and sheets and {sheet.workbook_id for sheet in sheets} - {one.pk for one in workbooks}:
        raise InvalidInput("A sheet that is given lies in one of the workbooks that are given.", field="spaces")
    return Given(space, workbooks, sheets, one.get("expiresAt"), keeps_end="expiresAt" not in one)


def _parts(one: Mapping[str, Any], kind: str, space: Space, parts: Mapping[str, Any]) -> tuple[Any, ...]:
    """The named parts of one kind, all of this very space. Raises NotFound."""
    found = [parts.get(id) for id in _named(one, kind)]
    model = Workbook if kind == "workbooks" else Sheet
    if not all(isinstance(part, model) and part.space_id == space.pk for part in found):
        raise NotFound
    return tuple(found)


def _named(one: Mapping[str, Any], kind: str) -> list[str]:
    return list(dict.fromkeys(part["id"] for part in one.get(kind) or ()))


def _ids(wanted: Iterable[Mapping[str, Any]], kind: str) -> list[str]:
    return [id for one in wanted for id in _named(one, kind) if is_id(id)]
