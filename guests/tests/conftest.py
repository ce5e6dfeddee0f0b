"""The guests of most tests of links, tokens and pages: Gus of a whole space, Wes of its first workbook."""

import pytest

from tests.places import come_in, furnish, give, make_guest


@pytest.fixture
def place(development):
    return furnish(development, "Onboarding data")


@pytest.fixture
def room(place):
    return place.space


@pytest.fixture
def gus(development, place):
    guest = make_guest(development, "gus@guest.example", name="Gus")
    give(guest, place.space)
    return guest


@pytest.fixture
def wes(development, place):
    guest = make_guest(development, "wes@guest.example")
    give(guest, place.space, workbooks=place.workbooks[:1])
    return guest


@pytest.fixture
def browser(gus):
    """A browser in which Gus is signed in."""
    return come_in(gus)
