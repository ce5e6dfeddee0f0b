"""A furnished space, and in it an empty sheet for records."""

import pytest

from spaces.models import Sheet
from spaces.tests.recording import FIELDS
from tests.places import furnish


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
