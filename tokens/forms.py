"""Forms of personal access tokens and client pairs."""

from typing import Any

from django import forms

from access.actors import Kind
from access.forms import LimitsForm
from access.queries import visible
from access.requests import Request
from accounts.forms import ProofForm
from environments.models import Environment
from tokens.actions import LONGEST_NAME

PLAIN = {"autocomplete": "off", "autofocus": True}


class TokenForm(LimitsForm, ProofForm):
    """A new token, perhaps for one environment alone."""

    kind = Kind.PAT

    name = forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        help_text="Say where it will be used, so that you recognise it later.",
        widget=forms.TextInput(attrs=PLAIN | {"placeholder": "e.g. Nightly audit export"}),
    )

    environment = forms.ChoiceField(label="Environment", required=False)

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        found = visible(Environment, request.actor).order_by("created_at", "pk")
        self.environments = {environment.pk: environment for environment in found}
        words = [(id, environment.word) for id, environment in self.environments.items()]
        self.fields["environment"].choices = [("", "Every environment"), *words]  # type: ignore[attr-defined]

    @property
    def is_limited(self) -> bool:
        return super().is_limited or bool(self["environment"].value()) or "environment" in self.errors

    def clean_environment(self) -> Environment | None:
        return self.environments.get(self.cleaned_data["environment"])


class ClientForm(ProofForm):
    """A new client id and secret."""

    description = forms.CharField(
        label="Description",
        max_length=LONGEST_NAME,
        required=False,
        help_text="Say where it will be used, so that you recognise it later.",
        widget=forms.TextInput(attrs=PLAIN),
    )
