"""The way in by mail: invitation, sign-in link, code; what spends a link, and everything that ends one."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from environments.models import Environment
from events.models import Event
from guests.actions import invite_guest
from guests.models import Grant, Guest, MagicLink
from guests.upkeep import forget_ended_links
from lib import crypto
from spaces.models import Space
from tests.knock import alike, call, refused, shown, work
from tests.places import furnish, give, make_guest, token_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

EXCHANGE = "/v1/invitations/exchange"
INSIDE = "/space/"


@pytest.fixture
def room(development):
    return furnish(development, "Onboarding data").space


@pytest.fixture
def gus(development, room):
    guest = make_guest(development, "gus@guest.example", name="Gus")
    give(guest, room)
    return guest


def ask(email, space, **extra):
    return call("POST", EXCHANGE, body={"email": email, "spaceId": space.pk}, **extra)


def exchange(secret):
    return shown(call("POST", EXCHANGE, body={"token": secret}))


def newest_secret(kind="sign-in-link"):
    """The secret in the newest mail."""
    work()
    return re.search(rf"http://127.0.0.1:8000/{kind}/(\S+)", mail.outbox[-1].body)[1]


def mailed(gus, room):
    """The secret of a sign-in link that was asked for."""
    ask(gus.email, room)
    return newest_secret()


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


# What ends a link


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
