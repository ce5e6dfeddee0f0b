"""Forms of spaces: what narrows their list, what is set when one is made or changed, and the end of one."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from environments.forms import TypedNameForm
from lib.forms import Filters, Form, LinesField, ObjectField
from spaces.models import Space

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
STATES = {"": "In use", "archived": "Archived", "all": "In use and archived"}


class SpaceFilters(Filters):
    """Which spaces are listed, read from the address of the page; what is not understood filters nothing."""

    search = forms.CharField(required=False, max_length=255)
    environment = forms.ChoiceField(
        required=False, choices=[("", "All environments")], widget=forms.Select(attrs={"aria-label": "Environment"})
    )
    state = forms.ChoiceField(
        required=False, choices=list(STATES.items()), widget=forms.Select(attrs={"aria-label": "State"})
    )

    def apply(self, spaces: QuerySet[Space]) -> QuerySet[Space]:
        """The spaces that match all of what was asked for."""
        given = self.given
        if "search" in given:
            spaces = spaces.filter(name__icontains=given["search"])
        if "environment" in given:
            spaces = spaces.filter(environment_id=given["environment"])
        if given.get("state") == "all":
            return spaces
        return spaces.filter(archived_at__isnull="state" not in given)


class NewSpaceForm(Form):
    """The little that a space begins with."""

    name = forms.CharField(label="Name", max_length=255, widget=forms.TextInput(attrs=PLAIN | {"autofocus": True}))
    namespace = forms.CharField(
        label="Namespace",
        required=False,
        max_length=255,
        help_text="Listeners tell by it what a space is for.",
        widget=forms.TextInput(attrs=PLAIN | {"list": "namespaces"}),
    )
    labels = LinesField(
        label="Labels",
        required=False,
        max_length=4096,
        help_text="One a line.",
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )


class SpaceForm(NewSpaceForm):
    """What is changed about a space later; how guests come in is said where it is shared."""

    language_override = forms.CharField(
        label="Language",
        required=False,
        max_length=35,
        help_text="A language tag such as de or pt-BR. Left empty, that of the environment holds.",
        widget=forms.TextInput(attrs=PLAIN),
    )
    translations_path = forms.CharField(
        label="Translations path", required=False, max_length=1024, widget=forms.TextInput(attrs=PLAIN)
    )
    metadata = ObjectField(
        label="Metadata",
        required=False,
        help_text="A JSON object: the theme, the sidebar of guests (sidebarConfig), and whatever your programs keep.",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )

    @classmethod
    def of(cls, space: Space, data: Any = None) -> "SpaceForm":
        """The form filled with what a space has."""
        return cls(data, initial={name: getattr(space, name) for name in cls.base_fields})


class DeleteSpaceForm(TypedNameForm):
    """In production the space by its name, elsewhere nothing."""

    def needs_proof(self) -> bool:
        return False
