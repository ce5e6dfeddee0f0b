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

from itertools import groupby

import pytest
from django.test import Client

from config.routes import routes
from tests.matrix import table
from tests.matrix.judging import api_complaints, page_complaints, status_of
from tests.matrix.table import by_path, cells, read, things

pytestmark = pytest.mark.django_db

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
GET /v1/accounts/current
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
GET /v1/users
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
GET /v1/users/{user_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/users/{user_id}/roles
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/roles
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   403   403   200   200   403
GET /v1/environments
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
POST /v1/environments {"name": "staging", "isProd": false}
  any       401   401   200   200   200   200   200   403   403   403   403   403   403   403   403   200   200   403
GET /v1/environments/{environment_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/environments/{environment_id} {"metadata": {"set": "by the matrix"}}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/environments/{environment_id}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   403   403   404   404   403
  beside    401   401   403   200   403   403   403   404   403   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
GET /v1/auth/api-keys?environmentId={environment_id}
  own       401   401   200   200   200   200   200   200   200   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-key?environmentId={environment_id}&type=SECRET
  own       401   401   200   200   200   200   200   200   200   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
DELETE /v1/auth/api-key?environmentId={environment_id}&key={key_id}
  own       401   401   200   200   200   200   200   200   200   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
PATCH /v1/auth/api-keys/{key_id} {"name": "Renamed"}
  own       401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
DELETE /v1/auth/api-keys/{key_id}
  own       401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-keys/{key_id}/rotate {"overlap": "1h"}
  own       401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-keys/{key_id}/complete
  rotating  401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  own       401   401   409   409   409   409   409   409   409   404   404   409   404   403   403   404   404   403
  beside    401   401   409   409   409   409   409   404   409   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-keys/{key_id}/cancel
  rotating  401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  own       401   401   409   409   409   409   409   409   409   404   404   409   404   403   403   404   404   403
  beside    401   401   409   409   409   409   409   404   409   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-keys/{key_id}/reveal
  own       401   401   403   200   403   403   403   403   403   403   404   403   403   403   403   403   404   403
  beside    401   401   403   200   403   403   403   403   403   403   404   403   403   403   403   403   404   403
  gone      401   401   403   404   403   403   403   403   403   403   404   403   403   403   403   403   404   403
GET /v1/auth/publishable-key?environmentId={environment_id}
  own       401   401   200   200   200   200   200   200   200   200   200   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   200   200   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
GET /v1/secrets?environmentId={environment_id}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/secrets {"environmentId": "{environment_id}", "name": "NEW", "value": "v"}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/secrets/{secret_id}
  own       401   401   200   200   200   200   200   200   403   404   404   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   404   404   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/spaces
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
POST /v1/spaces {"environmentId": "{environment_id}", "name": "New"}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   200   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   404   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   404   404   404   404
GET /v1/spaces/{space_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/auth {"email": "ada@northwind.example", "password": "correct horse battery staple"}
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
POST /v1/auth/refresh-token "{access_token}"
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /v1/auth/whoami
  any       401   401   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /v1/auth/personal-access-tokens
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   403   403   200   200   403
POST /v1/auth/personal-access-tokens {"name": "New"}
  any       401   401   200   200   200   200   403   403   403   200   200   200   200   403   403   200   200   403
DELETE /v1/auth/personal-access-tokens/{token_id}
  own       401   401   200   200   200   200   200   404   403   404   404   404   404   403   403   404   404   403
  beside    401   401   404   404   404   404   404   404   403   200   200   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
GET /v1/users/{user_id}/api-token?tenantId={account_id}
  own       401   401   200   200   200   200   200   403   403   403   403   403   403   403   403   404   404   403
  beside    401   401   403   403   403   403   403   403   403   200   200   403   403   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
POST /v1/users/{user_id}/api-token?tenantId={account_id}
  own       401   401   403   200   403   403   403   403   403   403   403   403   403   403   403   403   404   403
  beside    401   401   403   403   403   403   403   403   403   403   200   403   403   403   403   403   404   403
  gone      401   401   403   404   403   403   403   403   403   403   404   403   403   403   403   403   404   403
GET /v1/events
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
GET /v1/events/{event_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  security  401   401   200   200   200   200   200   200   403   404   404   200   404   404   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /.well-known/jwks.json
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /healthz
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /readyz
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /metrics
  any       404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /
  any       302   302   302   302   302   302   302   302
GET /dashboard
  any       in    in    302   302   302   302   302   302
GET /dashboard/keys-and-secrets
  any       in    in    302   302   302   302   404   302
GET /dashboard/environments
  any       in    in    200   200   200   200   200   200
GET /dashboard/environments/new
  any       in    in    200   200   403   403   403   200
POST /dashboard/environments/new name=Staging&is_prod=no&guest_authentication=magic_link
  any       in    in    302   302   403   403   403   302
GET /dashboard/environments/{environment_id}
  own       in    in    200   200   403   200   404   404
  beside    in    in    200   200   403   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/environments/{environment_id} name=Renamed&guest_authentication=magic_link
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   403   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/environments/{environment_id}/delete
  own       in    in    200   200   403   200   404   404
  beside    in    in    200   200   403   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/environments/{environment_id}/delete typed_name={environment_name}
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   ask   403   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys-and-secrets
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/keys type=SECRET&name=Web
  own       in    in    200   ask   403   200   404   404
  beside    in    in    200   ask   403   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/reveal
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/keys/{key_id}/reveal
  own       in    in    200   ask   404   200   404   404
  beside    in    in    200   ask   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/rename
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/keys/{key_id}/rename name=Renamed
  own       in    in    302   302   404   302   404   404
  beside    in    in    302   302   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/delete
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/keys/{key_id}/delete typed_name={key_name}
  own       in    in    302   ask   404   302   404   404
  beside    in    in    302   ask   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/secrets
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/secrets name=NEW&value=v
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   403   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/secrets/{secret_id}/delete
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/secrets/{secret_id}/delete
  own       in    in    302   302   404   302   404   404
  beside    in    in    302   302   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/personal-access-tokens
  any       in    in    200   200   200   200   200   200
POST /dashboard/personal-access-tokens name=Laptop
  any       in    in    200   ask   200   200   200   200
GET /dashboard/personal-access-tokens/{token_id}/delete
  any       in    in    302   302   302   302   302   302
POST /dashboard/personal-access-tokens/{token_id}/delete
  own       in    in    302   302   404   404   404   404
  beside    in    in    404   404   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/settings
  any       in    in    302   302   302   302   302   302
GET /dashboard/settings/personal-tokens
  any       in    in    200   200   200   200   200   200
POST /dashboard/settings/personal-tokens description=Nightly
  any       in    in    200   ask   200   200   200   200
GET /dashboard/settings/personal-tokens/{client_id}/delete
  any       in    in    302   302   302   302   302   302
POST /dashboard/settings/personal-tokens/{client_id}/delete
  own       in    in    302   302   404   404   404   404
  beside    in    in    404   404   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/logs
  any       in    in    200   200   200   200   200   200
GET /account/sign-in
  any       200   200   302   302   302   302   302   302
POST /account/sign-in login=ada@northwind.example&password=correct+horse+battery+staple
  any       302   302   302   302   302   302   302   302
GET /account/sign-out
  any       in    in    200   200   200   200   200   200
POST /account/sign-out
  any       in    in    in    in    in    in    in    in
GET /account/sign-up
  any       404   404   302   302   302   302   302   302
POST /account/sign-up account=Acme&name=Max&email=max@acme.example&password1=correct+horse+battery+staple
  any       404   404   302   302   302   302   302   302
GET /account/confirm-email
  any       in    in    302   302   302   302   302   302
POST /account/confirm-email code=ABC123
  any       in    in    302   302   302   302   302   302
GET /account/inactive
  any       200   200   200   200   200   200   200   200
GET /account/forgot-password
  any       200   200   200   200   200   200   200   200
POST /account/forgot-password email=ada@northwind.example
  any       302   302   302   302   302   302   302   302
GET /account/forgot-password/sent
  any       200   200   200   200   200   200   200   200
GET /account/reset-password/{uidb36}-{key}
  any       200   200   200   200   200   200   200   200
POST /account/reset-password/{uidb36}-{key} password1=correct+horse+battery+2&password2=correct+horse+battery+2
  any       200   200   200   200   200   200   200   200
GET /account/reset-password/done
  any       200   200   200   200   200   200   200   200
GET /account/change-password
  any       in    in    200   200   200   200   200   200
POST /account/change-password oldpassword=wrong&password1=correct+horse+battery+2&password2=correct+horse+battery+2
  any       in    in    200   200   200   200   200   200
GET /account/switch
  any       302   302   302   302   302   302   302   302
POST /account/switch account_id={account_id}
  own       404   404   302   302   302   302   302   404
  gone      404   404   404   404   404   404   404   404
GET /dev/mail
  any       404   404   404   404   404   404   404   404
GET /dev/mail/{name}
  any       404   404   404   404   404   404   404   404
"""

BLOCKS = {"api": read(API), "pages": read(PAGES)}
ROUTES = [(face, path) for face, blocks in BLOCKS.items() for path in by_path(blocks)]
READING = [(face, path) for face, path in ROUTES if by_path(BLOCKS[face])[path][0].is_reading]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
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
            answers = {masked(answer(world, block, cell), cell, world) for cell in group}
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
    key = (block.method, block.path, cell.relation, cell.column, cell.name)
    if key not in world.answers:
        world.answers[key] = table.ask(block, things(world, cell.relation), cell.headers)
    return world.answers[key]


def first_cells(block, columns):
    """One cell a column, of its first row."""
    found = {cell.column: cell for cell in reversed(list(cells(block, columns))) if cell.relation in block.rows}
    return found.values()


def column_of(cell):
    return cell.column


def masked(answer, cell, world):
    """The answer without what the caller said himself: a page has the id it was asked for in its own links."""
    text = repr(answer.alike)
    for id in things(world, cell.relation).values():
        text = text.replace(id, "…")
    return text
