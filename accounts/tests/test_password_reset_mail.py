"""Asking for a new password: a mail for whoever has a login, the same answer and the same work for everybody else."""

import re

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.actions import ask_password_reset
from accounts.models import User
from tests.knock import work

pytestmark = pytest.mark.django_db


def ask(email, **headers):
    return Client().post("/account/forgot-password", {"email": email}, **headers)


def link():
    work()
    return re.search(r"http\S+/account/reset-password/\S+", mail.outbox[-1].body)[0]


def test_the_mail_is_queued_and_sent_by_the_worker(ada):
    answer = ask(ada.email)

    assert answer.status_code == 302
    assert mail.outbox == []
    assert DBTaskResult.objects.get().args_kwargs["args"] == [ada.email]
    work()
    assert [message.to for message in mail.outbox] == [[ada.email]]


def test_the_queue_holds_no_link(ada):
    ask(ada.email)

    assert "reset-password" not in str(DBTaskResult.objects.values())


def test_an_address_nobody_has_makes_the_same_work_and_the_same_answer(ada):
    known, unknown = ask(ada.email), ask("nobody@northwind.example")

    assert (known.status_code, known["Location"], known.content) == (302, unknown["Location"], unknown.content)
    assert DBTaskResult.objects.count() == 2
    work()
    assert [message.to for message in mail.outbox] == [[ada.email]]
    assert {task.status for task in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_asking_costs_the_same_queries_whoever_is_named(ada):
    with CaptureQueriesContext(connection) as known:
        ask(ada.email)
    with CaptureQueriesContext(connection) as unknown:
        ask("nobody@northwind.example")

    assert len(known) == len(unknown)


def test_an_inactive_login_gets_no_mail(ada):
    User.objects.update(is_active=False)
    ask(ada.email)
    work()

    assert mail.outbox == []


def test_mail_goes_to_the_stored_address(ada):
    ask("ADA@Northwind.Example")
    work()

    assert mail.outbox[0].to == ["ada@northwind.example"]


@pytest.mark.parametrize(
    "email", ["mıke@northwind.example", "ada@nоrthwind.example", "ada@northwind.example\nx", "ada", ""]
)
def test_a_lookalike_gets_no_mail(ada, email):
    ask(email)
    work()

    assert mail.outbox == []


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "localhost"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_X_FORWARDED_SERVER": "evil.example"},
        {"HTTP_X_ORIGINAL_HOST": "evil.example"},
        {"HTTP_ORIGIN": "http://127.0.0.1:8000", "HTTP_REFERER": "http://evil.example/"},
        {"SERVER_NAME": "localhost", "SERVER_PORT": "9999"},
    ],
)
def test_the_link_is_built_from_the_public_address_whatever_the_request_says(ada, headers):
    ask(ada.email, **headers)

    assert link().startswith("http://127.0.0.1:8000/account/reset-password/")
    assert "evil" not in mail.outbox[-1].body


def test_a_foreign_host_gets_no_mail_sent_at_all(ada):
    assert ask(ada.email, HTTP_HOST="evil.example").status_code == 400
    assert not DBTaskResult.objects.exists()


def test_one_mailbox_gets_one_mail_a_minute_and_five_an_hour_and_nobody_is_told(ada):
    with time_machine.travel("2030-03-01T12:00:00Z", tick=False) as clock:
        answers = []
        for _ in range(20):
            answers += [ask(ada.email) for _ in range(2)]
            clock.shift(61)
        work()

    assert len(mail.outbox) == 5
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1


def test_one_network_asks_for_twenty_mails_a_minute(ada):
    with time_machine.travel("2030-03-01T12:00:00Z", tick=False):
        for number in range(30):
            ask_password_reset(f"person{number}@northwind.example", "203.0.113.9")

    assert DBTaskResult.objects.count() == 20
