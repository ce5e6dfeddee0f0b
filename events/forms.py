"""The filters of the log, read from the address of the page; what is not understood filters nothing."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from access.actors import Actor
from accounts.models import Member
from events.models import Event
from lib import emails
from lib.forms import Filters

KEYS = ["api-key", "personal-access-token", "client-credential", "access-token", "signing-key", "secret"]
TOPICS = {
    "keys": ("Keys, tokens and secrets", Q(domain__in=KEYS)),
    "people": ("People and sign-ins", Q(domain__in=["account", "member", "session"]) | Q(topic="sign-in:refused")),
    "places": ("Environments and spaces", Q(domain__in=["environment", "space"])),
    "refused": ("Refused", Q(refused=True)),
}


class LogFilters(Filters):
    """Who, about what, where, and from which day to which (in UTC)."""

    actor = forms.CharField(required=False, max_length=255)
    topic = forms.ChoiceField(
        required=False,
        choices=[("", "All topics"), *((name, label) for name, (label, _) in TOPICS.items())],
        widget=forms.Select(attrs={"aria-label": "Topic"}),
    )
    environment = forms.ChoiceField(
        required=False, choices=[("", "All environments")], widget=forms.Select(attrs={"aria-label": "Environment"})
    )
    since = forms.DateField(label="From", required=False)
    until = forms.DateField(label="To", required=False)

    @property
    def range(self) -> str:
        """The days as words, such as `11 – 24 Nov`."""
        since, until = self.given.get("since"), self.given.get("until")
        if since and until:
            return f"{since:%-d %b} – {until:%-d %b}"
        if since:
            return f"From {since:%-d %b}"
        return f"Until {until:%-d %b}" if until else "Any time"

    def apply(self, events: QuerySet[Event], actor: Actor) -> QuerySet[Event]:
        """The events that match all of what was asked for."""
        given = self.given
        if "actor" in given:
            events = events.filter(_by(given["actor"], actor))
        if "topic" in given:
            events = events.filter(TOPICS[given["topic"]][1])
        if "environment" in given:
            events = events.filter(environment_id=given["environment"])
        if "since" in given:
            events = events.filter(created_at__gte=_midnight(given["since"]))
        if "until" in given:
            events = events.filter(created_at__lt=_midnight(given["until"]) + timedelta(days=1))
        return events


def _by(text: str, actor: Actor) -> Q:
    """A name or a part of it, an id, or an e-mail address: of a member, or one that somebody tried to sign in with."""
    found = Q(actor_label__icontains=text) | Q(actor_id=text)
    try:
        address = emails.canonical(text)
    except emails.BadEmail:
        return found
    members = Member.objects.filter(account_id=actor.account_id, user__email=address).values("pk")
    return found | Q(actor_id__in=members) | Q(subject_kind="login", subject_label=address)


def _midnight(date: Any) -> datetime:
    return datetime.combine(date, time.min, UTC)
