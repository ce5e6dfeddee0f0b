"""The mails with links: who is sent one and how often, that nobody is told, and how they are delivered."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from events.models import Event
from guests.actions import invite_guest
from guests.models import MagicLink
from guests.tests.exchanging import EXCHANGE, ask, exchange, mailed, newest_secret
from spaces.models import Space
from tests.knock import alike, call, refused, shown, work
from tests.places import furnish, give

pytestmark = pytest.mark.django_db


# Nobody is told who is a guest


def test_the_answer_and_the_work_are_the_same_whoever_is_named(gus, room, sam, lumen):
    elsewhere = Space.objects.create(account=lumen.account, environment=lumen.environments[0], name="Elsewhere")
    ask("warm@up.example", room)
    answers, costs = [], []
    for email, space in ((gus.email, room), ("no@guest.example", room), ("x@guest.example", elsewhere)):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(email, space)
        answers.append(alike(answer)[1].replace(email.encode(), b""))
        costs.append(len(queries))
    missing = call("POST", EXCHANGE, body={"email": "y@guest.example", "spaceId": "nothing"})

    assert len(set(answers)) == len(set(costs)) == 1
    assert missing.status_code == 200
    assert DBTaskResult.objects.count() == 5
    work()
    assert [message.to for message in mail.outbox] == [[gus.email]]
    assert {task.status for task in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_the_answer_repeats_the_address_as_given_and_the_mail_goes_to_the_stored_one(gus, room):
    assert shown(ask("GUS@Guest.Example", room))["sentTo"] == "GUS@Guest.Example"
    work()

    assert mail.outbox[0].to == ["gus@guest.example"]


def test_an_address_that_is_none_is_said_to_be_so(room):
    refused(ask("no address", room), 400, "bad_email")


def test_a_mailbox_gets_one_mail_a_minute_and_five_an_hour_and_nobody_is_told(gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        answers = set()
        for _ in range(20):
            answers |= {ask(gus.email, room).content, ask(gus.email.upper(), room).content.lower()}
            clock.shift(61)
            work()

    assert len(answers) == 2
    assert len(mail.outbox) == 5


def test_naming_several_spaces_sends_no_more_to_a_mailbox(gus, room, development):
    spaces = [room, *[furnish(development, f"Space {number}").space for number in range(9)]]
    for space in spaces[1:]:
        give(gus, space)
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        for space in spaces:
            ask(gus.email, space)
            work()
            clock.shift(timedelta(minutes=2))

    assert len(mail.outbox) == 5


def test_a_stranger_who_asks_and_asks_shuts_nobody_out_who_holds_the_invitation(ada, gus, room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        invite_guest(ada.actor, gus, space=room)
        invitation = newest_secret("invite")
        for space_id in (room.pk, "junk") * 8:
            call("POST", EXCHANGE, body={"email": gus.email, "spaceId": space_id})
            work()
            clock.shift(61)
        before = len(mail.outbox)
        exchange(invitation)

        assert exchange(newest_secret())["valid"] is True
        assert len(mail.outbox) == before + 1


def test_asking_for_what_does_not_exist_uses_nothing_up(gus, room):
    for number in range(8):
        call("POST", EXCHANGE, body={"email": gus.email, "spaceId": f"junk {number}"})
    work()

    assert exchange(mailed(gus, room))["valid"] is True


def test_a_network_asks_for_twenty_mails_a_minute(room):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False):
        answers = {ask(f"g{number}@guest.example", room).status_code for number in range(30)}

    assert answers == {200}
    assert DBTaskResult.objects.count() == 20


def test_the_queue_holds_no_secret(ada, gus, room):
    invite_guest(ada.actor, gus, space=room)
    ask(gus.email, room)
    queued = str(list(DBTaskResult.objects.values()))
    work()
    sent = " ".join(message.body for message in mail.outbox)
    stored = str([list(MagicLink.objects.values()), list(DBTaskResult.objects.values()), list(Event.objects.values())])

    assert "inv_" not in queued
    secrets = re.findall(r"(?:inv|link)_\w+", sent)
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", sent)[0]
    assert len(secrets) == 2
    assert not [text for text in (*secrets, code, code.replace("-", "")) if text in stored]


# Delivery


@pytest.fixture
def broken(monkeypatch):
    """A mail server that does not take anything, until it is told to."""
    state = {"down": True}
    send = mail.EmailMultiAlternatives.send

    def maybe(self, *args, **kwargs):
        if state["down"]:
            raise ConnectionRefusedError("password@smtp: nobody there")
        return send(self, *args, **kwargs)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", maybe)
    return state


def test_a_mail_that_fails_is_tried_again_and_says_so(ada, gus, room, broken):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        link = invite_guest(ada.actor, gus, space=room)
        assert link.delivery == "queued"
        work()
        link.refresh_from_db()
        assert (link.delivery, link.failure, link.attempts) == ("failed", "ConnectionRefusedError", 1)
        work()  # not yet
        broken["down"] = False
        clock.shift(timedelta(minutes=1))
        secret = newest_secret("invite")

    link.refresh_from_db()
    assert (link.delivery, link.failure, link.failed_at, link.attempts) == ("sent", "", None, 2)
    assert exchange(secret)["sentTo"] == gus.email
    assert "password@smtp" not in str(list(DBTaskResult.objects.values()))


def test_a_mail_server_that_never_answers_is_given_up(ada, gus, room, broken):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        invite_guest(ada.actor, gus, space=room)
        ask(gus.email, room)
        for _ in range(30):
            work()
            clock.shift(timedelta(hours=7))

    assert set(MagicLink.objects.values_list("kind", "attempts")) == {("invitation", 5), ("sign_in", 4)}
    assert not DBTaskResult.objects.filter(status="READY").exists()


def test_a_server_that_is_down_answers_like_one_that_is_up(gus, room, broken):
    assert shown(ask(gus.email, room)) == {"valid": False, "sentTo": gus.email}
    work()
    assert shown(ask("no@guest.example", room)) == {"valid": False, "sentTo": "no@guest.example"}


@pytest.mark.parametrize("text", ["Ada\r\nBcc: all@evil.example", "Ada\nSubject: other", "=?utf-8?q?x?=", "Ada\x85x"])
def test_no_name_adds_a_header(ada, gus, room, text):
    invite_guest(ada.actor, gus, space=room, from_name=text, message="Hello\r\nBcc: y@evil.example")
    work()

    message = mail.outbox[0].message()
    assert len(message.get_all("Subject")) == 1
    assert message.get_all("To") == [gus.email]
    assert message.get_all("Bcc") is message.get_all("Cc") is None


def test_a_name_is_escaped_in_the_mail(ada, gus, room):
    invite_guest(ada.actor, gus, space=room, from_name="<img src=x>", message="<script>1</script>")
    work()

    html = mail.outbox[0].alternatives[0][0]
    assert "<img" not in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "localhost"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_X_ORIGINAL_HOST": "evil.example"},
        {"SERVER_NAME": "localhost", "SERVER_PORT": "9999"},
    ],
)
def test_links_are_built_from_the_public_address_alone(gus, room, headers):
    ask(gus.email, room, **headers)
    work()

    assert "http://127.0.0.1:8000/sign-in-link/" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].body
