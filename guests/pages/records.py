"""One record of a sheet, for the guests of its space: to read, to add, to change and to delete."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from access.policy import refusal
from access.requests import Request
from guests.pages.cells import Column, Shown, columns_of, shown_cells
from guests.pages.controls import PART, RecordForm
from guests.pages.room import inside, room_of, shown
from guests.pages.sheets import WORKBOOK, InSpace, Writing
from lib.ids import is_id
from lib.pages import answered, with_form
from lib.problems import NotFound
from spaces import actions
from spaces.models import Record, Sheet
from spaces.records.reading import readable_records
from spaces.records.shape import LONGEST_TEXT


class Desk:
    """A record, or the room for a new one, with the part of its fields that the address asks for."""

    def __init__(self, request: Request, space_id: str, sheet_id: str, record_id: str = "") -> None:
        self.request, self.room = request, room_of(request, space_id)
        self.sheet = self.room.find(Sheet, sheet_id, related=WORKBOOK)
        self.record = find_record(request, self.sheet, record_id) if record_id else None
        self.writing, self.columns = Writing.of(self.room, self.sheet), columns_of(request.actor, self.sheet)

    @cached_property
    def part(self) -> int:
        asked = self.request.GET.get("part", "")
        return int(asked) if asked in {str(number) for number in self.parts} else 1

    @property
    def parts(self) -> range:
        return range(1, -(-len(self.columns) // PART) + 1)

    @property
    def here(self) -> list[Column]:
        return self.columns[(self.part - 1) * PART : self.part * PART]

    @cached_property
    def form(self) -> RecordForm:
        data = self.request.POST if self.request.method == "POST" else None
        return RecordForm(data, columns=[one for one in self.here if not one.is_fixed], record=self.record)

    @property
    def facts(self) -> list[tuple[Column, Shown]]:
        """What is to be read only: all of it where nothing may be edited."""
        if self.record is None:
            return []
        fixed = [one for one in self.here if one.is_fixed or not self.writing.edit]
        addresses = InSpace(self.room.space.pk)
        cells = shown_cells(self.request.actor, fixed, [self.record], addresses, longest=LONGEST_TEXT)
        return list(zip(fixed, cells[self.record.pk], strict=True))

    @property
    def back(self) -> str:
        return InSpace(self.room.space.pk).sheet(self.sheet)

    def address(self, id: str, **query: str) -> str:
        kept = {"part": str(self.part)} if self.part > 1 else {}
        said = urlencode(kept | query)
        return InSpace(self.room.space.pk).record(self.sheet, id) + (f"?{said}" if said else "")

    def page(self, template: str, **context: Any) -> HttpResponse:
        about = {"desk": self, "sheet": self.sheet, "here": self.sheet.workbook_id}
        return answered(shown(self.request, template, self.room, **about, **context), self.form)


@inside
@with_form
def record(request: Request, space_id: str, sheet_id: str, record_id: str) -> HttpResponse:
    desk = Desk(request, space_id, sheet_id, record_id)
    if desk.form.is_valid():
        with desk.form.showing_problems():
            if cells := desk.form.changed_cells():
                seen, change = {record_id: desk.form.version}, {"id": record_id, "values": cells}
                actions.update_records(request.actor, desk.sheet, [change], versions=seen)
            return redirect(desk.address(record_id, done="saved"))
    return desk.page("guests/record.html", done=request.GET.get("done"))


@inside
@with_form
def new_record(request: Request, space_id: str, sheet_id: str) -> HttpResponse:
    desk = Desk(request, space_id, sheet_id)
    if not desk.writing.add:
        raise refusal(desk.writing.add)
    if desk.form.is_valid():
        with desk.form.showing_problems():
            made, _ = actions.insert_records(request.actor, desk.sheet, [desk.form.changed_cells()])
            return redirect(desk.address(made[0].pk, done="added"))
    return desk.page("guests/new_record.html")


@inside
@with_form
def delete_record(request: Request, space_id: str, sheet_id: str, record_id: str) -> HttpResponse:
    """The question first; a second press finds the record gone, and that is what was wanted."""
    room = room_of(request, space_id)
    sheet = room.find(Sheet, sheet_id, related=WORKBOOK)
    if request.method == "POST":
        actions.delete_records(request.actor, sheet, [record_id])
        return redirect(InSpace(space_id).sheet(sheet, done="deleted"))
    desk = Desk(request, space_id, sheet_id, record_id)
    if not desk.writing.delete:
        raise refusal(desk.writing.delete)
    if request.headers.get("X-Dialog"):
        return render(request, "guests/_delete_record.html", {"desk": desk, "id": "leaving"})
    return desk.page("guests/record.html", is_leaving=True)


def find_record(request: Request, sheet: Sheet, id: str) -> Record:
    """A record of the sheet that the guest may see. Raises NotFound."""
    found = readable_records(request.actor, sheet).filter(pk=id).first() if is_id(id) else None
    if found is None:
        raise NotFound
    return found
