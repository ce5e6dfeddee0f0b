"""The OpenAPI document: it says all that is there, nothing that is not, and says it to everybody."""

import pytest
from django.core.management import call_command
from django.test import Client

from config.contract import TAGS
from config.openapi import document
from config.routes import routes
from tests import contract
from tests.knock import call, refused, shown

DESCRIBED = ("/v1/", "/.well-known/", "/healthz", "/readyz")


def operations():
    return {
        f"{method.upper()} {path}": described
        for path, item in document()["paths"].items()
        for method, described in item.items()
    }


def test_every_operation_is_described_and_nothing_else():
    """Undeclared? Put @operation(…) above the method: CONTRIBUTING.md, "Faces"."""
    live = {
        f"{method} {route['path']}"
        for route in routes()
        if route["path"].startswith(DESCRIBED)
        for method in route["methods"]
        if method != "HEAD"
    }

    assert set(operations()) == live


def test_the_document_is_valid_and_nothing_in_it_is_a_guess(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


def test_every_operation_has_a_name_of_its_own_a_summary_and_a_known_tag():
    found = operations()

    assert len({described["operationId"] for described in found.values()}) == len(found)
    assert {what for what, described in found.items() if not described.get("summary")} == set()
    assert {tag for described in found.values() for tag in described["tags"]} == set(TAGS)


def test_what_needs_a_credential_says_so_and_can_refuse_one():
    opened = {what for what, described in operations().items() if not described.get("security")}

    assert opened == {
        "POST /v1/auth",
        "POST /v1/auth/refresh-token",
        "POST /v1/invitations/exchange",
        "POST /v1/internal/spaces/init",
        "GET /.well-known/jwks.json",
        "GET /healthz",
        "GET /readyz",
    }
    closed = [described for what, described in operations().items() if what not in opened]
    assert all({"400", "401", "403"} <= set(described["responses"]) for described in closed)


@pytest.mark.parametrize("path", ["/api/schema", "/api/docs"])
def test_anybody_may_read_it_and_nobody_is_asked_who_they_are(path):
    """Without a database at hand: nothing is looked up."""
    plain, junk = Client().get(path), Client().get(path, HTTP_AUTHORIZATION="Bearer junk, junk")

    assert (plain.status_code, junk.status_code) == (200, 200)
    assert plain.content == junk.content


def test_the_document_is_served_as_json():
    answer = Client().get("/api/schema")

    assert answer["Content-Type"] == "application/json"
    assert answer.json() == document()
    assert (answer.json()["openapi"], [server["url"] for server in answer.json()["servers"]]) == (
        "3.1.1",
        ["/", "/api"],
    )


def test_only_the_page_of_the_docs_may_set_styles():
    docs, problem = Client().get("/api/docs"), Client().get("/account/inactive")

    rules = docs["Content-Security-Policy"].split("; ")  # in no order that one may count on
    assert "style-src 'self' 'unsafe-inline'" in rules
    assert "script-src 'self'" in rules
    assert "unsafe-inline" not in problem["Content-Security-Policy"]


def test_nothing_of_the_docs_comes_from_elsewhere():
    page = Client().get("/api/docs").content.decode()

    assert "://" not in page


@pytest.mark.django_db
def test_the_oracle_sees_a_field_that_is_not_described_and_one_that_is_missing(northwind, pat):
    answer = call("GET", "/v1/accounts/current", pat)
    told = shown(answer)
    assert not contract.BROKEN

    more = answer.content.replace(b'"name"', b'"nickname": "N", "name"')
    less = answer.content.replace(b'"name"', b'"nom"')

    for content in (more, less):
        assert list(contract.shape_complaints("get_current_account", "200", content)), told


@pytest.mark.django_db
def test_the_oracle_holds_refusals_to_their_envelope_and_headers(northwind):
    answer = call("GET", "/v1/accounts/current")
    refused(answer, 401)
    assert not list(contract.missing_headers(answer))

    del answer["WWW-Authenticate"]

    assert list(contract.missing_headers(answer))
    assert list(contract.shape_complaints("", "401", b'{"errors": []}'))
    assert list(contract.shape_complaints("", "403", b'{"errors": [{"key": "a", "code": "b", "message": "c"}]}'))
