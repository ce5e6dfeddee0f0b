"""The world that the authorization tests share, and which tests the two databases share between them."""

import os
import zlib

import pytest
from django.db import transaction

from tests.matrix.world import build

# Thousands of requests that hardly touch a table of their own: in `make test` each is asked on one of the databases,
# in `make torture` on both. So are the tests of pages, which show what the domain functions do, and what touches no
# database at all. Of actions, credentials, races, queries and the API, every test runs on both.
PAGES = "/tests/test_pages_"
SHARED = (
    "tests/test_authz_guests.py",
    "tests/test_authz_lists.py",
    "tests/test_authz_matrix.py",
    "tests/test_explanations_hold.py",
    "tests/test_guest_sweep.py",
    "tests/test_nasty_inputs.py",
)
BOTH = "test_the_suite_runs_on_the_database_it_was_meant_for"
ASKS_FOR_A_DATABASE = {"db", "transactional_db", "django_db_setup"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for a module of tests; whatever is asked in it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def pytest_collection_modifyitems(items):
    """The shared tests divided by name, and so always the same: a third for PostgreSQL, which is slower at each."""
    if os.environ.get("SHARE") == "1":
        mine = os.environ["EXPECTED_VENDOR"] == "postgresql"
        items[:] = [item for item in items if not is_shared(item) or is_for_postgresql(item) is mine]


def is_shared(item):
    has_none = not item.get_closest_marker("django_db") and not ASKS_FOR_A_DATABASE & set(item.fixturenames)
    return (
        item.nodeid.startswith(SHARED)
        or PAGES in item.nodeid
        or (has_none and item.name != "test_the_suite_runs_on_the_database_it_was_meant_for")
    )


def is_for_postgresql(item):
    return zlib.crc32(item.nodeid.encode("utf-8", "surrogatepass")) % 3 == 0
