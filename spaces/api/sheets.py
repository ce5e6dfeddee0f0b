"""/sheets (flatfile-api.md, section 16), but for their records."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from lib.drf import data, success
from lib.operations import done, many, one, operation
from spaces import actions
from spaces.models import Sheet, Workbook
from spaces.serializers.workbooks import SheetChange, SheetsIn, sheet_out
from spaces.shapes import SheetOut

ENVIRONMENT = ("environment",)


class Sheets(Api):
    """/sheets"""

    @operation("list_sheets", query=SheetsIn, answers=many(SheetOut))
    def get(self, request: Request) -> Response:
        """List the sheets of a workbook."""
        possible(request.actor, Action.VIEW_SHEET)
        given = SheetsIn.of(request.query_params)
        workbook = get_visible(Workbook, request.actor, given["workbookId"], to=Action.VIEW_WORKBOOK)
        sheets = visible(Sheet, request.actor).filter(workbook=workbook).order_by("position", "created_at", "pk")
        return data([sheet_out(sheet) for sheet in sheets])


class OneSheet(Api):
    """/sheets/{sheetId}"""

    @operation("get_sheet", answers=one(SheetOut))
    def get(self, request: Request, sheet_id: str) -> Response:
        """Get a sheet."""
        return data(sheet_out(get_visible(Sheet, request.actor, sheet_id)))

    @operation("update_sheet", body=SheetChange, answers=one(SheetOut), refuses=(409,))
    def patch(self, request: Request, sheet_id: str) -> Response:
        """Change the name, slug or metadata of a sheet."""
        sheet = get_visible(Sheet, request.actor, sheet_id, to=Action.UPDATE_SHEET, related=ENVIRONMENT)
        return data(sheet_out(actions.update_sheet(request.actor, sheet, **SheetChange.of(request.data))))

    @operation("delete_sheet", answers=done)
    def delete(self, request: Request, sheet_id: str) -> Response:
        """Delete a sheet with its records, for good."""
        sheet = get_visible(Sheet, request.actor, sheet_id, to=Action.DELETE_SHEET, related=ENVIRONMENT)
        actions.delete_sheet(request.actor, sheet)
        return success()


class LockSheet(Api):
    """/sheets/{sheetId}/lock"""

    @operation("lock_sheet", answers=done)
    def post(self, request: Request, sheet_id: str) -> Response:
        """Let nobody write the records of a sheet."""
        sheet = get_visible(Sheet, request.actor, sheet_id, to=Action.LOCK_SHEET, related=ENVIRONMENT)
        actions.lock_sheet(request.actor, sheet)
        return success()


class UnlockSheet(Api):
    """/sheets/{sheetId}/unlock"""

    @operation("unlock_sheet", answers=done)
    def post(self, request: Request, sheet_id: str) -> Response:
        """Let the records of a sheet be written again."""
        sheet = get_visible(Sheet, request.actor, sheet_id, to=Action.UNLOCK_SHEET, related=ENVIRONMENT)
        actions.unlock_sheet(request.actor, sheet)
        return success()
