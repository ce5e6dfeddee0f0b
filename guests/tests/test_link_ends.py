"""Everything that ends a link that was mailed, and what does not."""

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.utils import timezone

from environments.models import Environment
from guests.actions import invite_guest, update_guest
from guests.links import get_link, renew_link
from guests.models import Grant, Guest, MagicLink
from guests.tests.exchanging import EXCHANGE, exchange, mailed, newest_secret
from lib import crypto
from spaces.models import Space
from tests.knock import call, refused, work
from tests.places import furnish, give, make_guest, token_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


def other_address(gus, room):
    Guest.objects.update(email="new@guest.example")


def without_the_grant(gus, room):
    Grant.objects.all().delete()


def grant_over(gus, room):
    Grant.objects.update(expires_at=timezone.now())


def without_the_guest(gus, room):
    gus.delete()


def given_again(gus, room):
    Grant.objects.all().delete()
    give(gus, room)


def guest_made_again(gus, room):
    gus.delete()
    give(make_guest(room.environment, "gus@guest.example"), room)


def archived(gus, room):
    Space.objects.update(archived_at=timezone.now())


def switched_off(gus, room):
    Space.objects.filter(pk=room.pk).update(guest_authentication=["shared_link"])


def environment_switched_off(gus, room):
    Environment.objects.filter(pk=room.environment_id).update(guest_authentication=["shared_link"])


def off_and_on_again(gus, room):
    Space.objects.filter(pk=room.pk).update(magic_link_version=room.magic_link_version + 1)


def space_deleted(gus, room):
    room.delete()


ENDS = [
    other_address, without_the_grant, grant_over, without_the_guest, given_again, guest_made_again, archived,
    switched_off, environment_switched_off, off_and_on_again, space_deleted,
]  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_a_link_dies_with_what_it_depends_on(gus, room, end):
    secret = mailed(gus, room)
    end(gus, room)

    assert exchange(secret)["valid"] is False
    assert not AccessToken.objects.exists()


@pytest.mark.parametrize("end", [*ENDS[1:2], *ENDS[3:4], *ENDS[6:]])
def test_so_does_the_token_that_it_gave(gus, room, end):
    text = exchange(mailed(gus, room))["token"]
    end(gus, room)

    assert call("GET", f"/v1/spaces/{room.pk}", text).status_code in (401, 404)


@pytest.mark.parametrize("end", [*ENDS[1:5], *ENDS[6:9], ENDS[10]])
def test_nothing_is_mailed_for_what_has_ended(ada, gus, room, end):
    invite_guest(ada.actor, gus, space=room)
    invitation = newest_secret("invite")
    end(gus, room)
    exchange(invitation)
    if end is not given_again:
        call("POST", EXCHANGE, body={"email": gus.email, "spaceId": room.pk})
        work()

        assert len(mail.outbox) == 1


def test_only_the_newest_link_is_good(gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        old = mailed(gus, room)
        clock.shift(61)
        new = mailed(gus, room)

        assert exchange(old)["valid"] is False
        assert exchange(new)["valid"] is True


def test_a_link_of_another_space_stays_good(gus, room, development):
    other = furnish(development, "Other").space
    give(gus, other)
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        old = mailed(gus, room)
        clock.shift(61)
        new = mailed(gus, other)

        assert exchange(old)["valid"] is exchange(new)["valid"] is True


def test_a_link_stays_dead_when_its_guest_is_back_at_the_old_address(ada, gus, room):
    link, invitation = mailed(gus, room), renew_link(gus.grants.get(), MagicLink.Kind.INVITATION)
    for email in ("new@guest.example", gus.email):
        update_guest(ada.actor, Guest.objects.get(), email=email)

    assert exchange(link)["valid"] is False
    assert get_link(invitation.pk).why_dead(timezone.now())


def test_a_new_address_is_not_told_to_whoever_holds_an_old_link(gus, room):
    secret = mailed(gus, room)
    other_address(gus, room)

    assert exchange(secret) == {"valid": False}


def test_a_link_opens_neither_the_api_nor_another_kind_of_door(gus, room):
    secret = mailed(gus, room)

    refused(call("GET", "/v1/spaces", secret), 401, "invalid_credential")
    assert call("POST", "/v1/auth/refresh-token", body=secret).status_code == 401
    assert call("POST", EXCHANGE, body={"token": token_of(gus)}).json() == {"data": {"valid": False}}


def test_a_link_under_an_old_pepper_works_and_is_hashed_anew(gus, room):
    pepper = settings.TOKEN_PEPPERS[0]
    secret = mailed(gus, room)
    settings.TOKEN_PEPPERS.insert(0, "another-pepper-of-more-than-enough-length")
    try:
        assert exchange(secret)["valid"] is True
        assert MagicLink.objects.get().pepper_mark == crypto.pepper_marks()[0]
    finally:
        settings.TOKEN_PEPPERS[:] = [pepper]
