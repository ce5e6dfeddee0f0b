"""What must hold when records are written at once: counters are exact, nothing is lost, nothing comes back."""

from collections import Counter

import pytest

from spaces.models import Record, Sheet
from tests.knock import at_once, call
from tests.places import furnish

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 20


@pytest.fixture
def sheet(development):
    return furnish(development).sheets[0]


@pytest.fixture
def path(sheet):
    return f"/v1/sheets/{sheet.pk}/records"


def exact(sheet):
    """The counters are what is there, and no two records share a place."""
    sheet.refresh_from_db()
    records = Record.objects.filter(sheet=sheet)
    assert sheet.records_count == records.count()
    assert sheet.invalid_count == records.filter(is_valid=False).count()
    assert max(Counter(records.values_list("position", flat=True)).values(), default=1) == 1
    return sheet


def test_counters_are_exact_after_many_writers_at_once(secret_key, sheet, path):
    """Each adds a good and a bad record; some then turn a record bad, and all want to delete the same two."""
    body = [{"name": {"value": "x"}, "age": {"value": 1}}, {"age": {"value": "old"}}]
    old = list(sheet.records.order_by("position").values_list("pk", flat=True))

    added = at_once([lambda: call("POST", path, secret_key, body).status_code] * WRITERS)

    assert added == [200] * WRITERS
    assert exact(sheet).records_count == 2 + 2 * WRITERS
    ids = list(sheet.records.exclude(pk__in=old).order_by("position").values_list("pk", flat=True))
    turned = [[{"id": id, "values": {"age": {"value": age}}}] for id in ids[:5] for age in (7, "older")]
    gone = f"{path}?ids={old[0]}&ids={old[1]}&ids={ids[0]}"
    jobs = [lambda change=change: call("PUT", path, secret_key, change).status_code for change in turned]
    jobs += [lambda: call("DELETE", gone, secret_key).status_code] * 10

    answers = at_once(jobs)

    assert set(answers[10:]) == {200}
    assert set(answers[2:10]) == {200}  # the first record may have been deleted before
    assert set(answers[:2]) <= {200, 404}
    assert exact(sheet).records_count == 2 * WRITERS - 1


def test_two_who_change_different_cells_of_a_record_lose_neither(secret_key, sheet, path):
    record = sheet.records.order_by("position").first()
    changes = [{"name": {"value": "Both"}}, {"age": {"value": 99}}] * 5

    answers = at_once(
        [
            lambda change=change: call("PUT", path, secret_key, [{"id": record.pk, "values": change}]).status_code
            for change in changes
        ]
    )

    assert answers == [200] * 10
    record.refresh_from_db()
    assert (record.values["name"]["value"], record.values["age"]["value"]) == ("Both", 99)
    assert record.version == 11
    exact(sheet)


def test_nothing_is_written_behind_a_lock_or_into_a_deleted_sheet(secret_key, sheet, path):
    body = [{"name": {"value": "x"}}]
    insert = [lambda: call("POST", path, secret_key, body).status_code] * 8

    answers = at_once([*insert, lambda: call("POST", f"/v1/sheets/{sheet.pk}/lock", secret_key).status_code])

    assert set(answers) <= {200, 409}
    assert exact(sheet).records_count == 2 + answers[:8].count(200)
    call("POST", f"/v1/sheets/{sheet.pk}/unlock", secret_key)


@pytest.mark.parametrize("what", ["sheets", "workbooks", "spaces"])
def test_whoever_deletes_waits_for_the_writers_and_nothing_is_left(secret_key, sheet, path, what):
    id = {"sheets": sheet.pk, "workbooks": sheet.workbook_id, "spaces": sheet.space_id}[what]
    insert = [lambda: call("POST", path, secret_key, [{"name": {"value": "x"}}]).status_code] * 8

    answers = at_once([*insert, lambda: call("DELETE", f"/v1/{what}/{id}", secret_key).status_code, *insert])

    assert answers.pop(8) == 200
    assert set(answers) <= {200, 404}
    assert not Record.objects.exclude(sheet_id__in=Sheet.objects.values("pk")).exists()
    assert not Sheet.objects.filter(pk=sheet.pk).exists()
