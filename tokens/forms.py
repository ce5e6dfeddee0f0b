"""Forms of personal access tokens and client pairs."""

from django import forms

from accounts.forms import ProofForm
from tokens.actions import LONGEST_NAME

PLAIN = {"autocomplete": "off", "autofocus": True}


class TokenForm(ProofForm):
    """A new token."""

    name = forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        help_text="Say where it will be used, so that you recognise it later.",
        widget=forms.TextInput(attrs=PLAIN | {"placeholder": "e.g. Nightly audit export"}),
    )


class ClientForm(ProofForm):
    """A new client id and secret."""

    description = forms.CharField(
        label="Description",
        max_length=LONGEST_NAME,
        required=False,
        help_text="Say where it will be used, so that you recognise it later.",
        widget=forms.TextInput(attrs=PLAIN),
    )
