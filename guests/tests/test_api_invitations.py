"""POST /invitations: who may invite whom, whole requests or nothing, and what is mailed."""

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from environments.models import ApiKey
from events.models import Event
from guests.models import Grant, MagicLink
from lib.ids import new_id
from spaces.models import Space
from tests.knock import call, refused, shown, work
from tests.places import furnish, give, make_guest, token_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(development):
    return furnish(development, "Onboarding data")


@pytest.fixture
def gus(development, room):
    guest = make_guest(development, "gus@guest.example", name="Gus")
    give(guest, room.space)
    return guest


@pytest.fixture
def eve(development, room):
    """Another guest of the space, whom a guest may invite."""
    guest = make_guest(development, "eve@guest.example", name="Eve")
    give(guest, room.space)
    return guest


def one(guest, space, **more):
    return {"guestId": guest.pk, "spaceId": space.pk, **more}


def invite(credential, body):
    return call("POST", "/v1/invitations", credential, body)


def test_an_invitation_is_mailed_with_who_and_what(secret_key, gus, room):
    body = [one(gus, room.space, fromName="Ada Marsh", message="Have a look.\nPlease.", unknown=True)]

    assert shown(invite(secret_key, body)) == {"success": True}
    assert mail.outbox == []
    work()

    message = mail.outbox[0]
    assert message.subject == "Ada Marsh invites you to Onboarding data"
    assert message.to == ["gus@guest.example"]
    assert "Have a look.\nPlease." in message.body
    assert "Get Access" in message.alternatives[0][0]
    assert MagicLink.objects.get().delivery == "sent"


def test_a_single_object_will_do(secret_key, gus, room):
    assert shown(invite(secret_key, one(gus, room.space))) == {"success": True}
    assert MagicLink.objects.count() == 1


def test_without_a_name_it_comes_from_the_person_or_from_the_account(pat, secret_key, gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        invite(secret_key, one(gus, room.space))
        clock.shift(61)
        invite(pat, one(gus, room.space))
        work()

    assert MagicLink.objects.live().get().sender == "Ada Marsh"
    assert mail.outbox[-1].subject == "Ada Marsh invites you to Onboarding data"
    key_label = ApiKey.objects.filter(type="SECRET").order_by("created_at").first().name
    assert not [one for one in mail.outbox if key_label and key_label in one.subject]


def test_inviting_again_ends_the_invitation_before(pat, gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        invite(pat, one(gus, room.space))
        clock.shift(61)
        invite(pat, one(gus, room.space))

    assert MagicLink.objects.live().count() == 1
    assert MagicLink.objects.exclude(replaced_at=None).count() == 1
    work()
    assert len(mail.outbox) == 1  # the first was still in the queue


def test_a_mailbox_is_invited_to_a_space_once_a_minute_and_five_times_an_hour(pat, gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        statuses = []
        for _ in range(7):
            statuses += [invite(pat, one(gus, room.space)).status_code for _ in range(2)]
            clock.shift(61)

    assert statuses == [200, 429] * 5 + [429] * 4
    assert MagicLink.objects.count() == 5


def test_a_mailbox_is_invited_twenty_times_an_hour_in_all(pat, gus, development):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False):
        spaces = [Space.objects.create(account=development.account, environment=development) for _ in range(21)]
        for space in spaces:
            give(gus, space)
        answers = [invite(pat, one(gus, space)).status_code for space in spaces]

    assert answers == [200] * 20 + [429]


def test_one_that_is_refused_refuses_all(pat, gus, eve, room, development, sam, lumen):
    stranger = make_guest(lumen.environments[0], "x@lumen.example")
    elsewhere = furnish(lumen.environments[0]).space
    give(stranger, elsewhere)
    second = furnish(development, "Second").space
    bad = [
        ({"guestId": stranger.pk, "spaceId": room.space.pk}, 404),
        ({"guestId": stranger.pk, "spaceId": elsewhere.pk}, 404),
        ({"guestId": new_id("us_g_"), "spaceId": room.space.pk}, 404),
        ({"guestId": "x", "spaceId": room.space.pk}, 404),
        ({"guestId": gus.pk, "spaceId": second.pk}, 409),
        ({"guestId": gus.pk}, 400),
        ({"guestId": gus.pk, "spaceId": room.space.pk, "message": "x" * 2001}, 400),
        ({"guestId": gus.pk, "spaceId": room.space.pk, "fromName": "x" * 101}, 400),
        ({"guestId": gus.pk, "spaceId": room.space.pk, "fromName": "bell\u0007"}, 400),
        ("text", 400),
    ]
    for entry, status in bad:
        refused(invite(pat, [one(eve, room.space), entry]), status)

    assert not MagicLink.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert not Event.objects.filter(topic="guest:invited").exists()


@pytest.mark.parametrize("body", [[], None, "x", 5, [None], [[]], {}, [{"guestId": None, "spaceId": None}]])
def test_what_is_no_invitation_is_refused(pat, body):
    refused(invite(pat, body), 400)


def test_a_hundred_at_once_and_no_more(pat, gus, room):
    assert invite(pat, [one(gus, room.space)] * 100).status_code == 200
    assert MagicLink.objects.count() == 1
    refused(invite(pat, [one(gus, room.space)] * 101), 400)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda guest, space: type(guest).objects.update(email=""), "guest_without_address"),
        (lambda guest, space: Grant.objects.update(expires_at=timezone.now()), "guest_not_in_space"),
        (lambda guest, space: Space.objects.update(guest_authentication=["shared_link"]), "magic_link_off"),
        (lambda guest, space: Space.objects.update(guest_authentication=[]), "magic_link_off"),
        (lambda guest, space: Space.objects.update(archived_at=timezone.now()), "magic_link_off"),
    ],
)
def test_an_invitation_that_leads_nowhere_is_refused_with_the_reason(pat, gus, room, change, code):
    change(gus, room.space)

    refused(invite(pat, [one(gus, room.space)]), 409, code)


# Guests who invite (security.md, ruling 8)


def test_a_guest_of_the_whole_space_invites_its_guests(gus, eve, room):
    assert invite(token_of(gus), [one(eve, room.space)]).status_code == 200
    assert MagicLink.objects.get().sender == "Gus"


@pytest.mark.parametrize("config", [{"sidebarConfig": {"showGuestInvite": False}}])
def test_not_where_the_space_says_that_guests_invite_nobody(pat, gus, eve, room, config):
    Space.objects.update(metadata=config)

    error = refused(invite(token_of(gus), [one(eve, room.space)]), 403, "forbidden")
    assert (error["action"], error["rule"]) == ("guests.invite_guest", "guest_invites")
    assert invite(pat, [one(eve, room.space)]).status_code == 200


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"sidebarConfig": None},
        {"sidebarConfig": []},
        {"sidebarConfig": {"showGuestInvite": True}},
        {"sidebarConfig": {"showGuestInvite": 0}},
    ],
)
def test_anything_but_false_lets_them(gus, eve, room, metadata):
    Space.objects.update(metadata=metadata)

    assert invite(token_of(gus), [one(eve, room.space)]).status_code == 200


def test_not_into_a_space_they_hold_in_part_or_not_at_all(development, eve, room):
    wes, nia = make_guest(development, "wes@guest.example"), make_guest(development, "nia@guest.example")
    give(wes, room.space, workbooks=room.workbooks)
    give(nia, room.space, sheets=room.sheets[:1])
    stranger = make_guest(development, "none@guest.example")

    assert invite(token_of(wes), [one(eve, room.space)]).status_code == 403
    assert invite(token_of(nia), [one(eve, room.space)]).status_code == 403
    assert invite(token_of(stranger), [one(eve, room.space)]).status_code == 404


def test_not_whom_they_cannot_know(gus, room, development):
    other = make_guest(development, "other@guest.example")
    missing = refused(invite(token_of(gus), [{"guestId": new_id("us_g_"), "spaceId": room.space.pk}]), 404)

    assert refused(invite(token_of(gus), [one(other, room.space)]), 404) == missing


def test_an_embedded_space_invites_nobody(gus, eve, room):
    text = token_of(gus, kind=AccessToken.Kind.SPACE, space_id=room.space.pk)

    assert invite(text, [one(eve, room.space)]).status_code == 403
