"""Charts: what is drawn says the same as the numbers, without a style of its own."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.template import Context, Template

from lib.templatetags.charts import HEIGHT, bars, brief, grouped, scale_top, sparkline


@dataclass
class Line:
    name: str
    counts: list[int]


DAYS = [date(2026, 10, 31) + timedelta(days=number) for number in range(3)]
WEB, APP, REST = Line("Web", [4, 0, 10]), Line("<App>", [2, 0, 0]), Line("Others", [0, 0, 2])


@pytest.fixture
def html():
    template = Template('{% load charts %}{% bars "usage" "Requests" days lines rest %}')
    return template.render(Context({"days": DAYS, "lines": [WEB, APP], "rest": [REST]}))


def test_bars_are_stacked_from_the_bottom_in_proportion():
    first, empty, last = bars("usage", "Requests", DAYS, [WEB, APP], [REST])["bars"]

    assert [(part.y, part.height) for part in first.parts if part.count] == [
        (pytest.approx(HEIGHT * 8 / 12, abs=0.01), pytest.approx(HEIGHT * 4 / 12, abs=0.01)),
        (pytest.approx(HEIGHT * 6 / 12, abs=0.01), pytest.approx(HEIGHT * 2 / 12, abs=0.01)),
    ]
    assert (empty.total, [part.height for part in empty.parts]) == (0, [0, 0, 0])
    assert last.parts[-1].y == pytest.approx(0, abs=0.01)


def test_lines_have_their_own_tones_and_what_is_put_together_is_grey():
    assert [one["tone"] for one in bars("x", "x", DAYS, [WEB, APP], [REST])["legend"]] == [1, 2, 5]
    assert [one["tone"] for one in bars("x", "x", DAYS, [WEB], [APP, REST])["legend"]] == [1, 5, 6]


def test_every_number_is_in_the_table(html):
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)[1:]

    assert [[int(cell) for cell in re.findall(r"num\">(\d+)<", row)] for row in rows] == [
        [4, 2, 0, 6],
        [0, 0, 0, 0],
        [10, 0, 2, 12],
    ]


def test_the_drawing_has_a_title_and_a_description(html):
    assert '<title id="usage-title">Requests</title>' in html
    assert "18 in all, most on 2 November with 12." in html
    assert 'role="img" aria-labelledby="usage-title usage-desc"' in html


def test_a_month_is_told_where_it_begins(html):
    assert re.findall(r"<li>(\d+)(?:<small>(\w+)</small>)?</li>", html) == [("31", "Oct"), ("1", "Nov"), ("2", "")]


def test_nothing_carries_a_style_and_names_are_escaped(html):
    assert "style=" not in html
    assert "<App>" not in html
    assert "&lt;App&gt;" in html


def test_nothing_to_draw_draws_nothing_and_fails_nothing():
    drawn = bars("x", "x", DAYS, [], [])

    assert (drawn["total"], drawn["legend"]) == (0, [])


@pytest.mark.parametrize(
    ("largest", "top"),
    [(0, 2), (1, 2), (2, 2), (3, 4), (7, 8), (9, 10), (11, 12), (21, 24), (99, 100), (101, 120), (11_737, 12_000)],
)
def test_the_scale_ends_at_a_round_number_with_a_whole_half(largest, top):
    assert scale_top(largest) == top
    assert top % 2 == 0


def test_no_number_is_above_its_scale():
    assert all(largest <= scale_top(largest) <= max(2, 2 * largest) for largest in range(5_000))


def test_a_sparkline_keeps_inside_its_box():
    points = [tuple(map(float, point.split(","))) for point in sparkline([0, 5, 10])["points"].split()]

    assert points == [(0, 31), (60, 16), (120, 1)]


@pytest.mark.parametrize("counts", [[], [0], [7], [0, 0]])
def test_a_sparkline_of_next_to_nothing_is_drawn(counts):
    assert len(sparkline(counts)["points"].split()) == len(counts)


def test_numbers_as_people_read_them():
    assert [brief(number) for number in (0, 950, 1_200, 20_000, 3_000_000)] == ["0", "950", "1.2k", "20k", "3M"]
    assert grouped(1_204_882) == "1,204,882"
