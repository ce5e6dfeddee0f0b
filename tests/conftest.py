"""The world that the authorization tests share, and which tests the two databases share between them."""

import os
import zlib

import pytest
from django.db import transaction

from tests.matrix.world import build

# Thousands of requests that hardly touch a table of their own: in `make test` each is asked on one of the databases,
# in `make torture` on both.
SHARED = ("tests/test_nasty_inputs.py", "tests/test_explanations_hold.py")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for a module of tests; whatever is asked in it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def pytest_collection_modifyitems(items):
    """Half of the shared tests for each database, chosen by name and so always the same."""
    if os.environ.get("SHARE") != "1":
        return
    mine = os.environ["EXPECTED_VENDOR"] == "postgresql"
    kept = [item for item in items if not item.nodeid.startswith(SHARED) or is_for_postgresql(item.nodeid) is mine]
    items[:] = kept


def is_for_postgresql(nodeid):
    return bool(zlib.crc32(nodeid.encode("utf-8", "surrogatepass")) & 1)
