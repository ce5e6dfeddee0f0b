"""Forms of data clips: making one, picking its records, sharing it, settling its conflicts."""

import json
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict

from lib import crypto
from lib.forms import Form
from spaces.records.differences import Compared, Difference

MOST_PICKED = 1_000
MOST_SETTLED = 50  # records on one page
PLACE = "place-"


class NewClipForm(Form):
    """What a clip begins with."""

    name = forms.CharField(
        label="Name", max_length=255, widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True})
    )
    sheet = forms.ChoiceField(label="Sheet", help_text="Its records are copied; the sheet stays as it is.")
    description = forms.CharField(
        label="Description",
        required=False,
        max_length=2_000,
        help_text="Whoever works on the clip reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, sheets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]


class PickForm(Form):
    """The ids of the records that were ticked."""

    def clean(self) -> dict[str, Any]:
        ids = cast(QueryDict, self.data).getlist("ids")[:MOST_PICKED]
        if not ids:
            raise forms.ValidationError("Tick the records that belong into the clip.")
        return {"ids": ids}


class ShareForm(Form):
    """The guests who work on a clip. Those who are not offered here stay as they are."""

    guests = forms.MultipleChoiceField(label="Guests", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, guests: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = [id for id, _ in guests]
        self.fields["guests"].choices = guests  # type: ignore[attr-defined]

    def kept(self, now: Iterable[str]) -> list[str]:
        """All who work on it from now on."""
        return [id for id in now if id not in self.offered] + list(self.cleaned_data["guests"])


class UntilForm(Form):
    """How long a link is good."""

    shown_at = {"expiresAt": "until"}

    until = forms.DateTimeField(
        label="Until",
        required=False,
        help_text="In UTC. Left empty, the link is good until it is ended.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )


class ConflictsForm(Form):
    """A choice for each place in which the clip and its sheet were both changed.

    A choice is named by what it is between: one that was made of other values, or for another place, is none here.
    """

    def __init__(self, *args: Any, records: list[Compared], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records, self.more = records[:MOST_SETTLED], len(records) > MOST_SETTLED
        self.places: dict[str, tuple[str, str | None]] = {}
        for one in self.records:
            open = [None] if one.is_gone else [found for found in one.differences if not found.outcome]
            for found in open:
                self._add(one, found)

    def clean(self) -> dict[str, Any]:
        if any(name.startswith(PLACE) and name not in self.fields for name in self.data):
            raise forms.ValidationError("Some of this has changed since you opened the page. Look again, then choose.")
        return self.cleaned_data

    def _add(self, one: Compared, found: Difference | None) -> None:
        if found is None:
            field, sides = None, {"version": one.record.version}
            choices = [("restore", "Put it back, as it is in the clip"), ("ignore", "Leave it deleted")]
        else:
            field, sides = found.field, found.sides
            choices = [("clip", f"{words(found.clip)} (clip)"), ("main", f"{words(found.main)} (sheet)")]
            choices.append(("snapshot", f"{words(found.snapshot)} (as it was)"))
        label = f"Record {one.record.position} · {field or 'deleted from the sheet'}"
        name = PLACE + crypto.fingerprint(json.dumps([one.record.pk, field, sides], sort_keys=True))[:32]
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
        self.places[name] = (one.record.pk, field)

    @property
    def decisions(self) -> list[dict[str, Any]]:
        """What was chosen, as the domain takes it."""
        found: dict[str, list[dict[str, Any]]] = {}
        for name, (record_id, field) in self.places.items():
            if value := self.cleaned_data.get(name):
                key = "removedFromMainResolution" if field is None else "resolveTo"
                found.setdefault(record_id, []).append({key: value} | ({"field": field} if field else {}))
        return [{"recordId": id, "resolves": resolves} for id, resolves in found.items()]


def words(value: Any) -> str:
    """A value as a person reads it, shortened."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else "nothing" if value in (None, "") else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
