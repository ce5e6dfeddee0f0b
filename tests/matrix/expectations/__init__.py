"""What every route and method answers to each kind of credential; tests/test_authz_matrix.py says how to read it.

A file a noun: what the API answers about it (`API`), and what its pages do (`PAGES`), where it has them.
"""

from tests.matrix.expectations import (
    access,
    accounts,
    clips,
    environments,
    events,
    guests,
    keys,
    links,
    records,
    rooms,
    secrets,
    server,
    sign_in,
    spaces,
    tokens,
    workbooks,
)

NOUNS = (
    accounts, sign_in, access, environments, keys, secrets, spaces, workbooks, records, clips, guests, links, rooms,
    tokens, events, server,
)  # fmt: skip


def joined(face: str) -> str:
    """The tables of all nouns as one; the line that names the columns is the same in each."""
    tables = [getattr(noun, face).strip("\n").split("\n", 1) for noun in NOUNS if hasattr(noun, face)]
    [columns] = {first for first, _ in tables}
    return "\n".join([columns, *(rows for _, rows in tables)])


API, PAGES = joined("API"), joined("PAGES")
