"""`{% bars %}` and `{% sparkline %}`: charts as inline SVG, drawn on the server and coloured by the stylesheet.

All sizes are attributes, never styles: the pages' CSP allows no inline style.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import template

register = template.Library()

HEIGHT = 200  # of the drawing, in units of its own; the stylesheet says how high it is on the page
STEP, BAR = 100, 62  # a day, and its bar in the middle
THINNEST = 2  # what is not zero can be seen
SPARK_WIDTH, SPARK_HEIGHT = 120, 32
SMALL, ROUND = (2, 4, 6, 8), (10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)  # tops of a scale, half of each whole
TONES = 4  # for lines one by one; two greys more for what is put together


class Drawn(Protocol):
    """What a chart stacks: something with a name and a number for each day."""

    @property
    def name(self) -> str: ...

    @property
    def counts(self) -> list[int]: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One line's share of a bar, which may be nothing."""

    tone: int
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One day."""

    day: date
    x: int
    parts: list[Part]

    @property
    def left(self) -> float:
        return self.x + (STEP - BAR) / 2

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def says_month(self) -> bool:
        return self.x == 0 or self.day.day == 1


@register.inclusion_tag("components/bars.html")
def bars(
    id: str, title: str, days: Sequence[date], lines: Sequence[Drawn], rest: Sequence[Drawn] = ()
) -> dict[str, Any]:
    """Stacked bars, a day each, with a legend and the same numbers as a table.

    The first line lies at the bottom, in the first of four tones; `rest` lies on top, in grey.
    """
    toned = [*zip(range(1, TONES + 1), lines, strict=False), *enumerate(rest, TONES + 1)]
    top = scale_top(max((sum(counts) for counts in zip(*(line.counts for _, line in toned), strict=True)), default=0))
    drawn = [
        Bar(day, index * STEP, list(_stacked([(tone, line.counts[index]) for tone, line in toned], top)))
        for index, day in enumerate(days)
    ]
    return {
        "id": id,
        "title": title,
        "bars": drawn,
        "legend": [{"tone": tone, "name": line.name, "total": sum(line.counts)} for tone, line in toned],
        "marks": [top, top // 2, 0],
        "total": sum(bar.total for bar in drawn),
        "busiest": max(drawn, key=lambda bar: bar.total, default=None),
        "width": len(days) * STEP,
        "height": HEIGHT,
        "step": STEP,
        "width_of_bar": BAR,
    }


@register.inclusion_tag("components/sparkline.html")
def sparkline(counts: Sequence[int]) -> dict[str, Any]:
    """A line without words beside a number that says the same."""
    top, last = max([*counts, 1]), max(len(counts) - 1, 1)
    points = [
        f"{_short(index * SPARK_WIDTH / last)},{_short(SPARK_HEIGHT - 1 - (SPARK_HEIGHT - 2) * count / top)}"
        for index, count in enumerate(counts)
    ]
    return {"points": " ".join(points), "width": SPARK_WIDTH, "height": SPARK_HEIGHT}


@register.filter
def grouped(number: int) -> str:
    """`1,204,882`."""
    return f"{number:,}"


@register.filter
def brief(number: int) -> str:
    """`950`, `1.2k`, `20k`, `3M`: for the marks of a scale."""
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return str(number)


def scale_top(largest: int) -> int:
    """The least round number that is not less, half of which is whole."""
    power = 10 ** max(len(str(largest)) - 2, 0)
    return next(top for top in (*SMALL, *(step * power for step in ROUND)) if top >= largest)


def _stacked(counts: Sequence[tuple[int, int]], top: int) -> Iterator[Part]:
    floor = float(HEIGHT)
    for tone, count in counts:
        height = max(THINNEST, HEIGHT * count / top) if count else 0
        floor -= height
        yield Part(tone, count, _short(floor), _short(height))


def _short(number: float) -> float:
    return round(number, 2)
