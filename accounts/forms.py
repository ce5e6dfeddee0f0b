"""Forms about the account and its people: signing in and up, passwords, the proof that a sensitive deed asks for."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.contrib import messages
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from accounts import actions
from accounts.credentials import WrongPassword, reauthenticate, sign_in
from accounts.models import LONGEST_PASSWORD, Account, User
from config.setup import open_account_for
from lib import web_origins
from lib.forms import Form, LinesField, check_readable
from lib.problems import TooManyAttempts

NEW_PASSWORD_HELP = "At least 15 characters. A few words in a row are easy to remember and hard to guess."  # noqa: S105
LONGEST_SHOWN = 64  # of a line that is wrong
NO_MATCH = "E-mail and password do not match. Try again."


class OriginsField(LinesField):
    """Origins, one a line; each line that is none is told."""

    def clean(self, value: Any) -> list[str]:
        lines, errors = super().clean(value), []
        for line in lines:
            try:
                web_origins.normal(line)
            except web_origins.BadOrigin as problem:
                errors.append(f"“{line[:LONGEST_SHOWN]}”: {problem.message}")
        if errors:
            raise forms.ValidationError(errors)
        return lines


class AccountForm(Form):
    """What an administrator changes about the account itself."""

    name = forms.CharField(label="Name", max_length=255, widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    allowed_origins = OriginsField(
        label="Allowed origins",
        required=False,
        max_length=32_768,
        help_text="One a line: https://app.example.com, or *.example.com for every name below it. Only their pages may "
        "read what the API answers in a browser. With none, any page may in development and none in production.",
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocapitalize": "off"}),
    )

    @classmethod
    def of(cls, account: Account, data: Any = None) -> "AccountForm":
        """The form filled with what the account has."""
        return cls(data, initial={name: getattr(account, name) for name in cls.base_fields})


class ProofForm(Form):
    """A form of a sensitive deed: it asks for the password unless that was given within the last 10 minutes.

    Once it is valid, `request.actor` is fresh.
    """

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if self.needs_proof():
            self.fields["password"] = _password("Your password", "current-password")

    def needs_proof(self) -> bool:
        return not self.request.actor.is_fresh  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        password = self.cleaned_data.pop("password", None)
        if password:
            try:
                reauthenticate(self.request, password)
            except (WrongPassword, TooManyAttempts) as problem:
                self.add_problem(problem)
            else:
                del self.fields["password"]
        return self.cleaned_data


class SignInForm(allauth.LoginForm):
    """E-mail and password. allauth calls the first `login`."""

    limit: TooManyAttempts | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"] = _email("username", autofocus=True)
        self.fields["password"] = _password("Password", "current-password")

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except forms.ValidationError:
            raise forms.ValidationError(NO_MATCH) from None
        except TooManyAttempts as problem:
            self.limit = problem
            raise forms.ValidationError(problem.message) from None


class SignUpForm(allauth.SignupForm):
    """A new account and its first administrator."""

    account = forms.CharField(label="Company or team", max_length=255, validators=[check_readable])
    name = forms.CharField(label="Your name", max_length=255, validators=[check_readable])
    field_order = ("account", "name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["account"].widget.attrs |= {"autocomplete": "organization", "autofocus": True}
        self.fields["name"].widget.attrs |= {"autocomplete": "name"}
        self.fields["email"] = _email("email")
        self.fields["password1"] = _password("Password", "new-password", help_text=NEW_PASSWORD_HELP)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        open_account_for(user, self.cleaned_data["account"])


class ForgotPasswordForm(allauth.ResetPasswordForm):
    """Asks for a mail with a link. It never learns whether the address exists, so it cannot tell."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["email"] = _email("email", autofocus=True)

    def clean_email(self) -> str:
        return str(get_adapter().clean_email(self.cleaned_data["email"]))

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        actions.ask_password_reset(self.cleaned_data["email"], request.actor.origin.ip)  # type: ignore[attr-defined]
        return str(self.cleaned_data["email"])


class ResetPasswordForm(allauth.ResetPasswordKeyForm):
    """The new password behind a mailed link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _prepare_new_password(self)

    def save(self) -> None:
        actions.reset_password(context.request.actor, self.user, self.cleaned_data["password1"])


class ChangePasswordForm(allauth.ChangePasswordForm):
    """The current password, which is the proof, and the new one twice."""

    end_tokens = forms.BooleanField(label="Also end my personal access tokens and client pairs", required=False)
    field_order = ("oldpassword", "password1", "password2", "end_tokens")
    limit: TooManyAttempts | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = _password("Current password", "current-password")
        _prepare_new_password(self)

    def clean_oldpassword(self) -> str:
        try:
            reauthenticate(context.request, self.cleaned_data["oldpassword"])
        except (WrongPassword, TooManyAttempts) as problem:
            self.limit = problem if isinstance(problem, TooManyAttempts) else None
            raise forms.ValidationError(problem.message) from None
        return str(self.cleaned_data["oldpassword"])

    def save(self) -> None:
        request, end_tokens = context.request, self.cleaned_data["end_tokens"]
        actions.change_password(request.actor, self.user, self.cleaned_data["password1"], end_tokens=end_tokens)
        sign_in(request, self.user)
        said = "Your password is changed, and you are signed out everywhere else."
        messages.success(request, f"{said} Your tokens have ended." if end_tokens else said)


def _prepare_new_password(form: forms.Form) -> None:
    form.label_suffix = ""
    for name, label in (("password1", "New password"), ("password2", "New password again")):
        form.fields[name].label, form.fields[name].help_text = label, ""
        form.fields[name].widget.attrs |= {"placeholder": "", "maxlength": LONGEST_PASSWORD}
        form.fields[name].validators.append(MaxLengthValidator(LONGEST_PASSWORD))
    form.fields["password1"].help_text = NEW_PASSWORD_HELP


def _password(label: str, autocomplete: str, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=LONGEST_PASSWORD, widget=widget, **kwargs)


def _email(autocomplete: str, *, autofocus: bool = False) -> forms.EmailField:
    attrs = {"autocomplete": autocomplete} | ({"autofocus": True} if autofocus else {})
    return forms.EmailField(label="E-mail", max_length=254, widget=forms.EmailInput(attrs=attrs))
