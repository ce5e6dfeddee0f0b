"""What limits a new credential, as fields of its form: an end in time, and scopes in a table that a person can read."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from access.actors import Kind
from access.scopes import SCOPE_WORDS, scopes_of
from lib.forms import Form

NEVER, ON_A_DAY = "", "day"
EXPIRES = [
    (NEVER, "Never"),
    *[(str(days), f"In {days} days") for days in (30, 90, 365)],
    (ON_A_DAY, "On a day of your choice"),
]
EVERYTHING, SOME = "everything", "some"
NOUNS = {
    "spaces": "Spaces",
    "environments": "Environments",
    "keys": "API keys",
    "secrets": "Secrets",
    "users": "Account and people",
    "tokens": "Your own tokens",
    "events": "Log",
}
WARNINGS = {"keys:write": "A key made with it may do whatever a key may do."}


@dataclass(frozen=True, slots=True)
class Box:
    """One scope to tick."""

    scope: str
    words: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """What may be read and written of one noun, and what to beware of."""

    noun: str
    read: Box | None
    write: Box | None

    @property
    def words(self) -> str:
        widest = self.write or self.read
        return widest.words if widest else ""

    @property
    def warning(self) -> str:
        return WARNINGS.get(self.write.scope, "") if self.write else ""


class LimitsForm(Form):
    """A new credential that may end by itself and do less than its kind: cleaned to `expires_at` and `scopes`."""

    kind: ClassVar[Kind]
    shown_at: ClassVar = {"expiresAt": "expires_on"}

    expires = forms.ChoiceField(label="Expires", choices=EXPIRES, required=False)
    expires_on = forms.DateField(
        label="Last day",
        required=False,
        input_formats=["%Y-%m-%d"],
        help_text="It works until the end of that day, UTC.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reach = forms.ChoiceField(choices=[(EVERYTHING, "Everything"), (SOME, "Only what you choose")], required=False)
    scopes = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(scope, SCOPE_WORDS[scope]) for scope in scopes_of(self.kind)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        expires, reach = given.pop("expires", NEVER), given.pop("reach", EVERYTHING)
        given["expires_at"] = self._end(expires, given.pop("expires_on", None))
        given["scopes"] = self._chosen() if reach == SOME else None
        if reach != SOME:
            self.errors.pop("scopes", None)  # of what is folded away
        return given

    @property
    def is_limited(self) -> bool:
        """Whether the limits are to be seen: something is chosen there, or wrong."""
        return self["reach"].value() == SOME or any(name in self.errors for name in ("reach", "scopes"))

    @property
    def rows(self) -> list[ScopeRow]:
        """The table of scopes that mean something for this kind of credential."""
        ticked = set(self["scopes"].value() or ())
        boxes = {scope: Box(scope, words, scope in ticked) for scope, words in self.fields["scopes"].choices}  # type: ignore[attr-defined]
        rows = [ScopeRow(name, boxes.get(f"{noun}:read"), boxes.get(f"{noun}:write")) for noun, name in NOUNS.items()]
        return [row for row in rows if row.read or row.write]

    def _end(self, expires: str, day: Any) -> datetime | None:
        if expires == ON_A_DAY:
            if day is None and "expires_on" not in self.errors:
                self.add_error("expires_on", "Choose the last day on which it works.")
            return day and datetime.combine(day, time(23, 59, 59), UTC)
        self.errors.pop("expires_on", None)
        return timezone.now() + timedelta(days=int(expires)) if expires else None

    def _chosen(self) -> list[str]:
        scopes: list[str] = self.cleaned_data.get("scopes", [])
        if not scopes and "scopes" not in self.errors:
            self.add_error("scopes", "Choose at least one, or let it do everything.")
        return scopes
