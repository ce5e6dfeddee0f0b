"""Every list shows exactly what `can` allows to be seen, row by row, to every credential there is."""

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.utils import timezone

from access.actions import Action
from access.actors import Resource
from access.policy import can
from accounts.models import Member, Role
from config.door import api_actor
from config.routes import routes
from environments.models import ApiKey, Environment, Secret
from events.models import Event
from guests.models import Guest, SharedLink
from spaces.models import DataClip, Document, Record, Sheet, Space, Workbook
from tests.matrix.table import undone
from tokens.models import ClientCredential, PersonalAccessToken

pytestmark = pytest.mark.django_db

CLIENT = Client()
ENVIRONMENT = "environmentId={environment_id}"
# Address → all rows it could ever show, before anybody's rights are asked for.
LISTS = {
    "/v1/users": lambda things: Member.objects.all(),
    "/v1/roles": lambda things: Role.objects.all(),
    "/v1/environments": lambda things: Environment.objects.all(),
    "/v1/spaces": lambda things: Space.objects.all(),
    f"/v1/spaces?{ENVIRONMENT}": lambda things: Space.objects.filter(environment_id=things["environment_id"]),
    "/v1/spaces/{space_id}/documents": lambda things: Document.objects.filter(space_id=things["space_id"]),
    "/v1/workbooks": lambda things: Workbook.objects.all(),
    "/v1/workbooks?spaceId={space_id}": lambda things: Workbook.objects.filter(space_id=things["space_id"]),
    "/v1/sheets?workbookId={workbook_id}": lambda things: Sheet.objects.filter(workbook_id=things["workbook_id"]),
    "/v1/sheets/{sheet_id}/records": lambda things: Record.objects.filter(sheet_id=things["sheet_id"]),
    "/v1/data-clips": lambda things: DataClip.objects.all(),
    "/v1/data-clips?spaceId={space_id}": lambda things: DataClip.objects.filter(space_id=things["space_id"]),
    "/v1/guests": lambda things: Guest.objects.all(),
    f"/v1/guests?{ENVIRONMENT}": lambda things: Guest.objects.filter(environment_id=things["environment_id"]),
    "/v1/guests?spaceId={space_id}": lambda things: Guest.objects.filter(grants__space_id=things["space_id"]),
    "/v1/shared-links": lambda things: SharedLink.objects.live(),
    "/v1/shared-links?spaceId={space_id}": lambda things: SharedLink.objects.live().filter(space_id=things["space_id"]),
    "/v1/events": lambda things: Event.objects.all(),
    f"/v1/events?{ENVIRONMENT}": lambda things: Event.objects.filter(environment_id=things["environment_id"]),
    "/v1/events?spaceId={space_id}": lambda things: Event.objects.filter(space_id=things["space_id"]),
    f"/v1/auth/api-keys?{ENVIRONMENT}": lambda things: live_keys(things),
    f"/v1/auth/publishable-key?{ENVIRONMENT}": lambda things: live_keys(things).filter(type="PUBLISHABLE"),
    f"/v1/secrets?{ENVIRONMENT}": lambda things: Secret.objects.filter(environment_id=things["environment_id"]),
    "/v1/auth/personal-access-tokens": lambda things: live_tokens(),
    "/v1/users/{user_id}/api-token?tenantId={account_id}": lambda things: ClientCredential.objects.live().filter(
        member_id=things["user_id"]
    ),
}
# Reads of one thing: they are held by the matrix.
SINGLE = {
    "/v1/guests/{guest_id}/roles",
    "/v1/guests/{guest_id}/token",
    "/v1/accounts/current",
    "/v1/auth/whoami",
    "/v1/users/{user_id}/roles",
    "/v1/environments/{environment_id}/usage",
    "/v1/data-clips/{clip_id}/preview",
    "/v1/data-clips/{clip_id}/resolutions",
    "/v1/data-clips/{clip_id}/resolutions/index",
    "/v1/sheets/{sheet_id}/counts",
    "/v1/sheets/{sheet_id}/cells",
    "/v1/sheets/{sheet_id}/download",
}


def live_keys(things):
    return ApiKey.objects.live().filter(environment_id=things["environment_id"]).select_related("environment")


def live_tokens():
    return PersonalAccessToken.objects.live().exclude(expires_at__lte=timezone.now())


@pytest.mark.parametrize("relation", ["own", "beside", "foreign", "missing"])
@pytest.mark.parametrize("address", LISTS)
def test_a_list_shows_exactly_what_can_allows(address, relation, world):
    things = world.things[relation]
    rows = list(LISTS[address](things))
    seen = set()
    for column in sorted(set(world.api) - {"none", "dead"}):
        headers = next(iter(world.api[column].values()))
        actor = api_actor(RequestFactory().get("/v1/", **headers))
        allowed = {row.pk for row in rows if may_see(actor, row, address)}
        with undone():  # a refusal is written down, and would be on the next list
            assert listed(address.format(**things), headers) == allowed, (address, relation, column)
        seen |= allowed

    assert seen or not rows, "rows that nobody sees prove nothing"


def may_see(actor, row, address):
    """The judge's word on one row. A key that is listed as publishable is a view of its own."""
    if isinstance(row, Event):
        about = Resource("event", row.pk, row.account_id, row.environment_id, row.space_id)
        if row.audience == "data" and can(actor, Action.VIEW_EVENT, about):
            return True
        return bool(can(actor, Action.VIEW_SECURITY_EVENT, about))
    if isinstance(row, Record):
        return bool(can(actor, Action.VIEW_SHEET, row.sheet.resource))
    view = Action.VIEW_PUBLISHABLE_KEY if "publishable" in address else row.view_action
    return bool(can(actor, view, row.resource))


def listed(address, headers):
    """The ids on all pages of a list; none of what is refused."""
    path, _, query = address.partition("?")
    given, found = QueryDict(query, mutable=True), set()
    paged = path in ("/v1/users", "/v1/environments", "/v1/spaces", "/v1/events", "/v1/shared-links") or path.endswith(
        "/api-token"
    )
    given.update({"pageSize": "100", "after": ""} if paged else {})
    while True:
        answer = CLIENT.get(path, given, **headers)
        if answer.status_code in (403, 404):
            return found
        assert answer.status_code == 200, answer.content
        shown = answer.json()
        rows = shown["data"] if isinstance(shown["data"], list) else shown["data"].get("records", [shown["data"]])
        found |= {row.get("data", row)["id"] for row in rows}
        if not shown.get("next"):
            return found
        given["after"] = shown["next"]


def test_every_list_of_the_api_is_held_to_it():
    reading = {
        route["path"]
        for route in routes()
        if route["path"].startswith("/v1/") and "GET" in route["methods"] and route["path"] not in SINGLE
    }
    single = {path for path in reading if path.endswith("_id}")}

    assert reading - single == {address.partition("?")[0] for address in LISTS}


def test_numbered_pages_show_the_same_rows_as_the_cursor(world):
    headers = world.api["ada"]["pat"]
    for path in ("/v1/users", "/v1/environments", "/v1/spaces"):
        first = CLIENT.get(path, {"pageSize": "100"}, **headers).json()
        assert {row["id"] for row in first["data"]} == listed(path, headers)
        assert first["pagination"]["totalCount"] == len(first["data"])
