"""The dashboard's forms about guests: what narrows their list, whom to invite, what exactly somebody gets."""

from datetime import UTC, datetime, time
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from guests.actions.invitations import LONGEST_MESSAGE
from guests.actions.people import LONGEST_NAME
from guests.models import Grant, Guest
from guests.pages.lookups import Room
from lib.forms import Filters, Form
from spaces.models import Sheet, Workbook

KINDS = {"": "Everybody", "named": "People with an address", "anonymous": "Anonymous guests"}
ALL, WORKBOOKS, SHEETS = "all", "workbooks", "sheets"
REACHES = {ALL: "Everything", WORKBOOKS: "Only these workbooks", SHEETS: "Only these sheets"}
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class GuestFilters(Filters):
    """Which guests are listed, read from the address of the page; what is not understood filters nothing."""

    search = forms.CharField(required=False, max_length=255)
    space = forms.ChoiceField(
        required=False, choices=[("", "All spaces")], widget=forms.Select(attrs={"aria-label": "Space"})
    )
    kind = forms.ChoiceField(
        required=False, choices=list(KINDS.items()), widget=forms.Select(attrs={"aria-label": "Kind of guest"})
    )

    def apply(self, guests: QuerySet[Guest]) -> QuerySet[Guest]:
        """The guests that match all of what was asked for."""
        given = self.given
        if "search" in given:
            guests = guests.filter(Q(name__icontains=given["search"]) | Q(email__icontains=given["search"]))
        if "space" in given:
            guests = guests.filter(pk__in=Grant.objects.filter(space=given["space"]).values("guest"))
        if "kind" in given:
            anonymous = Q(email="")
            guests = guests.filter(anonymous if given["kind"] == "anonymous" else ~anonymous)
        return guests


class EndField(forms.DateField):
    """The last day of something, cleaned to the end of that day in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, input_formats=["%Y-%m-%d"], widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day and datetime.combine(day, time(23, 59, 59), UTC)


class InviteForm(Form):
    """Whom to let in, where to, and whether to mail them now. A space without a workbook ticked is the whole of it."""

    shown_at: ClassVar = {"expiresAt": "expires_on", "spaces": "places", "spaceId": "places", "guestId": "email"}

    email = forms.CharField(
        label="E-mail", max_length=320, widget=forms.EmailInput(attrs=PLAIN | {"autofocus": True, "inputmode": "email"})
    )
    name = forms.CharField(
        label="Name", required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    places = forms.MultipleChoiceField(
        label="What they get", error_messages={"required": "Choose at least one space or workbook."}
    )
    expires_on = EndField(label="Until", help_text="The last day, UTC. Left empty, until you end it.")
    is_mailed = forms.BooleanField(label="Mail the invitation now", required=False, initial=True)
    message = forms.CharField(
        label="Message",
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text="Stands in the invitation, as your own words.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, rooms: list[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = rooms
        ids = [part.pk for room in rooms for part in (room.space, *room.workbooks)]
        self.fields["places"].choices = [(id, id) for id in ids]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> list[dict[str, Any]]:
        """What is given, as the API says it (guests.actions.find_given)."""
        ticked, end = set(self.cleaned_data["places"]), self.cleaned_data.get("expires_on")
        found = []
        for room in self.rooms:
            parts = [{"id": workbook.pk} for workbook in room.workbooks if workbook.pk in ticked]
            if parts or room.space.pk in ticked:
                found.append({"id": room.space.pk} | ({"workbooks": parts} if parts else {}))
        return [one | {"expiresAt": end} for one in found] if end else found


class GuestForm(Form):
    """What a guest is called, and the mailbox that proves who they are."""

    email = forms.CharField(label="E-mail", max_length=320, widget=forms.EmailInput(attrs=PLAIN))
    name = forms.CharField(
        label="Name", required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class GrantForm(Form):
    """How much of a space a guest gets, and until when."""

    shown_at: ClassVar = {"expiresAt": "expires_on"}

    reach = forms.ChoiceField(label="What they get", choices=list(REACHES.items()))
    workbooks = forms.MultipleChoiceField(label="Workbooks", required=False)
    sheets = forms.MultipleChoiceField(label="Sheets", required=False)
    expires_on = EndField(label="Until", help_text="The last day, UTC. Left empty, until you end it.")

    def __init__(self, *args: Any, grant: Grant, parts: tuple[list[Workbook], list[Sheet]], **kwargs: Any) -> None:
        self.grant, (self.books, self.leaves) = grant, parts
        super().__init__(*args, initial=_as_it_is(grant), **kwargs)
        self.fields["workbooks"].choices = [(one.pk, one.name) for one in self.books]  # type: ignore[attr-defined]
        self.fields["sheets"].choices = [(one.pk, one.name) for one in self.leaves]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """What is given, as the API says it. A day that was not changed keeps the exact end."""
        given = self.cleaned_data
        parts = {} if given["reach"] == ALL else {given["reach"]: [{"id": id} for id in given[given["reach"]]]}
        end = given["expires_on"]
        is_same = end and self.grant.expires_at and end.date() == self.grant.expires_at.astimezone(UTC).date()
        return {"id": self.grant.space_id, **parts} | ({} if is_same else {"expiresAt": end})


def _as_it_is(grant: Grant) -> dict[str, Any]:
    parts = list(grant.parts.all())
    has_ended = grant.has_ended(timezone.now())
    return {
        "reach": SHEETS if grant.has_sheet_limit else WORKBOOKS if grant.has_workbook_limit else ALL,
        "workbooks": [part.workbook_id for part in parts if part.workbook_id],
        "sheets": [part.sheet_id for part in parts if part.sheet_id],
        "expires_on": grant.expires_at.astimezone(UTC).date() if grant.expires_at and not has_ended else None,
    }
