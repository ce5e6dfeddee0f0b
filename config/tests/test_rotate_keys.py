"""New field keys and a new signing key: what is sealed anew, and what is replaced."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError

from access.actions import Action
from config.rotation import SEALED
from config.tests.turning import NEW, OLD, VALUE, due, exchanged, printed, run
from environments.models import ApiKey, Secret
from events.models import Event
from guests.actions import create_shared_link, make_clip_link
from guests.clip_links import find_clip_link, secret_of
from lib import crypto, mail
from tests.knock import call, work
from tests.places import furnish, make_clip
from tokens.models import SigningKey

pytestmark = pytest.mark.django_db


def everything(counted):
    return counted.keys() == {one.name for one in SEALED}


# Field keys


def test_everything_sealed_is_sealed_anew_and_reads_the_same(accept, world, ada, development):
    room = furnish(development, guest_authentication=["shared_link"])
    create_shared_link(ada.actor, room.space)
    link = make_clip_link(ada.actor, make_clip(ada.actor, room.sheets[0]))
    secret = secret_of(link)
    mail.queue(EmailMultiAlternatives("Hello", "The text", to=["ada@northwind.example"]))
    accept(NEW, OLD)
    assert everything(due())

    run()

    assert due() == {}
    accept(NEW)
    assert Secret.objects.get().value == VALUE
    assert find_clip_link(secret) == link
    assert secret_of(find_clip_link(secret)) == secret
    work()
    assert [(message.subject, message.body) for message in outbox.outbox] == [("Hello", "The text")]


def test_sealing_anew_changes_nothing_else(accept, world):
    def columns():
        rows = [row for model in (Secret, ApiKey, Session) for row in model.objects.order_by("pk").values()]
        secret = {"sealed", "session_data", "digest", "pepper_mark"}
        return [{name: value for name, value in row.items() if name not in secret} for row in rows]

    before = columns()
    accept(NEW, OLD)

    run()

    assert columns() == before


def test_mail_that_has_been_sent_and_sessions_that_have_ended_hold_no_key_back(accept, clock, world):
    mail.queue(EmailMultiAlternatives("Hello", "The text", to=["ada@northwind.example"]))
    work()
    clock.shift(timedelta(hours=25))
    accept(NEW, OLD)

    assert due().keys() == {"signing keys", "API keys", "secrets of environments"}


def test_what_no_key_opens_is_counted_and_stops_nothing(accept, world):
    Secret.objects.update(sealed=b"junk")
    Session.objects.update(session_data="junk")
    accept(NEW, OLD)

    _, found = run()

    assert found["FIELD_KEYS"]["lost"] == {"secrets of environments": 1, "sessions": 1}
    assert found["FIELD_KEYS"]["can_go"]
    assert "no field key opens 1 of the sessions" in printed("--check")[1]
    assert due() == {}


# The signing key


def kid(token):
    return crypto.unverified_kid(token)


def test_a_signing_key_that_an_old_field_key_sealed_is_replaced_once(accept, world):
    accept(NEW, OLD)

    for _ in range(3):
        run()

    assert SigningKey.objects.filter(is_current=True).count() == 1
    assert SigningKey.objects.count() == 2
    assert Event.objects.filter(action=Action.ROTATE_SIGNING_KEY).count() == 1
    assert kid(exchanged(world.pair).json()["data"]["accessToken"]) == SigningKey.objects.get(is_current=True).pk
    assert call("GET", "/v1/spaces", world.token).status_code == 200


def test_a_signing_key_is_replaced_by_age(clock, world):
    clock.shift(timedelta(days=89))
    run()
    assert SigningKey.objects.count() == 1

    clock.shift(timedelta(days=1))
    run()
    assert SigningKey.objects.count() == 2

    run("--signing-key-days", "0")
    assert SigningKey.objects.count() == 3


@pytest.mark.parametrize("days", ["-1", "x", "99999999999"])
def test_any_other_age_is_refused(db, days):
    with pytest.raises(CommandError):
        run(f"--signing-key-days={days}")
