"""Data clips over the API as the tests read and write them, and the office that they are of."""

from dataclasses import dataclass

from spaces.models import Sheet, Space
from tests.knock import call

PEOPLE = [
    {"key": "name", "type": "string"},
    {"key": "employer", "type": "reference", "config": {"ref": "companies", "key": "name"}},
    {"key": "boss", "type": "reference", "config": {"ref": "people", "key": "name"}},
]
COMPANIES = [
    {"key": "name", "type": "string"},
    {"key": "city", "type": "reference", "config": {"ref": "cities", "key": "name"}},
]
CITIES = [{"key": "name", "type": "string"}]


@dataclass
class Office:
    """A workbook in which people refer to companies, and companies to cities."""

    space: Space
    people: Sheet
    companies: Sheet
    cities: Sheet
    ids: dict[str, str]


def names(bearer, sheet_id, query=""):
    """The names in a sheet as somebody is shown them; None where the sheet is not there for them."""
    answer = call("GET", f"/v1/sheets/{sheet_id}/records?{query}", bearer)
    if answer.status_code == 404:
        return None
    assert answer.status_code == 200, answer.content
    return {record["values"]["name"]["value"] for record in answer.json()["data"]["records"]}


def write(bearer, clip, **values):
    cells = {key: {"value": value} for key, value in values.items()}
    body = [{"id": clip["record"], "values": cells}]
    return call("PUT", f"/v1/sheets/{clip['clipSheetId']}/records", bearer, body).status_code


def code_of(*asked):
    return call(*asked).json()["errors"][0]["code"]
