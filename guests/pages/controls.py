"""The form of one record: a control for each field, as its type asks, and what was typed as the API would send it."""

import re
from typing import Any

from django import forms

from guests.pages.cells import Column, value_text
from lib.forms import Form, LinesField
from spaces.models import Record
from spaces.records.fitting import plain
from spaces.records.shape import LONGEST_TEXT

PART = 50  # fields in one form
MOST_BOXES = 100  # in one form: each that is ticked is a field of the request
LONG_TEXT = 60
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LISTS = ("enum-list", "string-list", "reference-list")
YES_NO = (("", "—"), ("true", "Yes"), ("false", "No"))
HINTS = {"reference": "The value that the other sheet has.", "date": "Such as 2027-01-31."}


class TextField(forms.CharField):
    """Text as it is; a browser ends its lines in its own way."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class RecordForm(Form):
    """The cells of a record that a guest may change. What does not fit its field is kept, and marked."""

    def __init__(self, data: Any = None, *, columns: list[Column], record: Record | None = None) -> None:
        super().__init__(data, auto_id="%s")
        self.columns, self.record, self._boxes = {name_of(one): one for one in columns}, record, 0
        for name, column in self.columns.items():
            value = self.value_of(column)
            control = self._control(column, value)
            control.label, control.required, control.initial = column.label, False, _typed(value, control)
            control.help_text = column.help or control.help_text
            control.widget.attrs["aria-required"] = "true" if column.is_required else "false"
            self.fields[name] = control
        self.fields["version"] = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)
        self.fields["version"].initial = str(record.version) if record else ""

    def value_of(self, column: Column) -> Any:
        return (self.record.values.get(column.key) or {}).get("value") if self.record else None

    def changed_cells(self) -> dict[str, dict[str, Any]]:
        """Field key → cell, of what is not as it was: what a program left at the others stays."""
        names = [name for name in self.columns if self._is_changed(name)]
        return {self.columns[name].key: {"value": _sent(self.columns[name], self.cleaned_data[name])} for name in names}

    @property
    def version(self) -> str:
        return str(self.cleaned_data["version"])

    def rows(self) -> list[tuple[Any, Column, str]]:
        """Each control with its column, and what is wrong with the value that is kept now."""
        return [(self[name], column, wrong_of(self.record, column)) for name, column in self.columns.items()]

    def _is_changed(self, name: str) -> bool:
        now, was = self.cleaned_data[name], self.fields[name].initial
        if isinstance(self.fields[name], forms.MultipleChoiceField):
            return set(now) != set(was)
        return bool(now != (was.replace("\r\n", "\n") if isinstance(was, str) else was))

    def _control(self, column: Column, value: Any) -> forms.Field:
        options = column.options
        if column.type == "boolean" and not isinstance(value, str | list):
            return forms.ChoiceField(choices=YES_NO)
        if column.type == "enum" and options and not isinstance(value, list):
            kept = {} if value is None or plain(value) in options else {plain(value): plain(value)}
            return forms.ChoiceField(choices=[("", "—"), *{**options, **kept}.items()])
        if column.type in LISTS:
            return self._list(options, value)
        return _text(column, value)

    def _list(self, options: dict[str, str], value: Any) -> forms.Field:
        listed = value if isinstance(value, list) else [] if value is None else [plain(value)]
        if options and self._boxes + len(options) <= MOST_BOXES and set(map(plain, listed)) <= set(options):
            self._boxes += len(options)
            return forms.MultipleChoiceField(choices=list(options.items()), widget=forms.CheckboxSelectMultiple)
        return LinesField(widget=forms.Textarea(attrs={"rows": 3}), help_text="One a line.", max_length=LONGEST_TEXT)


def name_of(column: Column) -> str:
    """The name of a field's control: any text may be a key."""
    return f"f{column.key.encode().hex()}"


def wrong_of(record: Record | None, column: Column) -> str:
    cell = (record.values.get(column.key) or {}) if record else {}
    found = [one.get("message") or "" for one in cell.get("messages") or [] if one.get("type") == "error"]
    return (found[0] or "This value does not fit.") if found and cell.get("valid") is False else ""


def _text(column: Column, value: Any) -> forms.Field:
    text = value_text(value, {}) if not isinstance(value, bool) else plain(value)
    attrs = {"inputmode": "decimal"} if column.is_number else {}
    if column.type == "date" and (not text or DAY.fullmatch(text)):
        return TextField(widget=forms.TextInput(attrs={"type": "date"}))
    if len(text) > LONG_TEXT or "\n" in text:
        return TextField(widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_TEXT, strip=False)
    return TextField(
        widget=forms.TextInput(attrs=attrs), max_length=LONGEST_TEXT, strip=False, help_text=HINTS.get(column.type, "")
    )


def _typed(value: Any, control: forms.Field) -> Any:
    """A value as its control holds it."""
    if isinstance(control, forms.MultipleChoiceField | LinesField):
        return [plain(one) for one in (value if isinstance(value, list) else [] if value is None else [value])]
    return "" if value is None else value_text(value, {}) if isinstance(value, list) else plain(value)


def _sent(column: Column, typed: Any) -> Any:
    """What was typed as a value: nothing for an empty control; an option as it is listed, number or text."""
    if typed in ("", []):
        return None
    listed = (column.field.get("config") or {}).get("options") if column.type == "enum" else None
    found = {plain(one.get("value")): one.get("value") for one in listed or [] if isinstance(one, dict)}
    return found.get(typed, typed) if isinstance(typed, str) else typed
