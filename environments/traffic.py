"""How much an environment is asked, by day and by key: what the page and the API show of the usage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Sum, Value, When

from access.actors import KEY_KINDS, Actor
from access.queries import visible
from environments.models import ApiKey, Environment
from events.models import Usage

KEYS = [kind.value for kind in KEY_KINDS]
OTHER_KEYS, OTHERS = "other keys", "others"  # never an id


@dataclass(frozen=True, slots=True)
class Line:
    """The requests of one key, or of several together, on each of the days."""

    id: str
    name: str
    type: str
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Traffic:
    """The busiest keys one by one, the other keys together, and together what is no key: guests, confined tokens."""

    days: list[date]
    keys: list[Line]
    other_keys: Line
    others: Line

    @property
    def counts(self) -> list[int]:
        """All requests, day by day."""
        return [
            sum(day) for day in zip(*(line.counts for line in (*self.keys, self.other_keys, self.others)), strict=True)
        ]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def today(self) -> int:
        return self.counts[-1]

    @property
    def rest(self) -> list[Line]:
        """What is put together, where there is any of it."""
        return [line for line in (self.other_keys, self.others) if line.total]


def traffic_of(actor: Actor, environment: Environment, *, days: int, top: int) -> Traffic:
    """What the actor may see of the last days (in UTC), today included. Two queries.

    Whose a token is says nothing about the environment, and is nobody's business: so they are one line.
    """
    today = datetime.now(UTC).date()
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    usage = visible(Usage, actor).filter(environment=environment, day__gte=dates[0], day__lte=today)
    busiest = _busiest(usage, environment, top)
    counts = _counts(usage, [key["credential_id"] for key in busiest])

    def line(id: str, name: str, type: str = "") -> Line:
        return Line(id, name, type, [counts.get((id, day), 0) for day in dates])

    keys = [line(key["credential_id"], key["name"] or "", key["type"] or "") for key in busiest]
    return Traffic(dates, keys, line(OTHER_KEYS, "Other keys"), line(OTHERS, "Tokens and guests"))


def _busiest(usage: QuerySet[Usage], environment: Environment, top: int) -> list[Any]:
    key = ApiKey.objects.filter(pk=OuterRef("credential_id"), environment=environment)
    totals = usage.filter(kind__in=KEYS).values("credential_id").annotate(total=Sum("count"))
    named = totals.annotate(name=Subquery(key.values("name")), type=Subquery(key.values("type")))
    return list(named.order_by("-total", "credential_id")[:top])


def _counts(usage: QuerySet[Usage], one_by_one: Sequence[str]) -> dict[tuple[str, date], int]:
    which = Case(
        When(credential_id__in=one_by_one, then=F("credential_id")),
        When(kind__in=KEYS, then=Value(OTHER_KEYS)),
        default=Value(OTHERS),
    )
    rows = usage.annotate(line=which).values("line", "day").annotate(total=Sum("count"))
    return {(row["line"], row["day"]): int(row["total"]) for row in rows.order_by()}
