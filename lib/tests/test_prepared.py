"""A look-up prepared once gives what the queryset would."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from environments.models import ApiKey, Environment
from lib.prepared import Blank, Prepared

pytestmark = pytest.mark.django_db


def values(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_it_gives_the_row_that_the_queryset_gives(northwind, development, production):
    prepared = Prepared(Environment.objects.filter(account_id=Blank(1), pk=Blank(0)))

    for environment in (development, production):
        found = prepared.first([environment.pk, northwind.account.pk])
        assert values(found) == values(Environment.objects.get(pk=environment.pk))
        assert not found._state.adding


def test_it_gives_related_rows_without_another_query(development):
    prepared = Prepared(ApiKey.objects.select_related("environment", "created_by").filter(pk=Blank(0)))
    key = development.keys.first()

    with CaptureQueriesContext(connection) as captured:
        found = prepared.first([key.pk])
        assert (found.environment, found.created_by) == (development, key.created_by)

    assert len(captured) == 1


def test_it_gives_nothing_where_there_is_nothing(development, lumen):
    theirs = Prepared(Environment.objects.filter(pk=Blank(0), account_id=Blank(1)))
    nothing = Prepared(Environment.objects.filter(pk=Blank(0), account_id__in=()))

    assert theirs.first([development.pk, lumen.account.pk]) is None
    assert nothing.first([development.pk]) is None


def test_what_is_filled_in_is_never_read_as_sql(development, northwind):
    prepared = Prepared(Environment.objects.filter(pk=Blank(0)))

    assert prepared.first(["' OR ''='"]) is None
    assert prepared.first(["%s"]) is None
