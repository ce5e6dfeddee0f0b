"""Data clips by the API: made, filled, listed and shared (flatfile-api.md, section 18)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from access.actors import Grant as RoleGrant
from access.actors import Role
from guests.actions import delete_guest, withdraw_space
from guests.models import ClipLink, Guest
from spaces.models import DataClip, Sheet
from spaces.tests.clipping import PEOPLE, code_of, names
from tests.knock import call
from tests.places import give, make_guest, token_of

pytestmark = pytest.mark.django_db


# Sharing


def test_a_clip_ends_with_the_share_the_grant_and_the_guest(office, clip, cleo, pat, ada):
    guest, path = token_of(cleo), f"/v1/data-clips/{clip['id']}"
    assert call("GET", path, guest).json()["data"]["id"] == clip["id"]

    call("PATCH", path, pat, {"name": "Ann", "collaborators": []})
    assert call("GET", path, guest).status_code == names_status(guest, clip) == 404

    call("PATCH", path, pat, {"name": "Ann", "collaborators": [cleo.pk]})
    assert names(guest, clip["clipSheetId"]) == {"Ann"}
    withdraw_space(ada.actor, cleo, office.space)
    assert names_status(guest, clip) == 404
    give(cleo, office.space)
    assert names_status(guest, clip) == 404, "given anew, the space brings no old share back"

    call("PATCH", path, pat, {"name": "Ann", "collaborators": [cleo.pk]})
    delete_guest(ada.actor, cleo)
    again = make_guest(office.space.environment, "cleo@guest.example")
    give(again, office.space)
    assert call("GET", path, guest).status_code == 401
    assert names_status(token_of(again), clip) == 404
    assert call("GET", path, pat).json()["data"]["collaborators"] == []


def names_status(bearer, clip):
    return call("GET", f"/v1/sheets/{clip['clipSheetId']}/records", bearer).status_code


def test_collaborators_are_guests_of_the_space(office, clip, development, lumen, pat):
    strangers = [make_guest(development, "x@guest.example").pk, make_guest(lumen.environments[0], "y@y.example").pk]

    for id in [*strangers, "us_g_0000000000000000000000", "nonsense"]:
        answer = call("PATCH", f"/v1/data-clips/{clip['id']}", pat, {"name": "New", "collaborators": [id]})
        assert answer.json()["errors"][0]["code"] == "not_a_guest_of_the_space"
    assert DataClip.objects.get().name == "Ann", "all of it or none"


def test_the_link_is_one_anonymous_guest_whose_tokens_end_with_it(office, clip, pat):
    path = f"/v1/data-clips/{clip['id']}"
    shared = call("PATCH", path, pat, {"name": "Ann", "sharedLinkAccess": "public"}).json()["data"]
    secret = shared["guestLinkUrl"].rpartition("/")[2]
    assert shared["sharedLinkAccess"] == "public"
    assert call("GET", path, pat).json()["data"]["accessToken"] == shared["accessToken"], "the same text each time"
    assert call("GET", path, pat).json()["data"]["guestLinkUrl"] == shared["guestLinkUrl"]

    exchanged = call("POST", "/v1/invitations/exchange", None, {"token": secret}).json()["data"]
    again = call("POST", "/v1/invitations/exchange", None, {"token": secret}).json()["data"]
    tokens = [shared["accessToken"], exchanged["token"], again["token"]]
    for token in tokens:
        assert names(token, clip["clipSheetId"]) == {"Ann"}
        assert names(token, office.companies.pk) == {"Acme"}
        assert call("GET", path, token).json()["data"].keys() & {"accessToken", "guestLinkUrl"} == set()

    assert (
        call("PATCH", path, pat, {"sharedLinkAccess": "restricted"}).json()["data"]["sharedLinkAccess"] == "restricted"
    )
    for token in tokens:
        assert call("GET", path, token).status_code == 401
    assert call("POST", "/v1/invitations/exchange", None, {"token": secret}).json()["data"] == {"valid": False}
    renewed = call("PATCH", path, pat, {"sharedLinkAccess": "public"}).json()["data"]
    assert renewed["guestLinkUrl"] != shared["guestLinkUrl"]


def test_another_token_is_shown_when_less_than_ten_minutes_are_left(clip, pat):
    path = f"/v1/data-clips/{clip['id']}"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first = call("PATCH", path, pat, {"sharedLinkAccess": "public"}).json()["data"]["accessToken"]
        clock.shift(timedelta(minutes=49))
        assert call("GET", path, pat).json()["data"]["accessToken"] == first
        clock.shift(timedelta(minutes=2))
        call("HEAD", path, pat)
        assert ClipLink.objects.get().token.expires_at - timezone.now() < timedelta(minutes=10)
        second = call("GET", path, pat).json()["data"]["accessToken"]
        assert second != first == call_token(first, path)
        clock.shift(timedelta(minutes=10))
        assert call("GET", path, first).status_code == 401
        assert call("GET", path, second).status_code == 200


def call_token(token, path):
    """The token, while it opens the clip."""
    return token if call("GET", path, token).status_code == 200 else ""


def test_deleting_a_clip_takes_its_copies_link_and_guest_along(office, clip, pat):
    call("PATCH", f"/v1/data-clips/{clip['id']}", pat, {"sharedLinkAccess": "public"})
    token = call("GET", f"/v1/data-clips/{clip['id']}", pat).json()["data"]["accessToken"]

    assert call("DELETE", f"/v1/data-clips/{clip['id']}", pat).status_code == 200

    assert call("GET", f"/v1/data-clips/{clip['id']}", token).status_code == 401
    assert not Sheet.objects.filter(is_clip=True).exists()
    assert not Guest.objects.filter(email="").exists()
    assert names(pat, office.people.pk) == {"Ann", "Bob", "Cy"}
    assert call("DELETE", f"/v1/data-clips/{clip['id']}", pat).status_code == 404


# Asking for what is not


def test_a_clip_is_made_of_a_sheet_by_whoever_may_edit_it(office, clip, development, pat):
    gus = make_guest(development, "gus@guest.example")
    give(gus, office.space)
    body = {"name": "New", "sourceSheetId": clip["clipSheetId"]}
    assert code_of("POST", "/v1/data-clips", pat, body) == "clip_of_clip"

    Sheet.objects.filter(pk=office.people.pk).update(config={"name": "people", "fields": PEOPLE, "access": ["add"]})
    body = {"name": "New", "sourceSheetId": office.people.pk}
    assert call("POST", "/v1/data-clips", token_of(gus), body).status_code == 403
    assert call("POST", "/v1/data-clips", pat, body).status_code == 200


def test_a_guest_works_on_an_own_clip_as_long_as_they_have_its_sheet(office, development, ada):
    gus = make_guest(development, "gus@guest.example")
    give(gus, office.space)
    guest = token_of(gus)
    made = call("POST", "/v1/data-clips", guest, {"name": "Mine", "sourceSheetId": office.people.pk}).json()
    path = f"/v1/data-clips/{made['id']}"
    call("POST", f"{path}/add-records", guest, {"recordIds": [office.ids["Ann"]]})
    assert names(guest, made["clipSheetId"]) == {"Ann"}
    assert call("PATCH", path, guest, {"sharedLinkAccess": "public"}).status_code == 403, "guests share no clips"

    withdraw_space(ada.actor, gus, office.space)

    assert call("GET", path, guest).status_code == 404
    assert names(guest, made["clipSheetId"]) is None


def test_records_are_added_all_or_none_and_once(office, clip, pat):
    path = f"/v1/data-clips/{clip['id']}/add-records"

    assert call("POST", path, pat, {"recordIds": [office.ids["Bob"], office.ids["Acme"]]}).status_code == 404
    again = call("POST", path, pat, {"recordIds": [office.ids["Ann"], office.ids["Bob"]]}).json()

    assert [record["values"]["name"]["value"] for record in again["records"]] == ["Bob"]
    assert again["counts"] == {"total": 2, "valid": 2, "error": 0}


def test_events_tell_of_a_clip_and_who_works_on_it(office, clip, pat, cleo):
    listed = call("GET", "/v1/events?domain=data-clip", pat).json()["data"]

    assert [event["topic"] for event in listed] == [
        "data-clip:updated",
        "data-clip:collaborator-updated",
        "data-clip:created",
    ]
    assert listed[1]["payload"]["changes"] == [{"action": "added", "userId": cleo.pk}]
    assert listed[1]["context"]["dataClipId"] == clip["id"]
    assert listed[2]["payload"]["status"] == "OPEN"


def test_a_member_with_the_user_role_changes_what_they_made_and_no_others(office, clip, uma, password_token, pat):
    assert uma.actor.grants == (RoleGrant(Role.USER),)
    bearer = password_token(uma)

    assert call("PATCH", f"/v1/data-clips/{clip['id']}", bearer, {"name": "Theirs"}).status_code == 403
    own = call("POST", "/v1/data-clips", bearer, {"name": "Own", "sourceSheetId": office.people.pk}).json()
    assert call("PATCH", f"/v1/data-clips/{own['id']}", bearer, {"name": "Renamed"}).status_code == 200


def test_a_list_of_clips_takes_as_many_queries_for_many(office, clip, pat, django_assert_num_queries):
    for number in range(5):
        body = {"name": f"Clip {number}", "sourceSheetId": office.people.pk, "sharedLinkAccess": "public"}
        call("POST", "/v1/data-clips", pat, body)
    call("GET", "/v1/data-clips", pat)

    with django_assert_num_queries(3):  # the token, the clips, their links
        listed = call("GET", "/v1/data-clips?status=OPEN", pat).json()["data"]

    assert len(listed) == 6
    assert {one["data"]["sharedLinkAccess"] for one in listed} == {"public", "restricted"}
