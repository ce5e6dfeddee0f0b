"""One record of a sheet, for the guests of its space: to read, to add, to change and to delete."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from access.policy import refusal
from access.requests import Request
from guests.pages.cells import Addresses, Column, Shown, columns_of, shown_cells
from guests.pages.controls import PART, RecordForm
from guests.pages.room import Room, inside, room_of, shown
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

    def __init__(self, request: Request, room: Room, sheet: Sheet, addresses: Addresses, record_id: str = "") -> None:
        self.request, self.room, self.sheet, self.addresses = request, room, sheet, addresses
        self.record = find_record(request, sheet, record_id) if record_id else None
        self.writing, self.columns = Writing.of(room, sheet), columns_of(request.actor, sheet)

    @property
    def may_edit(self) -> bool:
        return bool(self.writing.edit)

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
        fixed = [one for one in self.here if one.is_fixed or not self.may_edit]
        cells = shown_cells(self.request.actor, fixed, [self.record], self.addresses, longest=LONGEST_TEXT)
        return list(zip(fixed, cells[self.record.pk], strict=True))

    @property
    def back(self) -> str:
        return self.addresses.sheet(self.sheet)

    def address(self, id: str, **query: str) -> str:
        kept = {"part": str(self.part)} if self.part > 1 else {}
        said = urlencode(kept | query)
        return self.addresses.record(self.sheet, id) + (f"?{said}" if said else "")

    def page(self, template: str, **context: Any) -> HttpResponse:
        about = {"desk": self, "sheet": self.sheet, "here": self.sheet.workbook_id}
        return answered(shown(self.request, template, self.room, **about, **context), self.form)

    def change(self, template: str) -> HttpResponse:
        """The record, changed where the form says so and nobody has changed it meanwhile."""
        if self.record and self.form.is_valid():
            with self.form.showing_problems():
                if cells := self.form.changed_cells():
                    seen, change = {self.record.pk: self.form.version}, {"id": self.record.pk, "values": cells}
                    actions.update_records(self.request.actor, self.sheet, [change], versions=seen)
                return redirect(self.address(self.record.pk, done="saved"))
        return self.page(template, done=self.request.GET.get("done"))

    def add(self, template: str) -> HttpResponse:
        """A new record, or the form for it. Raises Forbidden."""
        if not self.writing.add:
            raise refusal(self.writing.add)
        if self.form.is_valid():
            with self.form.showing_problems():
                made, _ = actions.insert_records(self.request.actor, self.sheet, [self.form.changed_cells()])
                return redirect(self.address(made[0].pk, done="added"))
        return self.page(template)


@inside
@with_form
def record(request: Request, space_id: str, sheet_id: str, record_id: str) -> HttpResponse:
    return desk_of(request, space_id, sheet_id, record_id).change("guests/record.html")


@inside
@with_form
def new_record(request: Request, space_id: str, sheet_id: str) -> HttpResponse:
    return desk_of(request, space_id, sheet_id).add("guests/new_record.html")


@inside
@with_form
def delete_record(request: Request, space_id: str, sheet_id: str, record_id: str) -> HttpResponse:
    """The question first; a second press finds the record gone, and that is what was wanted."""
    room = room_of(request, space_id)
    sheet = room.find(Sheet, sheet_id, related=WORKBOOK)
    if request.method == "POST":
        actions.delete_records(request.actor, sheet, [record_id])
        return redirect(InSpace(space_id).sheet(sheet, done="deleted"))
    desk = desk_of(request, space_id, sheet_id, record_id)
    if not desk.writing.delete:
        raise refusal(desk.writing.delete)
    if request.headers.get("X-Dialog"):
        return render(request, "guests/_delete_record.html", {"desk": desk, "id": "leaving"})
    return desk.page("guests/record.html", is_leaving=True)


def desk_of(request: Request, space_id: str, sheet_id: str, record_id: str = "") -> Desk:
    """A record of a sheet of the space. Raises NotFound."""
    room = room_of(request, space_id)
    return Desk(request, room, room.find(Sheet, sheet_id, related=WORKBOOK), InSpace(room.space.pk), record_id)


def find_record(request: Request, sheet: Sheet, id: str) -> Record:
    """A record of the sheet that the guest may see. Raises NotFound."""
    found = readable_records(request.actor, sheet).filter(pk=id).first() if is_id(id) else None
    if found is None:
        raise NotFound
    return found
