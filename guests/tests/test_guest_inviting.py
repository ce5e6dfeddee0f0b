"""Guests who let others in: only into what they have as a whole, never wider, and told nothing of who was there."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import RoleAssignment
from guests.actions import inviting
from guests.models import Grant, Guest, MagicLink
from lib.limits import Limit
from spaces.models import Space
from tests.knock import call, refused, shown, work
from tests.places import come_in, furnish, give, make_guest, token_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def gus(development, room):
    guest = make_guest(development, "gus@guest.example")
    give(guest, room.space)
    return guest


def add(guest, *spaces, email="new@guest.example", **given):
    entries = [{"id": space.pk} | given for space in spaces]
    body = {"environmentId": guest.environment_id, "email": email, "name": "New", "spaces": entries}
    return call("POST", "/v1/guests", token_of(guest), [body])


def test_a_guest_of_the_whole_space_lets_somebody_in(gus, room):
    [made] = shown(add(gus, room.space))

    assert made["spaces"] == [{"id": room.space.pk}]
    grant = Grant.objects.get(guest_id=made["id"])
    assert (grant.is_whole, grant.granted_by_id) == (True, gus.pk)


def test_a_guest_without_an_address_lets_nobody_in(development, room):
    """What they gave would outlive the public link they came by."""
    visitor = make_guest(development, "")
    give(visitor, room.space)

    assert refused(add(visitor, room.space), 403)["rule"] == "guest_invites"
    assert not Guest.objects.filter(email="new@guest.example").exists()


@pytest.mark.parametrize("limits", [{"workbooks": 1}, {"sheets": 1}, {"workbooks": 0}])
def test_a_guest_of_a_part_lets_nobody_in(development, room, limits):
    wes = make_guest(development, "wes@guest.example")
    parts = {"workbooks": room.workbooks, "sheets": room.sheets}
    give(wes, room.space, **{kind: parts[kind][:number] for kind, number in limits.items()})

    refused(add(wes, room.space), 403, "forbidden")
    assert not Guest.objects.filter(email="new@guest.example").exists()


@pytest.mark.parametrize(
    "closed",
    [
        {"guest_authentication": ["shared_link"]},
        {"guest_authentication": []},
        {"metadata": {"sidebarConfig": {"showGuestInvite": False}}},
    ],
)
def test_a_space_that_lets_no_guest_invite_is_obeyed(gus, room, closed):
    Space.objects.filter(pk=room.space.pk).update(**closed)

    told = refused(add(gus, room.space), 403)

    assert told["rule"] == "guest_invites"
    assert Guest.objects.count() == 1


def test_a_guest_adds_nobody_to_anything_else(gus, development, room):
    other = furnish(development, "Other")

    refused(add(gus), 403)
    refused(add(gus, other.space), 404)
    refused(add(gus, room.space, other.space), 404)
    for method, path in (("PATCH", ""), ("DELETE", ""), ("GET", "/token"), ("POST", "/roles")):
        body = {"name": "Renamed", "roleId": "x", "resourceId": "y"}
        refused(call(method, f"/v1/guests/{gus.pk}{path}", token_of(gus), body), 403)
    assert Guest.objects.count() == 1


def test_a_role_given_to_a_guest_lets_nobody_into_more(gus, development, northwind):
    other = furnish(development, "Other")
    admin = northwind.account.roles.get(name="Admin")
    RoleAssignment.objects.create(account=northwind.account, role=admin, guest=gus, environment=development)

    refused(add(gus), 403)
    refused(add(gus, other.space), 403)


def test_what_a_guest_gives_ends_no_later_than_their_own(gus, room):
    own = timezone.now() + timedelta(hours=1)
    Grant.objects.filter(guest=gus).update(expires_at=own)
    later = (own + timedelta(days=1)).isoformat()

    [made] = shown(add(gus, room.space))
    [other] = shown(add(gus, room.space, email="other@guest.example", expiresAt=later))

    assert set(Grant.objects.filter(guest__in=[made["id"], other["id"]]).values_list("expires_at", flat=True)) == {own}


def test_a_guest_changes_nothing_that_somebody_has_and_learns_nothing_of_them(gus, development, room):
    other = furnish(development, "Secret")
    known = make_guest(development, "new@guest.example", name="Known Name")
    give(known, room.space, workbooks=room.workbooks[:1])
    give(known, other.space)
    Guest.objects.filter(pk=known.pk).update(created_at=timezone.now() - timedelta(days=9))

    answer = add(gus, room.space)

    assert "Known" not in answer.content.decode()
    [made] = shown(answer)
    assert [space["id"] for space in made["spaces"]] == [room.space.pk]
    assert made["createdAt"] > (timezone.now() - timedelta(minutes=1)).isoformat()[:16]
    assert Grant.objects.get(guest=known, space=room.space).has_workbook_limit


def test_an_embedded_space_adds_nobody(development, room):
    guest = make_guest(development)
    give(guest, room.space)
    token = token_of(guest, kind=AccessToken.Kind.SPACE, space_id=room.space.pk)

    refused(call("POST", "/v1/guests", token, [{"environmentId": development.pk, "email": "a@b.example"}]), 403)


def test_a_guest_adds_a_few_people_and_not_a_list(gus, room, monkeypatch):
    monkeypatch.setattr(inviting, "PER_HOUR", Limit("few", 2, timedelta(hours=1)))

    answers = [add(gus, room.space, email=f"{number}@guest.example").status_code for number in range(3)]

    assert answers == [200, 200, 429]


# The page


def invited(guest, space, **typed):
    return come_in(guest).post(f"/space/{space.pk}/invite", {"email": "new@guest.example"} | typed)


def test_a_guest_invites_somebody_from_the_page(gus, room):
    page = come_in(gus).get(f"/space/{room.space.pk}")
    assert f"/space/{room.space.pk}/invite" in page.content.decode()

    answer = invited(gus, room.space, name="New", message="Come and see")
    work()

    assert answer["Location"] == f"/space/{room.space.pk}/invite?done=sent"
    [mailed] = mail.outbox
    assert (mailed.to, "Come and see" in mailed.body) == (["new@guest.example"], True)
    grant = Grant.objects.get(guest__email="new@guest.example")
    assert (grant.is_whole, grant.space, grant.granted_by_id) == (True, room.space, gus.pk)


def test_the_page_says_the_same_whoever_is_named_and_widens_nothing(gus, development, room):
    known = make_guest(development, "known@guest.example", name="Known Name")
    give(known, room.space, workbooks=room.workbooks[:1])

    answers = [invited(gus, room.space, email=email) for email in ("known@guest.example", "new@guest.example")]

    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert Grant.objects.get(guest=known).has_workbook_limit
    assert MagicLink.objects.filter(grant__guest=known).count() == 1


@pytest.mark.parametrize(
    ("closed", "why"),
    [
        ({"guest_authentication": ["shared_link"]}, "does not let its guests invite"),
        ({"metadata": {"sidebarConfig": {"showGuestInvite": False}}}, "does not let its guests invite"),
        ("part", "Only a guest of the whole space"),
    ],
)
def test_the_page_says_why_there_is_none(gus, room, closed, why):
    if closed == "part":
        Grant.objects.update(has_workbook_limit=True)
    else:
        Space.objects.filter(pk=room.space.pk).update(**closed)
    browser, address = come_in(gus), f"/space/{room.space.pk}/invite"

    answers = browser.get(address), browser.post(address, {"email": "new@guest.example"})

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all(why in answer.content.decode() for answer in answers)
    assert address not in browser.get(f"/space/{room.space.pk}").content.decode()
    assert not Guest.objects.filter(email="new@guest.example").exists()


def test_neither_guest_nor_grant_is_left_where_the_invitation_is_refused(gus, room):
    assert b"at most 2000" in invited(gus, room.space, message="x" * 2001).content.replace(b",", b"")
    assert invited(gus, room.space, message="\u202etxet").status_code == 200
    assert invited(gus, room.space, email="nobody").status_code == 200
    assert Guest.objects.count() == 1
