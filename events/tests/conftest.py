"""A meter of one's own, and a database that goes away."""

import pytest
from django.db import DatabaseError

from events import usage
from events.usage import Meter


@pytest.fixture
def meter():
    return Meter()


@pytest.fixture
def away(monkeypatch):
    """Makes every statement fail for as long as it is told to."""
    real = usage._write

    def fail(*batch):
        raise DatabaseError("away")

    def switch(is_away):
        monkeypatch.setattr(usage, "_write", fail if is_away else real)

    return switch
