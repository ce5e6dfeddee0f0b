"""Guests against every route and method of the API: what they were given, and nothing else."""

import pytest

from tests.matrix import guests, table
from tests.matrix.expectations import API
from tests.matrix.table import read

pytestmark = pytest.mark.django_db

BLOCKS = read(API)
ROWS = {(block.method, block.path, block.body): block.rows for block in read(guests.API)}
CLIP_ROWS = {(block.method, block.path, block.body): block.rows for block in read(guests.CLIPS)}
CAST = ((("gwen", "wes", "emb"), ROWS), (("cleo",), CLIP_ROWS))


@pytest.fixture(scope="module")
def cast(world, django_db_blocker):
    """Who knocks; made beside the world, with what lies beyond what they were given."""
    with django_db_blocker.unblock():
        world.things.update(guests.beyond(world))
        return guests.guests_of(world)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.method} {block.path}")
def test_a_guest_is_answered_as_the_table_says(block, cast, world):
    wrong = []
    for column, relation, wanted in expected(block):
        for name, headers in cast[column].items():
            found = table.ask(block, table.things(world, relation), headers)
            if str(found.status) != wanted:
                wrong.append(f"{relation} · {column} ({name}): {found.status} instead of {wanted}")
            if found.status >= 400 and found.deeds:
                wrong.append(f"{relation} · {column} ({name}): refused, and yet wrote {found.deeds}")

    assert not wrong, "\n" + "\n".join(wrong)


def expected(block):
    """Column, relation and wanted status. What has no row is a 403, and an open route is open to all."""
    open_to_all = block.rows[next(iter(block.rows))]["none"]
    default = "403" if open_to_all == "401" else open_to_all
    for columns, table_of_them in CAST:
        found = table_of_them.get((block.method, block.path, block.body))
        rows = found or table_of_them.get((block.method, block.path, ""))
        for relation, by_column in (rows or {next(iter(block.rows)): {}}).items():
            for one in table.GONE if relation == "gone" else (relation,):
                yield from ((column, one, by_column.get(column, default)) for column in columns)


def test_every_row_of_guests_is_of_a_route():
    assert {row[:2] for row in (*ROWS, *CLIP_ROWS)} <= {(block.method, block.path) for block in BLOCKS}
