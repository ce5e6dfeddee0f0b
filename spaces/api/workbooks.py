"""/workbooks (flatfile-api.md, section 15)."""

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.response import Response

from access.actions import Action
from access.actors import Actor
from access.drf import Api, Request
from access.policy import can
from access.queries import get_visible, possible, visible
from lib.drf import data, success
from lib.operations import done, many, one, operation
from lib.problems import InvalidInput
from spaces import actions
from spaces.models import Sheet, Space, Workbook
from spaces.serializers.workbooks import NewWorkbook, WorkbookChange, WorkbooksIn, workbook_out
from spaces.shapes import WorkbookOut

MOST_LISTED = 1_000


class Workbooks(Api):
    """/workbooks"""

    @operation("list_workbooks", query=WorkbooksIn, answers=many(WorkbookOut))
    def get(self, request: Request) -> Response:
        """List the workbooks within reach, newest first, up to 1,000."""
        possible(request.actor, Action.VIEW_WORKBOOK)
        given = WorkbooksIn.of(request.query_params)
        rows = visible(Workbook, request.actor).select_related("environment").order_by("-created_at", "-pk")
        return data(_shown(request.actor, _filtered(rows, given)[:MOST_LISTED], given.get("includeSheets", True)))

    @operation("create_workbook", body=NewWorkbook, answers=one(WorkbookOut), refuses=(409,))
    def post(self, request: Request) -> Response:
        """Create a workbook with its sheets."""
        possible(request.actor, Action.CREATE_WORKBOOK)
        given = NewWorkbook.of(request.data)
        if "spaceId" not in given:
            raise InvalidInput("Name the space that the workbook is created in.", field="spaceId")
        space = get_visible(
            Space, request.actor, given.pop("spaceId"), to=Action.CREATE_WORKBOOK, related=("environment",)
        )
        _same_environment(given, space)
        return data(_one(request.actor, actions.create_workbook(request.actor, space, **given)))


class OneWorkbook(Api):
    """/workbooks/{workbookId}"""

    @operation("get_workbook", answers=one(WorkbookOut))
    def get(self, request: Request, workbook_id: str) -> Response:
        """Get a workbook with the sheets within reach."""
        return data(_one(request.actor, get_visible(Workbook, request.actor, workbook_id, related=("environment",))))

    @operation("update_workbook", body=WorkbookChange, answers=one(WorkbookOut), refuses=(409,))
    def patch(self, request: Request, workbook_id: str) -> Response:
        """Change a workbook; sheets are found by their slug."""
        given = WorkbookChange.of(request.data)
        workbook = get_visible(
            Workbook, request.actor, workbook_id, to=Action.UPDATE_WORKBOOK, related=("environment", "space")
        )
        if given.pop("spaceId", workbook.space_id) != workbook.space_id:
            raise InvalidInput("A workbook stays in its space.", field="spaceId")
        _same_environment(given, workbook.space)
        return data(_one(request.actor, actions.update_workbook(request.actor, workbook, **given)))

    @operation("delete_workbook", answers=done)
    def delete(self, request: Request, workbook_id: str) -> Response:
        """Delete a workbook with its records, for good."""
        workbook = get_visible(
            Workbook, request.actor, workbook_id, to=Action.DELETE_WORKBOOK, related=("environment",)
        )
        actions.delete_workbook(request.actor, workbook)
        return success()


def _same_environment(given: dict[str, Any], space: Space) -> None:
    if given.pop("environmentId", space.environment_id) != space.environment_id:
        raise InvalidInput("Nothing changes its environment (the space lies in another).", field="environmentId")


def _filtered(rows: QuerySet[Workbook], given: dict[str, Any]) -> QuerySet[Workbook]:
    if "spaceId" in given:
        rows = rows.filter(space_id=given["spaceId"])
    for name in ("name", "namespace"):
        if wanted := given.get(name):
            rows = rows.exclude(**{name: wanted[1:]}) if wanted.startswith("-") else rows.filter(**{name: wanted})
    for name, parameter in (("labels", "label"), ("treatments", "treatment")):
        if wanted := given.get(parameter):
            rows = rows.filter(_lists(name, wanted))
    return rows


def _lists(column: str, wanted: str) -> Q:
    """Whether the JSON list holds the text; as text, because SQLite knows no containment."""
    held = Q(**{f"{column}__icontains": f'"{wanted.removeprefix("-")}"'})
    return ~held if wanted.startswith("-") else held


def _one(actor: Actor, workbook: Workbook) -> dict[str, Any]:
    return _shown(actor, [workbook], True)[0]


def _shown(actor: Actor, workbooks: Any, with_sheets: bool) -> list[dict[str, Any]]:
    """Each with those of its sheets that the actor may see, in two queries."""
    found = list(workbooks)
    bare = {workbook.pk for workbook in found if _is_only_clipped(actor, workbook)}
    if not with_sheets:
        return [workbook_out(workbook, is_bare=workbook.pk in bare) for workbook in found]
    sheets: dict[str, list[Sheet]] = {workbook.pk: [] for workbook in found}
    for sheet in visible(Sheet, actor).filter(workbook__in=found).order_by("position", "created_at", "pk"):
        sheets[sheet.workbook_id].append(sheet)
    return [workbook_out(workbook, sheets[workbook.pk], is_bare=workbook.pk in bare) for workbook in found]


def _is_only_clipped(actor: Actor, workbook: Workbook) -> bool:
    """Whether it is shown for the sake of a data clip alone, which shows no more of it than its name."""
    if actor.places is None or workbook.pk not in actor.places.clip_workbooks:
        return False
    without = actor.but(places=replace(actor.places, clip_workbooks=frozenset()))
    return not can(without, Action.VIEW_WORKBOOK, workbook.resource)
