"""What the guest of a data clip reads by the API: its records, and what these refer to, one step on."""

import pytest

from spaces.models import ClipReference, Record, Sheet
from spaces.tests.clipping import names, write
from tests.knock import call
from tests.places import give, make_guest, token_of

pytestmark = pytest.mark.django_db


def test_its_guest_sees_the_clipped_records_and_what_they_refer_to_one_step_on(office, clip, cleo):
    guest = token_of(cleo)

    assert names(guest, clip["clipSheetId"]) == {"Ann"}
    assert names(guest, office.companies.pk) == {"Acme"}
    assert names(guest, office.cities.pk) is None, "two steps on"
    assert names(guest, office.people.pk) is None, "the sheet that was clipped"
    assert write(guest, clip, name="Anna") == 200
    body = [{"id": office.ids["Acme"], "values": {"name": {"value": "x"}}}]
    assert call("PUT", f"/v1/sheets/{office.companies.pk}/records", guest, body).status_code == 403


def test_every_route_shows_the_same_of_a_sheet_that_is_referred_to(office, clip, cleo):
    guest, path = token_of(cleo), f"/v1/sheets/{office.companies.pk}"

    def read(rest):
        return call("GET", path + rest, guest)

    assert read("/counts").json()["data"]["counts"]["total"] == 1
    assert read("/cells?fieldKey=name&distinct=true").json()["data"]["name"][0]["value"] == "Acme"
    assert len(read("/cells?distinct=true").json()["data"]["name"]) == 1
    assert b"Bolt" not in b"".join(read("/download").streaming_content)
    assert names(guest, office.companies.pk, "searchValue=bolt") == set()
    assert names(guest, office.companies.pk, f"ids={office.ids['Bolt']}") == set()
    assert names(guest, office.companies.pk, "sortField=name&sortDirection=desc") == {"Acme"}
    assert names(guest, office.companies.pk, "after=") == {"Acme"}
    linked = call("GET", f"/v1/sheets/{clip['clipSheetId']}/records?includeLinks=true", guest).json()
    cells = linked["data"]["records"][0]["values"]
    assert [one["values"]["name"]["value"] for one in cells["employer"]["links"]] == ["Acme"]
    assert "links" not in cells["boss"]
    listed = call("GET", f"/v1/sheets?workbookId={clip['workbookId']}", guest).json()["data"]
    assert {sheet["id"] for sheet in listed} == {clip["clipSheetId"], office.companies.pk}


def test_a_reference_that_its_guest_writes_opens_nothing_and_one_of_somebody_with_access_does(office, clip, cleo, pat):
    guest = token_of(cleo)

    assert write(guest, clip, employer="Bolt") == 200
    assert names(guest, office.companies.pk) == {"Acme"}
    new = [{"name": {"value": "Eve"}, "employer": {"value": "Bolt"}}]
    assert call("POST", f"/v1/sheets/{clip['clipSheetId']}/records", guest, new).status_code == 200
    assert names(guest, office.companies.pk) == {"Acme"}

    assert write(pat, clip, employer="Bolt", name="Anna") == 200
    assert names(guest, office.companies.pk) == {"Acme"}, "written back as it was, it is still the guest's word"
    assert (write(pat, clip, employer="Acme"), write(pat, clip, employer="Bolt")) == (200, 200)
    assert names(guest, office.companies.pk) == {"Bolt"}
    assert write(pat, clip, employer=None) == 200
    assert names(guest, office.companies.pk) is None


def test_a_reference_opens_nothing_that_whoever_clipped_it_does_not_see(development, office):
    """Else a guest of one sheet would write a value, clip the record, and read on."""
    gus = make_guest(development, "gus@guest.example")
    give(gus, office.space, sheets=[office.people])
    guest = token_of(gus)

    made = call("POST", "/v1/data-clips", guest, {"name": "Mine", "sourceSheetId": office.people.pk}).json()
    call("POST", f"/v1/data-clips/{made['id']}/add-records", guest, {"recordIds": list(ids_of(office.people))})

    assert names(guest, made["clipSheetId"]) == {"Ann", "Bob", "Cy"}
    assert names(guest, office.companies.pk) is None
    assert not ClipReference.objects.exists()


def ids_of(sheet):
    return Record.objects.filter(sheet=sheet).values_list("pk", flat=True)


def test_what_refers_by_id_opens_the_record_of_that_id(office, pat, cleo):
    fields = [{"key": "name", "type": "string"}, {"key": "at", "type": "reference-list", "config": {"ref": "cities"}}]
    Sheet.objects.filter(pk=office.people.pk).update(config={"name": "people", "fields": fields})
    Record.objects.filter(pk=office.ids["Cy"]).update(
        values={"name": {"value": "Cy"}, "at": {"value": [office.ids["Oslo"], "us_rc_0000000000000000000000"]}}
    )
    given = {"name": "Cy", "sourceSheetId": office.people.pk, "collaborators": [cleo.pk]}
    made = call("POST", "/v1/data-clips", pat, given).json()

    call("POST", f"/v1/data-clips/{made['id']}/add-records", pat, {"recordIds": [office.ids["Cy"]]})

    assert names(token_of(cleo), office.cities.pk) == {"Oslo"}
