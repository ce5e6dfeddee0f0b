"""The forms on a guest's way in."""

from typing import Any

from django import forms

from accounts.models import LONGEST_PASSWORD
from lib.forms import Form


class InviteForm(Form):
    """Whom a guest lets in, and what they write to them."""

    email = forms.CharField(label="E-mail", max_length=320, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = forms.CharField(label="Name", max_length=255, required=False)
    message = forms.CharField(
        label="Message", max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class AskForm(Form):
    """Whom to mail a link. The space comes from the address of the page."""

    email = forms.CharField(
        label="Your e-mail",
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
    )
    space = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class CodeForm(Form):
    """The code of a mail."""

    code = forms.CharField(
        label="Code from the e-mail",
        max_length=32,
        widget=forms.TextInput(
            attrs={
                "class": "otp",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class SharedLinkForm(Form):
    """The button of a shared link, with its password where it asks for one."""

    password = forms.CharField(
        label="Password",
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["password"]
