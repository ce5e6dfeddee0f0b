"""Whose records they are over the API: what a sheet lets guests do, and where links lead them."""

import pytest

from access.actors import Actor, Credential, Kind, Places
from environments.models import Environment
from lib.ids import new_id
from spaces.models import Record, Sheet, Space
from spaces.records.links import matching
from spaces.records.reading import Choice, counted, readable_records
from spaces.tests.recording import FIELDS, cells, counts, insert, people
from tests.knock import call, refused, shown
from tests.places import add_sheet, furnish, give, make_guest, token_of

pytestmark = pytest.mark.django_db


# Who


@pytest.fixture
def wes(room, development):
    """A guest of the sheets' workbook."""
    guest = make_guest(development, "wes@guest.example")
    give(guest, room.space, workbooks=[room.workbooks[0]])
    return token_of(guest)


def test_a_guest_works_on_a_sheet_as_far_as_it_lets_guests(wes, secret_key, path, sheet):
    [one] = insert(wes, path, *people(1))
    writes = {
        "add": lambda who: call("POST", path, who, people(2)),
        "edit": lambda who: call("PUT", path, who, [{"id": one["id"], "values": cells(age=3)}]),
        "delete": lambda who: call("DELETE", f"{path}?ids={new_id('us_rc_')}", who),
    }

    def open_to(who):
        found = {name: ask(who) for name, ask in writes.items()}
        assert {answer.status_code for answer in found.values()} <= {200, 403}
        return [name for name, answer in found.items() if answer.status_code == 200]

    for config, opened in (
        ({"access": ["*"]}, ["add", "edit", "delete"]),
        ({"access": ["edit"]}, ["edit"]),
        ({"access": ["delete", "add"]}, ["add", "delete"]),
        ({"access": ["import"]}, ["add"]),
        ({"access": []}, []),
        ({"readonly": True}, []),
    ):
        Sheet.objects.filter(pk=sheet.pk).update(config=sheet.config | config)
        assert open_to(wes) == opened, config
        assert open_to(secret_key) == ["add", "edit", "delete"]
    assert refused(writes["add"](wes), 403)["rule"] == "sheet_readonly"
    Sheet.objects.filter(pk=sheet.pk).update(config=sheet.config)
    Space.objects.filter(pk=sheet.space_id).update(access=["upload"])
    assert open_to(wes) == ["add"]


def test_a_guest_leaves_read_only_fields_alone(wes, secret_key, path, sheet):
    config = sheet.config | {"fields": [FIELDS[0], FIELDS[1] | {"readonly": True}]}
    Sheet.objects.filter(pk=sheet.pk).update(config=config)
    [one] = insert(wes, path, cells(name="x", age=None))

    for change in (cells(age=1), cells(age=None)):
        error = refused(call("PUT", path, wes, [{"id": one["id"], "values": change}]), 403)
        assert error["rule"] == "field_readonly"
    refused(call("POST", path, wes, people(1)), 403)
    shown(call("PUT", path, wes, [{"id": one["id"], "values": cells(name="y")}]))
    shown(call("PUT", path, secret_key, [{"id": one["id"], "values": cells(age=1)}]))


def test_records_of_another_tenant_are_nobodys_in_every_list_of_ids(secret_key, path, lumen):
    theirs = furnish(lumen.environments[0]).sheets[0]
    foreign = theirs.records.first().pk
    insert(secret_key, path, *people(1))

    assert shown(call("GET", f"{path}?ids={foreign}", secret_key))["records"] == []
    assert len(shown(call("GET", f"{path}?ids={foreign}&filter=all", secret_key))["records"]) == 1
    assert counts(secret_key, path, f"ids={foreign}")["total"] == 0
    refused(call("PUT", path, secret_key, [{"id": foreign, "values": cells(name="mine")}]), 404)
    shown(call("DELETE", f"{path}?ids={foreign}", secret_key))
    refused(call("GET", f"/v1/sheets/{theirs.pk}/records", secret_key), 404)
    assert theirs.records.get(pk=foreign).version == 1
    assert Record.objects.filter(sheet=theirs).count() == 2


def test_a_sheet_that_is_only_referred_to_shows_no_records_and_takes_none(wes, development, room):
    """Until a data clip says which."""
    sheet = room.sheets[0]
    places = Places(spaces=frozenset({sheet.space_id}), reference_sheets=frozenset({sheet.pk}))
    actor = Actor(
        "us_g_x", "Cleo", sheet.account_id, Credential(Kind.GUEST), Environment.objects.first().created_at,
        environment_id=development.pk, places=places,
    )  # fmt: skip

    assert not readable_records(actor, sheet).exists()
    assert counted(actor, sheet, Choice()).total == 0


# Links


@pytest.fixture
def orders(room):
    """A sheet whose records refer to those of the first, by name."""
    people = room.sheets[0]
    config = {"ref": people.slug, "key": "name"}
    fields = [
        {"key": "by", "type": "reference", "config": config},
        {"key": "to", "type": "reference-list", "config": config},
    ]
    sheet = add_sheet(room.workbooks[0], "orders")
    sheet.config = {"name": "orders", "fields": fields}
    sheet.records.all().delete()
    sheet.save()
    return sheet


def test_links_are_the_records_referred_to(secret_key, orders):
    path = f"/v1/sheets/{orders.pk}/records"
    insert(secret_key, path, cells(by="sheet-a 1", to=["sheet-a 2", "nobody", "sheet-a 1"]), cells(by="nobody"))

    first, second = shown(call("GET", f"{path}?includeLinks=true", secret_key))["records"]

    assert [one["values"]["name"]["value"] for one in first["values"]["by"]["links"]] == ["sheet-a 1"]
    assert [one["values"]["name"]["value"] for one in first["values"]["to"]["links"]] == ["sheet-a 2", "sheet-a 1"]
    assert second["values"]["by"]["links"] == []


def test_no_link_leads_into_a_sheet_one_may_not_see(orders, room, development, secret_key):
    path = f"/v1/sheets/{orders.pk}/records"
    insert(secret_key, path, cells(by="sheet-a 1"))
    guest = make_guest(development, "one@guest.example")
    give(guest, room.space, sheets=[orders])

    [record] = shown(call("GET", f"{path}?includeLinks=true", token_of(guest)))["records"]

    assert "links" not in record["values"]["by"]
    assert "sheet-a 2" not in str(record)


def test_links_that_would_be_cut_off_are_refused(secret_key, orders, monkeypatch):
    path = f"/v1/sheets/{orders.pk}/records"
    insert(secret_key, path, cells(by="sheet-a 1"), cells(by="sheet-a 2"))
    monkeypatch.setitem(matching.__kwdefaults__, "most", 2)
    assert call("GET", f"{path}?includeLinks=true", secret_key).status_code == 200

    monkeypatch.setitem(matching.__kwdefaults__, "most", 1)

    refused(call("GET", f"{path}?includeLinks=true", secret_key), 400, "too_many_links")
