"""The way in by mail: invitation, sign-in link; what exchanging one gives, and what is kept of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from events.models import Event
from guests.actions import invite_guest
from guests.models import MagicLink
from guests.tests.exchanging import EXCHANGE, ask, exchange, mailed, newest_secret
from guests.upkeep import forget_ended_links
from lib import crypto
from tests.knock import call, refused, shown
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


# Through the API


def test_an_address_is_mailed_a_link_that_is_exchanged_once_for_a_token_of_an_hour(gus, room):
    assert shown(ask(gus.email, room)) == {"valid": False, "sentTo": gus.email}

    secret = newest_secret()
    first, second = exchange(secret), exchange(secret)

    assert mail.outbox[0].subject == "Verify your email to collaborate"
    assert mail.outbox[0].to == [gus.email]
    assert first["valid"] is True
    assert call("GET", f"/v1/spaces/{room.pk}", first["token"]).status_code == 200
    assert second == {"valid": False, "sentTo": gus.email}
    token = AccessToken.objects.get()
    assert token.expires_at - token.created_at == timedelta(hours=1)
    assert (token.via, token.space_id, token.via_version) == ("magic_link", room.pk, room.version_of("magic_link"))


def test_an_invitation_signs_nobody_in_and_has_the_link_mailed(ada, gus, room):
    invite_guest(ada.actor, gus, space=room)

    answer = exchange(newest_secret("invite"))

    assert answer == {"valid": False, "sentTo": gus.email}
    assert exchange(newest_secret())["valid"] is True


def test_a_link_that_is_unknown_or_malformed_is_just_not_valid(gus, room):
    for secret in ("junk", "", crypto.mint_token("link_"), crypto.mint_token("inv_"), "link_" + "a" * 36):
        assert call("POST", EXCHANGE, body={"token": secret}).json() in ({"data": {"valid": False}},) or not secret
    assert mail.outbox == []


@pytest.mark.parametrize("body", [{}, {"email": "a@b.example"}, {"spaceId": "us_sp_x"}, {"token": 5}, [], "x", None])
def test_an_exchange_wants_a_token_or_an_address_and_a_space(body):
    refused(call("POST", EXCHANGE, body=body), 400)


def test_an_expired_link_has_the_next_one_mailed(gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        secret = mailed(gus, room)
        clock.shift(timedelta(minutes=10))

        assert exchange(secret) == {"valid": False, "sentTo": gus.email}
        assert exchange(newest_secret())["valid"] is True


def test_a_link_is_good_until_its_last_second(gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        secret = mailed(gus, room)
        clock.shift(timedelta(minutes=9, seconds=59))

        assert exchange(secret)["valid"] is True


def test_a_token_of_a_link_is_refreshed_for_24_hours(gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        text = exchange(mailed(gus, room))["token"]
        lives = []
        for _ in range(25):
            clock.shift(timedelta(minutes=59))
            answer = call("POST", "/v1/auth/refresh-token", body=text)
            if answer.status_code != 200:
                break
            assert (answer.json()["userId"], answer.json()["email"]) == (gus.pk, gus.email)
            text = answer.json()["accessToken"]
            lives.append(answer.json()["expiresIn"])

    assert lives == ["3600"] * 23 + [str(3600 - 36 * 60)]
    tokens = AccessToken.objects.order_by("created_at")
    assert len({(one.chain_id, one.kind, one.via, one.via_version, one.space_id) for one in tokens}) == 1
    refused(answer, 401, "not_refreshable")


# On record


def test_everything_is_on_record_without_a_secret(ada, gus, room):
    invite_guest(ada.actor, gus, space=room)
    exchange(newest_secret("invite"))
    secret = newest_secret()
    exchange(secret)
    exchange(secret)

    rows = Event.objects.filter(space_id=room.pk).order_by("created_at").exclude(topic="space:created")
    topics = list(rows.values_list("topic", flat=True))
    assert topics == ["guest:invited", "magic-link:sent", "magic-link:sent", "magic-link:used"]
    assert {row.subject_id for row in rows} == {gus.pk}
    assert rows.get(topic="magic-link:used").actor_id == gus.pk
    assert gus.email not in str(rows.get(topic="guest:invited").payload)
    refusal = Event.objects.get(topic="magic-link:refused")
    assert (refusal.refused, refusal.reason, refusal.subject_label) == (True, "The link was used before.", gus.email)
    assert refusal.account_id == room.account_id


def test_links_that_ended_a_month_ago_are_forgotten(ada, gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        exchange(mailed(gus, room))
        invite_guest(ada.actor, gus, space=room)
        clock.shift(timedelta(days=29))
        forget_ended_links()
        assert MagicLink.objects.count() == 2
        clock.shift(timedelta(days=2))
        forget_ended_links()

    assert MagicLink.objects.get().kind == "invitation"
