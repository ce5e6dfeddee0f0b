"""The world that the authorization tests share."""

import pytest
from django.db import transaction

from tests.matrix.world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for a module of tests; whatever is asked in it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
