"""Forms of environments, their keys and their secrets: syntax, and the words that confirm a deletion."""

from typing import Any

from django import forms
from django.utils.html import format_html

from access.actors import Kind
from access.forms import LimitsForm
from accounts.forms import ProofForm
from environments.actions.keys import LONGEST_NAME
from environments.actions.rotation import OVERLAPS
from environments.actions.secrets import LONGEST
from environments.models import GUEST_AUTHENTICATION, MAGIC_LINK, SHARED_LINK, ApiKey, Environment
from lib.forms import Form, LinesField, ObjectField

NAME = {"autocomplete": "off", "autofocus": True}
GUEST_AUTHENTICATION_LABELS = {MAGIC_LINK: "Magic link", SHARED_LINK: "Shared link"}


class KeyForm(LimitsForm, ProofForm):
    """A new key. Only a secret one has scopes to choose from: a publishable one may do a single thing."""

    kind = Kind.SECRET_KEY

    type = forms.ChoiceField(choices=ApiKey.Type.choices, initial=ApiKey.Type.SECRET)
    name = forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs=NAME | {"placeholder": "Where it will be used"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("type") == ApiKey.Type.PUBLISHABLE:
            self.errors.pop("scopes", None)
            given["scopes"] = None
        return given


class RevealKeyForm(ProofForm):
    """Nothing but the proof."""


class RenameKeyForm(Form):
    name = forms.CharField(label="Name", max_length=LONGEST_NAME, widget=forms.TextInput(attrs=NAME))


class RotateKeyForm(ProofForm):
    """When the old key stops."""

    overlap = forms.ChoiceField(choices=[(overlap, overlap) for overlap in OVERLAPS], initial="24h")


class TypedNameForm(ProofForm):
    """An end: what belongs to production wants the name of the thing typed as well. Without a thing nothing ends.

    The thing is an environment, or something with a name in one.
    """

    def __init__(self, *args: Any, thing: Any, **kwargs: Any) -> None:
        environment = thing if isinstance(thing, Environment | None) else thing.environment
        self.expected, self.is_production = thing.name if thing else "", bool(environment and environment.is_prod)
        super().__init__(*args, **kwargs)
        if self.is_production:
            widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
            label = format_html("Type <b>{}</b> to confirm", self.expected)
            self.fields["typed_name"] = forms.CharField(label=label, strip=False, widget=widget)
            self.order_fields(["typed_name"])

    def clean_typed_name(self) -> str:
        if self.cleaned_data["typed_name"] != self.expected:
            raise forms.ValidationError("That is not the name. Type it exactly as it stands.")
        return self.expected


class DeleteKeyForm(TypedNameForm):
    """The key by its name, and the proof."""


class EndRotationForm(TypedNameForm):
    """The key that stops by its name, and the proof."""


class DeleteEnvironmentForm(TypedNameForm):
    """A development environment asks for nothing, production for its name and the proof."""

    def needs_proof(self) -> bool:
        return self.is_production and super().needs_proof()


class ValueField(forms.CharField):
    """Text as it was typed: browsers send the line breaks of a textarea as CR LF, which nobody meant."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReplaceSecretForm(Form):
    """A secret's new value, which is never shown again."""

    value = ValueField(
        label="Value",
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )


class SecretForm(ReplaceSecretForm):
    """A secret's name and its value."""

    name = forms.CharField(
        label="Name",
        max_length=LONGEST,
        widget=forms.TextInput(attrs=NAME | {"placeholder": "SLACK_WEBHOOK_URL", "spellcheck": "false"}),
    )


class EnvironmentForm(Form):
    """What is set when an environment is made or changed; whether it is a production one is decided once."""

    name = forms.CharField(label="Name", max_length=255, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    guest_authentication = forms.MultipleChoiceField(
        label="How guests may come in",
        choices=[(way, GUEST_AUTHENTICATION_LABELS[way]) for way in GUEST_AUTHENTICATION],
        initial=list(GUEST_AUTHENTICATION),
        required=False,
    )
    namespaces = LinesField(
        label="Namespaces",
        required=False,
        max_length=4096,
        help_text="One a line. They are offered when somebody creates a space.",
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    language_override = forms.CharField(
        label="Language",
        required=False,
        max_length=35,
        help_text="A language tag such as de or pt-BR. Left empty, the browser of each guest decides.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    translations_path = forms.CharField(
        label="Translations path",
        required=False,
        max_length=1024,
        help_text="Where your own texts for guests are found.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    metadata = ObjectField(
        label="Metadata",
        required=False,
        initial=dict,
        help_text="A JSON object for your programs. Guests never see it.",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    @classmethod
    def of(cls, environment: Environment, data: Any = None) -> "EnvironmentForm":
        """The form filled with what an environment has."""
        return cls(data, initial={name: getattr(environment, name) for name in cls.base_fields})


class NewEnvironmentForm(EnvironmentForm):
    is_prod = forms.TypedChoiceField(
        label="Kind",
        choices=[("no", "Development"), ("yes", "Production")],
        coerce=lambda value: value == "yes",
        initial="no",
    )
