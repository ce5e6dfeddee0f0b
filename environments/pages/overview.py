"""What Home puts together, each part by what the actor may see: usage, first steps, what needs attention, the log."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Exists, F, Func, IntegerField, QuerySet, Subquery
from django.urls import reverse

from access.actions import Action
from access.actors import Actor
from access.lifetimes import ends_soon
from access.policy import can
from access.queries import visible
from environments.models import ApiKey, Environment, Keys
from environments.pages.lookups import visible_keys
from environments.traffic import Traffic, traffic_of
from events.actions import visible_events
from events.models import Event, Usage
from events.sentences import Entry
from spaces.models import Space
from tokens.models import PersonalAccessToken, Tokens

M = TypeVar("M", ApiKey, PersonalAccessToken)

DAYS, KEYS, CONCERNS, EVENTS = 14, 4, 5, 8
# An environment is born with two keys; one made later has been shown to whoever made it.
BIRTH = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Facts:
    """How many keys and tokens there are, and how far the beginning has come, as the facts tell."""

    keys: int
    tokens: int
    has_usage: bool
    has_called: bool
    has_key: bool
    has_space: bool

    @property
    def done(self) -> int:
        """How many of the three first steps."""
        return sum((self.has_key, self.has_called, self.has_space))


@dataclass(frozen=True, slots=True)
class Concern:
    """A key or token that ends soon or that nothing uses, and where to do something about it."""

    thing: ApiKey | PersonalAccessToken
    noun: str
    href: str

    @property
    def urgency(self) -> tuple[bool, datetime]:
        """What orders them: first what ends soon, the next end before the others; then what has lain idle longest."""
        at = self.thing.expires_at if self.ends_soon else self.thing.last_used_at
        return not self.ends_soon, at or self.thing.created_at

    @property
    def ends_soon(self) -> bool:
        return ends_soon(self.thing.expires_at)


def facts_of(actor: Actor, environment: Environment) -> Facts:
    """One query. What concerns the beginning is for who may see the usage."""
    keys = ApiKey.objects.filter(environment=environment)
    revealed = Event.objects.filter(
        account_id=environment.account_id, environment_id=environment.pk, action=Action.REVEAL_KEY.value, refused=False
    )
    used, made = keys.exclude(last_used_at=None), keys.filter(created_at__gt=environment.created_at + BIRTH)
    usage, spaces = (model.objects.filter(environment=environment) for model in (Usage, Space))
    found = Environment.objects.filter(pk=environment.pk).values_list(
        _number(keys_of(actor, environment)),
        _number(tokens_of(actor)),
        Exists(usage),
        Exists(used),
        Exists(revealed) | Exists(made) | Exists(used),
        Exists(spaces),
    )
    return Facts(*found[0])


def traffic_shown(actor: Actor, environment: Environment) -> Traffic | None:
    """Nothing for who may not see how much the keys are used."""
    if not can(actor, Action.VIEW_USAGE, environment.resource):
        return None
    return traffic_of(actor, environment, days=DAYS, top=KEYS)


def keys_of(actor: Actor, environment: Environment) -> Keys:
    return visible_keys(actor, environment)  # type: ignore[return-value]


def tokens_of(actor: Actor) -> Tokens:
    return visible(PersonalAccessToken, actor).live()  # type: ignore[attr-defined]


def concerns_of(actor: Actor, environment: Environment) -> list[Concern]:
    """The first few, those that end soon before those that nothing uses."""
    keys, tokens = keys_of(actor, environment), tokens_of(actor)
    at_keys, at_tokens = reverse("keys", args=[environment.pk]), reverse("tokens")
    found = [
        *(Concern(key, key.get_type_display(), at_keys) for key in _first(keys.expiring_soon() | keys.unused())),
        *(Concern(one, "Personal access token", at_tokens) for one in _first(tokens.expiring_soon() | tokens.unused())),
    ]
    return sorted(found, key=lambda one: one.urgency)[:CONCERNS]


def _first(rows: QuerySet[M]) -> QuerySet[M]:
    return rows.order_by(F("expires_at").asc(nulls_last=True), "created_at", "pk")[:CONCERNS]


def last_entries(actor: Actor, environment: Environment) -> list[Entry]:
    events = visible_events(actor).filter(environment_id=environment.pk).order_by("-created_at", "-pk")
    return [Entry(event, environment.tone) for event in events[:EVENTS]]


def _number(rows: QuerySet[M]) -> Subquery:
    """How many rows, inside of a larger question."""
    counted = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(number=counted).values("number"))
