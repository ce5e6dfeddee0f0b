"""New secrets for the server: every step of docs/operations.md, what stops it half-way, what is changed meanwhile."""

from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from django.contrib.sessions.models import Session
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from access.actions import Action
from access.actors import Actor
from accounts.models import User
from config.actions import rotate_secrets
from config.rotation import SEALED
from config.tests.turning import NEW, OLD, due, is_in, printed, refusals, run
from environments.actions import set_secret
from environments.models import Secret
from events.models import Event
from lib import mail, renewal
from tokens.models import SigningKey

pytestmark = pytest.mark.django_db
MINUTE = timedelta(seconds=61)


# The runbook


def test_nothing_is_refused_at_any_step_of_the_runbook_nor_after_it(accept, clock, world):
    for accepted in ((OLD,), (OLD, NEW), (NEW, OLD)):
        accept(*accepted)
        clock.shift(MINUTE)
        assert refusals(world) == []
    run()
    assert refusals(world) == []
    _, found = run("--check")
    assert (found["TOKEN_PEPPER"]["can_go"], found["FIELD_KEYS"]["can_go"]) == (True, True)

    accept(NEW)

    assert refusals(world) == ["session"]  # SECRET_KEY_FALLBACKS went before the 24 hours were over
    accept(NEW, OLD)
    assert refusals(world) == []


def test_without_the_runbook_everything_is_refused_but_signed_tokens(accept, world):
    accept(NEW)

    assert refusals(world) == ["key", "pat", "pair", "session", "sealed"]


def test_the_answer_is_yes_when_the_last_old_access_token_has_ended(accept, clock, world):
    accept(NEW, OLD)
    refusals(world)
    assert run()[0] == 1
    assert run("--check")[1]["signing_key"]["need_old"] == {"access tokens": 2}

    clock.shift(timedelta(hours=24))

    assert run("--check")[0] == 0


def test_a_single_set_of_secrets_has_nothing_old(accept, world):
    assert run("--check")[0] == 0
    assert "TOKEN_PEPPER has one value. Nothing needs another." in printed("--check")[1]


# Half-way, meanwhile, again


class Killed(BaseException):
    """What ends the command between two statements."""


def killed_at(number):
    """Ends the command before the write of that number, whatever it is in the middle of."""
    left = [number]

    def execute(run, sql, *arguments):
        left[0] -= sql.startswith("UPDATE")
        if left[0] < 0:
            raise Killed
        return run(sql, *arguments)

    return connection.execute_wrapper(execute)


def test_killed_at_any_write_and_begun_again_it_goes_on(accept, clock, monkeypatch, world):
    monkeypatch.setattr(renewal, "BATCH", 2)
    mail.queue(EmailMultiAlternatives("Hello", "The text", to=["ada@northwind.example"]))
    accept(NEW, OLD)
    kills = 0
    for number in range(50):
        try:
            with killed_at(number):
                run()
            break
        except Killed:
            kills += 1
            clock.shift(MINUTE)
            assert refusals(world) == []

    assert kills > 3
    accept(NEW)
    assert refusals(world) == ["session"]
    assert SigningKey.objects.count() == 2


def test_a_value_that_is_changed_meanwhile_is_not_overwritten(accept, world, ada, development):
    accept(NEW, OLD)
    secrets = next(one for one in SEALED if one.name == "secrets of environments")
    meanwhile = [lambda: accept(OLD, NEW), lambda: set_secret(ada.actor, development, name="LIBRARY", value="changed")]
    meanwhile.append(lambda: accept(NEW, OLD))  # written by a host that has the old order still

    def before():
        while meanwhile:
            meanwhile.pop(0)()

    tally = renewal.renew(secrets, before, lambda tally: None)

    assert (tally.done, tally.due) == (1, 0)
    assert Secret.objects.get().value == "changed"
    assert due().keys() == {"signing keys", "API keys", "sessions"}


def test_a_row_that_is_deleted_meanwhile_stays_deleted(accept, world):
    accept(NEW, OLD)
    secrets = next(one for one in SEALED if one.name == "secrets of environments")

    tally = renewal.renew(secrets, lambda: Secret.objects.all().delete(), lambda tally: None)

    assert (tally.done, tally.due, Secret.objects.count()) == (0, 0, 0)


def test_a_second_run_writes_nothing(accept, world):
    accept(NEW, OLD)
    run()

    with CaptureQueriesContext(connection) as captured:
        run()

    writing = ("UPDATE", "INSERT", "DELETE")
    assert [query["sql"] for query in captured if query["sql"].startswith(writing)] == []


def test_progress_is_told_batch_by_batch(accept, world, northwind, monkeypatch):
    monkeypatch.setattr(renewal, "BATCH", 3)
    accept(NEW, OLD)
    told = []

    rotate_secrets(system(), tell=lambda name, tally: told.append((name, tally.done)))

    assert [done for name, done in told if name == "digests of API keys"] == [3, 4]


def system():
    return Actor.system("test", timezone.now())


# On record


def test_each_account_is_told_once_a_run_that_changed_something(accept, world, northwind, lumen):
    accept(NEW, OLD)

    run()
    run()

    rows = Event.objects.filter(action=Action.ROTATE_SECRETS)
    assert {row.account_id for row in rows} == {northwind.account.pk, lumen.account.pk}
    assert [(row.actor_label, row.topic, row.audience) for row in rows] == [
        ("manage.py rotate_secrets", "server-secrets:rotated", "security")
    ] * 2


# SECRET_KEY


def test_a_session_keeps_its_id_under_a_new_secret_key_so_that_two_tabs_stay_in(accept, world):
    before = Session.objects.get().pk

    accept(NEW, OLD)

    assert [is_in(world.cookie), is_in(world.cookie)] == [True, True]
    assert Session.objects.get().pk == before


def test_a_mailed_link_outlives_a_new_secret_key_as_long_as_the_old_one_is_accepted(accept, ada):
    user = User.objects.get(pk=ada.member.user_id)
    link = default_token_generator.make_token(user)

    accept(NEW, OLD)
    assert default_token_generator.check_token(user, link)
    accept(NEW)
    assert not default_token_generator.check_token(user, link)


def test_an_old_queue_is_told_from_other_tasks(accept, world):
    mail.queue(EmailMultiAlternatives("Hello", "The text", to=["ada@northwind.example"]))
    DBTaskResult.objects.update(task_path="accounts.mail.send_password_reset")

    assert not mail.queued().exists()
