"""The questions of the Access check, read from the address of the page: who, what and where."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms

from access.about import ABOUT
from access.actions import Action
from access.explain import WAYS
from lib.forms import Form

Group = tuple[str, list[tuple[str, str]]]

APPS = {
    "accounts": "Account and people",
    "environments": "Environments, keys and secrets",
    "spaces": "Spaces",
    "tokens": "Tokens",
    "events": "The log",
}
WORDS = {
    "session": "In the dashboard",
    "fresh_session": "In the dashboard, password just given",
    "password": "Access token by password",
    "fresh_password": "Access token by password, just given",
    "client": "Access token of a client pair",
}
KINDS = [("member", "Members"), ("key", "API keys"), ("token", "Personal access tokens"), ("guest", "Guests")]


def by_app(actions: Iterable[Action]) -> list[tuple[str, list[Action]]]:
    """Actions under the heading of their app."""
    grouped = groupby(actions, key=lambda action: action.value.partition(".")[0])
    return [(APPS.get(app, app.capitalize()), list(found)) for app, found in grouped]


ACTIONS = [(app, [(action.value, ABOUT[action].words.replace("`", "")) for action in of]) for app, of in by_app(ABOUT)]


class Select(forms.Select):
    """A choice that keeps a value it does not offer: an id that was typed, or lies beyond what a list has room for."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        offered = {key for _, group in self.choices for key, _ in (group if isinstance(group, list) else [])}
        typed = [one for one in value if one and one not in offered]
        if typed:
            self.choices = [*self.choices, ("By id", [(one, one) for one in typed])]
        return super().optgroups(name, value, attrs)


class AccessForm(Form):
    """Fields of all three questions; each page shows those it asks for. An id that was typed goes before a choice."""

    actor = forms.CharField(label="Who", required=False, max_length=40, widget=Select)
    actor_id = forms.CharField(label="Who, by id", required=False, max_length=40)
    credential = forms.ChoiceField(
        label="How they come in", required=False, choices=[("", "As they are"), *((way, WORDS[way]) for way in WAYS)]
    )
    action = forms.ChoiceField(label="What", required=False, choices=[("", "Choose an action"), *ACTIONS])
    resource = forms.CharField(label="Where", required=False, max_length=40, widget=Select)
    resource_id = forms.CharField(label="Where, by id", required=False, max_length=40)
    kind = forms.ChoiceField(label="Among", required=False, choices=KINDS)

    def __init__(self, data: Any, *, actors: list[Group], resources: list[Group]) -> None:
        given = {name: value.strip() for name, value in data.items()}
        for name in ("actor", "resource"):
            given[name] = given.get(f"{name}_id") or given.get(name, "")
            given[f"{name}_id"] = ""
        super().__init__(given)
        self.fields["actor"].widget.choices = [("", "Yourself"), *actors]
        self.fields["resource"].widget.choices = [("", "Choose a place or thing"), *resources]

    @property
    def given(self) -> dict[str, Any]:
        """What was asked for and understood."""
        self.is_valid()
        return self.cleaned_data
