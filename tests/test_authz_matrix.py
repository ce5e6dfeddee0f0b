"""Who gets what answer where: every route and method × every kind of credential × what it names.

Read a row as: this request, about one's own (`own`), one's neighbour's (`beside`: the other environment, the other
person) or what must not exist for the caller (`gone`: another account's, missing, malformed, in another case, of
another kind, all of them alike to the byte), is answered so. `any` names nothing.

| column | who knocks |
|---|---|
| none, dead | no credential, or the other face's; everything that once opened, or looks as if it did |
| ada | the personal access tokens of an administrator |
| fresh, stale | her access tokens by password, the proof now and eleven minutes ago; refreshing changes neither |
| client, child | her access tokens of a client pair; her tokens made by another token |
| uma, uma+ | a member with the User role, who was an administrator until a moment ago: token, and fresh access token |
| dee, gus | an administrator of development alone; a member with the Guest role on one space |
| sk, pk | the secret and the publishable key of development |
| sam, sam+, sam.sk | the administrator of another account: token, fresh access token, and a secret key of it |
"""

import json
from itertools import groupby

import pytest

from config.routes import routes
from tests.matrix.table import ask, by_path, cells, read, things

pytestmark = pytest.mark.django_db

API = """
            none   dead   ada    fresh  stale  client child  uma    uma+   dee    gus    sk     pk     sam    sam+   sam.sk
GET /v1/accounts/current
  any       401    401    200    200    200    200    200    200    200    200    200    200    403    200    200    200
GET /v1/users
  any       401    401    200    200    200    200    200    200    200    200    200    200    403    200    200    200
GET /v1/users/{user_id}
  own       401    401    200    200    200    200    200    200    200    200    200    200    403    404    404    404
  beside    401    401    200    200    200    200    200    200    200    200    200    200    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
GET /v1/users/{user_id}/roles
  own       401    401    200    200    200    200    200    200    200    200    200    200    403    404    404    404
  beside    401    401    200    200    200    200    200    200    200    200    200    200    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
GET /v1/roles
  any       401    401    200    200    200    200    200    200    200    200    200    403    403    200    200    403
GET /v1/environments
  any       401    401    200    200    200    200    200    200    200    200    200    200    403    200    200    200
POST /v1/environments {"name": "staging", "isProd": false}
  any       401    401    200    200    200    200    200    403    403    403    403    403    403    200    200    403
GET /v1/environments/{environment_id}
  own       401    401    200    200    200    200    200    200    200    200    404    200    403    404    404    404
  beside    401    401    200    200    200    200    200    200    200    404    404    404    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
PATCH /v1/environments/{environment_id} {"metadata": {"set": "by the matrix"}}
  own       401    401    200    200    200    200    200    403    403    200    404    200    403    404    404    404
  beside    401    401    200    200    200    200    200    403    403    404    404    404    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
DELETE /v1/environments/{environment_id}
  own       401    401    200    200    200    200    200    403    403    200    404    403    403    404    404    403
  beside    401    401    403    200    403    403    403    403    403    404    404    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
GET /v1/auth/api-keys?environmentId={environment_id}
  own       401    401    200    200    200    200    200    403    403    200    404    403    403    404    404    403
  beside    401    401    200    200    200    200    200    403    403    404    404    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
POST /v1/auth/api-key?environmentId={environment_id}&type=SECRET
  own       401    401    200    200    200    200    200    403    403    200    404    403    403    404    404    403
  beside    401    401    200    200    200    200    200    403    403    404    404    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
DELETE /v1/auth/api-key?environmentId={environment_id}&key={key_id}
  own       401    401    200    200    200    200    200    403    403    200    404    403    403    404    404    403
  beside    401    401    200    200    200    200    200    403    403    404    404    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
PATCH /v1/auth/api-keys/{key_id} {"name": "Renamed"}
  own       401    401    200    200    200    200    200    404    404    200    404    403    403    404    404    403
  beside    401    401    200    200    200    200    200    404    404    404    404    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
DELETE /v1/auth/api-keys/{key_id}
  own       401    401    200    200    200    200    200    404    404    200    404    403    403    404    404    403
  beside    401    401    200    200    200    200    200    404    404    404    404    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
POST /v1/auth/api-keys/{key_id}/reveal
  own       401    401    403    200    403    403    403    403    404    403    403    403    403    403    404    403
  beside    401    401    403    200    403    403    403    403    404    403    403    403    403    403    404    403
  gone      401    401    403    404    403    403    403    403    404    403    403    403    403    403    404    403
GET /v1/auth/publishable-key?environmentId={environment_id}
  own       401    401    200    200    200    200    200    200    200    200    404    403    403    404    404    403
  beside    401    401    200    200    200    200    200    200    200    404    404    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
GET /v1/secrets?environmentId={environment_id}
  own       401    401    200    200    200    200    200    403    403    200    404    200    403    404    404    404
  beside    401    401    200    200    200    200    200    403    403    404    404    404    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
POST /v1/secrets {"environmentId": "{environment_id}", "name": "NEW", "value": "v"}
  own       401    401    200    200    200    200    200    403    403    200    404    200    403    404    404    404
  beside    401    401    200    200    200    200    200    403    403    404    404    404    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
DELETE /v1/secrets/{secret_id}
  own       401    401    200    200    200    200    200    404    404    200    404    200    403    404    404    404
  beside    401    401    200    200    200    200    200    404    404    404    404    404    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
GET /v1/spaces
  any       401    401    200    200    200    200    200    200    200    200    200    200    403    200    200    200
POST /v1/spaces {"environmentId": "{environment_id}", "name": "New"}
  own       401    401    200    200    200    200    200    200    200    200    404    200    200    404    404    404
  beside    401    401    200    200    200    200    200    200    200    404    404    404    404    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    404    404    404    404
GET /v1/spaces/{space_id}
  own       401    401    200    200    200    200    200    200    200    200    200    200    403    404    404    404
  beside    401    401    200    200    200    200    200    200    200    404    404    404    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
POST /v1/auth {"email": "ada@northwind.example", "password": "correct horse battery staple"}
  any       200    200    200    200    200    200    200    200    200    200    200    200    200    200    200    200
POST /v1/auth/refresh-token "{access_token}"
  any       200    200    200    200    200    200    200    200    200    200    200    200    200    200    200    200
GET /v1/auth/whoami
  any       401    401    200    200    200    200    200    200    200    200    200    200    200    200    200    200
GET /v1/auth/personal-access-tokens
  any       401    401    200    200    200    200    200    200    200    200    200    403    403    200    200    403
POST /v1/auth/personal-access-tokens {"name": "New"}
  any       401    401    200    200    200    200    403    200    200    200    200    403    403    200    200    403
DELETE /v1/auth/personal-access-tokens/{token_id}
  own       401    401    200    200    200    200    200    404    404    404    404    403    403    404    404    403
  beside    401    401    404    404    404    404    404    200    200    404    404    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
GET /v1/users/{user_id}/api-token?tenantId={account_id}
  own       401    401    200    200    200    200    200    403    403    403    403    403    403    404    404    403
  beside    401    401    403    403    403    403    403    200    200    403    403    403    403    404    404    403
  gone      401    401    404    404    404    404    404    404    404    404    404    403    403    404    404    403
POST /v1/users/{user_id}/api-token?tenantId={account_id}
  own       401    401    403    200    403    403    403    403    403    403    403    403    403    403    404    403
  beside    401    401    403    403    403    403    403    403    200    403    403    403    403    403    404    403
  gone      401    401    403    404    403    403    403    403    404    403    403    403    403    403    404    403
GET /v1/events
  any       401    401    200    200    200    200    200    200    200    200    200    200    403    200    200    200
GET /v1/events/{event_id}
  own       401    401    200    200    200    200    200    200    200    200    404    200    403    404    404    404
  security  401    401    200    200    200    200    200    404    404    200    404    404    403    404    404    404
  beside    401    401    200    200    200    200    200    200    200    404    404    404    403    404    404    404
  gone      401    401    404    404    404    404    404    404    404    404    404    404    403    404    404    404
GET /.well-known/jwks.json
  any       200    200    200    200    200    200    200    200    200    200    200    200    200    200    200    200
GET /healthz
  any       200    200    200    200    200    200    200    200    200    200    200    200    200    200    200    200
GET /readyz
  any       200    200    200    200    200    200    200    200    200    200    200    200    200    200    200    200
GET /metrics
  any       404    404    404    404    404    404    404    404    404    404    404    404    404    404    404    404
"""

BLOCKS = read(API)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")


@pytest.mark.parametrize("path", by_path(BLOCKS))
def test_every_credential_is_answered_as_the_table_says(path, world):
    wrong = [line for block in by_path(BLOCKS)[path] for line in wrong_cells(block, world)]

    assert not wrong, "\n" + "\n".join(wrong)


def wrong_cells(block, world):
    for cell in cells(block, world.api):
        answer = ask(block, things(world, cell.relation), cell.headers)
        for complaint in (*judged(block, answer, cell), *leaking(block, answer, cell, world)):
            yield f"{block.method} {block.path} · {cell}: {complaint}"


def judged(block, answer, cell):
    """What is wrong with an answer: its status, its form, what was done on the way, or what the log says of it."""
    refused, logged = answer.status >= 400, answer.written.count("events_event")
    if str(answer.status) != cell.wanted:
        yield f"{answer.status}, not {cell.wanted}: {answer.response.content[:300]!r}"
    if refused:
        yield from malformed(answer)
    if answer.deeds and (refused or block.is_reading):
        yield f"wrote to {answer.deeds}"
    if not answer.deeds and not (refused or block.is_reading):
        yield "did nothing"
    if (logged != 1 and answer.status == 403) or (logged and answer.status == 404):
        yield f"was written down {logged} times"


def malformed(answer):
    """A refusal is JSON in the envelope, says why, and carries the challenge of RFC 6750."""
    response, status = answer.response, answer.status
    if response["Content-Type"] != "application/json":
        return [f"speaks {response['Content-Type']}"]
    errors = json.loads(response.content)["errors"]
    facts = {"key", "code", "message"} | ({"action", "rule", "reason"} if status == 403 else set())
    complaints = [f"does not tell {facts - error.keys()}" for error in errors if facts - error.keys()]
    if status in (401, 403) and not response.get("WWW-Authenticate", "").startswith("Bearer "):
        complaints.append("has no challenge")
    return complaints if errors else ["has no errors"]


def leaking(block, answer, cell, world):
    """Reading shows no secret key, except to a fresh sign-in that lists them (security.md, ruling 18), and no token."""
    if block.is_reading and (block.path, cell.column) != ("/v1/auth/api-keys", "fresh"):
        shown = [name for name, text in world.secrets.items() if text.encode() in answer.response.content]
        if shown:
            yield f"shows {', '.join(shown)}"


@pytest.mark.parametrize("path", by_path(BLOCKS))
def test_what_is_not_there_for_a_caller_looks_like_what_is_not_there_at_all(path, world):
    """Another account's, missing, malformed: the same bytes and headers (security.md, ruling 1)."""
    for block in by_path(BLOCKS)[path]:
        found = [cell for cell in cells(block, world.api) if block.rows.get("gone") and cell.relation not in block.rows]
        for column, group in groupby(sorted(found, key=lambda cell: cell.column), key=lambda cell: cell.column):
            answers = {ask(block, things(world, cell.relation), cell.headers).alike for cell in group}
            assert len(answers) == 1, (block.method, path, column, answers)


@pytest.mark.parametrize("path", by_path(BLOCKS))
def test_all_dead_credentials_look_alike(path, world):
    for block in by_path(BLOCKS)[path]:
        dead = [cell for cell in cells(block, world.api) if cell.column == "dead" and cell.wanted == "401"]
        answers = {ask(block, things(world, cell.relation), cell.headers).alike for cell in dead}
        assert len(answers) <= 1, (block.method, path, answers)


@pytest.mark.parametrize("path", by_path(BLOCKS))
def test_a_method_without_a_row_does_nothing_for_anybody(path, world):
    blocks = by_path(BLOCKS)[path]
    listed = {block.method for block in blocks}
    for method in set(METHODS) - listed - ({"HEAD"} if "GET" in listed else set()):
        for column, knocks in world.api.items():
            answer = ask(blocks[0], things(world, "own"), next(iter(knocks.values())), method=method)
            assert answer.status == 405 or (answer.status == 401 and column in ("none", "dead")), (method, path, column)
            assert not answer.deeds


@pytest.mark.parametrize("path", [block.path for block in BLOCKS if block.is_reading])
def test_head_is_get_without_a_body(path, world):
    block = next(block for block in BLOCKS if block.path == path and block.is_reading)
    for cell in first_cells(block, world):
        answer = ask(block, things(world, cell.relation), cell.headers, method="HEAD")
        assert (str(answer.status), answer.response.content) == (cell.wanted, b""), (path, cell)


@pytest.mark.parametrize("path", [path for path in by_path(BLOCKS) if path.startswith("/v1/")])
def test_the_other_prefix_answers_alike(path, world):
    for block in by_path(BLOCKS)[path]:
        for cell in first_cells(block, world):
            answer = ask(block, things(world, cell.relation), cell.headers, prefix="/api")
            assert str(answer.status) == cell.wanted, (block.method, path, cell)


def first_cells(block, world):
    """One cell a column: the row that comes first."""
    return {
        cell.column: cell for cell in reversed(list(cells(block, world.api))) if cell.relation in block.rows
    }.values()


def test_every_route_and_method_has_a_row_and_every_row_a_route():
    live = {(method, route["path"]) for route in routes() for method in route["methods"]}
    rows = {(block.method, block.path) for block in BLOCKS}
    rows |= {("HEAD", block.path) for block in BLOCKS if block.is_reading}
    rows |= {(method, f"/api{path}") for method, path in rows if path.startswith("/v1/")}

    assert live - rows == set(), "routes without a row"
    assert rows - live == set(), "rows without a route"
