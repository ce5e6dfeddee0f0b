"""A furnished space, and in it an empty sheet for records; an office, and a clip of it that Cleo was given."""

import pytest

from spaces.models import Sheet, Space, Workbook
from spaces.tests.clipping import CITIES, COMPANIES, PEOPLE, Office
from spaces.tests.recording import FIELDS
from tests.knock import call
from tests.places import add_record, furnish, give, make_guest


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def sheet(room):
    """An empty sheet with fields of several types, some of them oddly named."""
    config = {"name": "S", "slug": "s", "fields": FIELDS}
    place = room.sheets[0]
    at = {"account_id": place.account_id, "environment": place.environment, "space_id": place.space_id}
    return Sheet.objects.create(**at, workbook=place.workbook, name="S", slug="s", config=config)


@pytest.fixture
def path(sheet):
    return f"/v1/sheets/{sheet.pk}/records"


@pytest.fixture
def office(development):
    at = {"account_id": development.account_id, "environment": development}
    space = Space.objects.create(**at, name="Office")
    workbook = Workbook.objects.create(**at, space=space, name="Book")
    sheets = [
        Sheet.objects.create(
            **at, space=space, workbook=workbook, name=slug, slug=slug, config={"name": slug, "fields": fields}
        )
        for slug, fields in (("people", PEOPLE), ("companies", COMPANIES), ("cities", CITIES))
    ]
    people, companies, cities = sheets
    rows = [
        (people, {"name": "Ann", "employer": "Acme", "boss": "Bob"}),
        (people, {"name": "Bob", "employer": "Bolt", "boss": None}),
        (people, {"name": "Cy", "employer": None, "boss": "Bob"}),
        (companies, {"name": "Acme", "city": "Rome"}),
        (companies, {"name": "Bolt", "city": "Oslo"}),
        (cities, {"name": "Rome"}),
        (cities, {"name": "Oslo"}),
    ]
    made = [add_record(sheet, number, **values) for number, (sheet, values) in enumerate(rows, 1)]
    return Office(space, people, companies, cities, {one.values["name"]["value"]: one.pk for one in made})


@pytest.fixture
def cleo(development, office):
    """A guest who was given nothing of the space but the right to be named."""
    guest = make_guest(development, "cleo@guest.example")
    give(guest, office.space, workbooks=[])
    return guest


@pytest.fixture
def clip(office, pat, cleo):
    """Ann alone, shared with Cleo."""
    given = {"name": "Ann", "sourceSheetId": office.people.pk, "collaborators": [cleo.pk]}
    made = call("POST", "/v1/data-clips", pat, given).json()
    assert made["data"]["id"] == made["id"]
    added = call("POST", f"/v1/data-clips/{made['id']}/add-records", pat, {"recordIds": [office.ids["Ann"]]}).json()
    assert (added["success"], added["counts"]["total"]) == (True, 1)
    return made | {"record": added["records"][0]["id"]}
