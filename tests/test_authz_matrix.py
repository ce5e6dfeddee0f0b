"""Who gets what answer where: every route and method × every kind of credential × what it names.

Read a row as: this request, about one's own (`own`), one's neighbour's (`beside`: the other environment, the other
person) or what must not exist for the caller (`gone`: another account's, missing, malformed, in another case, of
another kind, all of them alike to the byte), is answered so. `any` names nothing.

| column | who knocks |
|---|---|
| none, dead | no credential, or the other face's; everything that once opened, or looks as if it did |
| ada | the personal access tokens of an administrator |
| fresh, stale | her access tokens by password, the proof now and eleven minutes ago; refreshing changes neither |
| pair, child | her access tokens of a client pair; her tokens made by another token |
| fence, scope | her token confined to development; her token limited to `keys:write` |
| uma, uma+ | a member with the User role, who was an administrator until a moment ago: token, and fresh access token |
| dee, gus | an administrator of development alone; a member with the Guest role on one space |
| sk, pk | the secret and the publishable key of development |
| sam, sam+, sam.sk | the administrator of another account: token, fresh access token, and a secret key of it |
"""

import re
from itertools import groupby

import pytest
from django.test import Client

from config.routes import routes
from tests.matrix import table
from tests.matrix.expectations import API, PAGES
from tests.matrix.judging import api_complaints, page_complaints, status_of
from tests.matrix.table import by_path, cells, read, things

pytestmark = pytest.mark.django_db

BLOCKS = {"api": read(API), "pages": read(PAGES)}
ROUTES = [(face, path) for face, blocks in BLOCKS.items() for path in by_path(blocks)]
READING = [(face, path) for face, path in ROUTES if by_path(BLOCKS[face])[path][0].is_reading]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
COMPLAINTS = {"api": api_complaints, "pages": page_complaints}


@pytest.mark.parametrize(("face", "path"), ROUTES)
def test_every_credential_is_answered_as_the_table_says(face, path, world):
    wrong = [
        f"{block.method} {path} · {cell}: {complaint}"
        for block in by_path(BLOCKS[face])[path]
        for cell in cells(block, getattr(world, face))
        for complaint in COMPLAINTS[face](block, answer(world, block, cell), cell, world)
    ]

    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize(("face", "path"), ROUTES)
def test_what_must_not_exist_for_a_caller_looks_like_what_does_not_exist(face, path, world):
    """Another account's, missing, malformed …: the same status, bytes and headers (security.md, ruling 1)."""
    for block in by_path(BLOCKS[face])[path]:
        found = [cell for cell in cells(block, getattr(world, face)) if cell.relation in table.GONE]
        for column, group in groupby(sorted(found, key=column_of), key=column_of):
            answers = {masked(answer(world, block, cell), block, cell, world) for cell in group}
            assert len(answers) == 1, (block.method, path, column, answers)


@pytest.mark.parametrize(("face", "path"), ROUTES)
def test_all_dead_credentials_look_alike(face, path, world):
    for block in by_path(BLOCKS[face])[path]:
        found = [cell for cell in cells(block, getattr(world, face)) if cell.column == "dead"]
        for relation, group in groupby(found, key=lambda cell: cell.relation):
            answers = {answer(world, block, cell).alike for cell in group if cell.wanted == "401"}
            assert len(answers) <= 1, (block.method, path, relation, answers)


@pytest.mark.parametrize(("face", "path"), ROUTES)
def test_a_method_without_a_row_does_nothing_for_anybody(face, path, world):
    blocks = by_path(BLOCKS[face])[path]
    listed = {block.method for block in blocks}
    for method in sorted(set(METHODS) - listed - ({"HEAD"} if "GET" in listed else set())):
        for column in ("none", "ada"):
            knock = next(iter(getattr(world, face)[column].values()))
            found = table.ask(blocks[0], things(world, "own"), knock, method=method)
            refused = {"405"} | ({"401", "in"} if column == "none" else set())
            assert status_of(found) in refused, (method, path, column, found.status)
            assert not found.deeds


@pytest.mark.parametrize(("face", "path"), READING)
def test_head_is_get_without_a_body(face, path, world):
    block = by_path(BLOCKS[face])[path][0]
    for cell in first_cells(block, getattr(world, face)):
        found = table.ask(block, things(world, cell.relation), cell.headers, method="HEAD")
        assert (status_of(found), found.response.content) == (cell.wanted, b""), (path, cell)


@pytest.mark.parametrize("path", [path for path in by_path(BLOCKS["api"]) if path.startswith("/v1/")])
def test_the_other_prefix_answers_alike(path, world):
    for block in by_path(BLOCKS["api"])[path]:
        for cell in first_cells(block, world.api):
            found = table.ask(block, things(world, cell.relation), cell.headers, prefix="/api")
            assert str(found.status) == cell.wanted, (block.method, path, cell)


@pytest.mark.parametrize("path", [block.path for block in BLOCKS["pages"] if block.method == "POST"])
def test_a_form_that_is_not_ours_is_refused(path, world, monkeypatch):
    monkeypatch.setattr(table, "CLIENT", Client(enforce_csrf_checks=True, raise_request_exception=False))
    block = next(block for block in BLOCKS["pages"] if (block.method, block.path) == ("POST", path))

    found = table.ask(block, things(world, "own"), world.pages["ada"]["session"])

    assert found.status == 403
    assert not found.deeds


def test_every_route_and_method_has_a_row_and_every_row_a_route():
    live = {(method, route["path"]) for route in routes() for method in route["methods"]}
    rows = {(block.method, block.path) for blocks in BLOCKS.values() for block in blocks}
    rows |= {("HEAD", path) for method, path in rows if method == "GET"}
    rows |= {(method, f"/api{path}") for method, path in rows if path.startswith("/v1/")}

    assert live - rows == set(), "routes without a row"
    assert rows - live == set(), "rows without a route"


def answer(world, block, cell):
    """What a cell is answered, asked once for all tests."""
    key = (block.method, block.path, block.body, cell.relation, cell.column, cell.name)
    if key not in world.answers:
        world.answers[key] = table.ask(block, things(world, cell.relation), cell.headers)
    return world.answers[key]


def first_cells(block, columns):
    """One cell a column, of its first row."""
    found = {cell.column: cell for cell in reversed(list(cells(block, columns))) if cell.relation in block.rows}
    return found.values()


def column_of(cell):
    return cell.column


def masked(answer, block, cell, world):
    """The answer without what the caller said himself, which a page has in its own links, and its forms' CSRF token."""
    text, asked = (
        CSRF.sub("", repr(answer.alike)),
        set(table.PLACEHOLDER.findall(f"{block.path}{block.query}{block.body}")),
    )
    for id in [id for name, id in things(world, cell.relation).items() if name in asked]:
        text = text.replace(id, "…")
    return text
