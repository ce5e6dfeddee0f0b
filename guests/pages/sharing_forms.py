"""The forms of the sharing page: the ways in, and what limits the public link."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms

from accounts.models import LONGEST_PASSWORD
from environments.models import GUEST_AUTHENTICATION
from guests.actions.shared import MOST_USES
from guests.models import SharedLink
from lib.forms import Form
from spaces.models import Space

ENVIRONMENT, OWN = "environment", "own"


class WaysForm(Form):
    """As the environment says, or what is ticked here."""

    follows = forms.ChoiceField(choices=[(ENVIRONMENT, "As the environment"), (OWN, "Its own")])
    ways = forms.MultipleChoiceField(required=False, choices=[(way, way) for way in GUEST_AUTHENTICATION])

    @classmethod
    def of(cls, space: Space, data: Any = None) -> "WaysForm":
        own = space.guest_authentication
        initial = {"follows": ENVIRONMENT if own is None else OWN, "ways": space.ways_in}
        return cls(data, initial=initial, auto_id="ways-%s")

    @property
    def wanted(self) -> list[str] | None:
        """None: as the environment says."""
        given = self.cleaned_data
        return None if given["follows"] == ENVIRONMENT else list(given["ways"])


class LinkForm(Form):
    """Until when, how often and with which password a link lets people in."""

    expires_on = forms.DateField(
        label="Ends after",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The last day, in UTC.",
    )
    most_uses = forms.IntegerField(
        label="Visitors",
        required=False,
        min_value=1,
        max_value=MOST_USES,
        help_text="How many it lets in altogether.",
    )
    password = forms.CharField(
        label="Password",
        required=False,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="At least 8 characters. Tell it apart from the link.",
    )
    no_password = forms.BooleanField(label="Ask for no password any more", required=False)

    shown_at = {"expiresAt": "expires_on", "mostUses": "most_uses"}

    def __init__(self, *args: Any, link: SharedLink | None, **kwargs: Any) -> None:
        self.link = link
        if link:
            kwargs["initial"] = {"expires_on": link.expires_at, "most_uses": link.most_uses}
        super().__init__(*args, **kwargs)
        if link and link.has_password:
            self.fields["password"].help_text = "Left empty, it stays as it is."
        else:
            del self.fields["no_password"]

    @property
    def wanted(self) -> dict[str, Any]:
        """The arguments of the deed. A password that is not mentioned stays, and an end whose day was not changed."""
        given = self.cleaned_data
        day, now = given["expires_on"], self.link.expires_at if self.link else None
        end = datetime.combine(day, time(23, 59, 59), UTC) if day else None
        if day and now and day == now.astimezone(UTC).date():
            end = now
        password = {"password": given["password"]} if given["password"] or not self.link else {}
        if given.get("no_password"):
            password = {"password": ""}
        return {"expires_at": end, "most_uses": given["most_uses"]} | password
