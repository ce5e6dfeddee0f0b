"""Whose work it is to write down what was counted: a thread's, a late request's, that of a process which ends."""

import os
import signal
import subprocess
import sys
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection, transaction

from events.tests.counting import caller, counted
from lib.ids import new_id

COUNTING = """
import os, sys, time
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from access.actors import Actor, Credential, Kind
from config import worker
from django.utils import timezone
from events.usage import meter

worker.start_embedded()
id, account, environment = sys.argv[2:5]
for _ in range(7):
    meter.count(Actor(id, "", account, Credential(Kind.SECRET_KEY, id), timezone.now(), environment_id=environment))
if sys.argv[5] == "flush":
    meter.flush()
    meter.count(Actor(id, "", account, Credential(Kind.SECRET_KEY, id), timezone.now(), environment_id=environment))
print("counted", flush=True)
time.sleep(60 if sys.argv[5] == "flush" else 0)
"""


@pytest.mark.django_db(transaction=True)
def test_without_a_thread_a_late_request_flushes(meter, development):
    who = caller(development)
    meter.count(who)
    assert counted() == {}

    meter._flushed_at -= 61
    meter.count(who)

    assert list(counted().values()) == [2]


@pytest.mark.django_db(transaction=True)
def test_a_late_request_leaves_it_to_the_thread_and_to_the_end_of_a_transaction(meter, development):
    meter._flushed_at -= 61
    meter.thread = Thread(target=lambda: None)
    meter.thread.is_alive = lambda: True
    meter.count(caller(development))
    assert counted() == {}

    meter.thread = None
    with transaction.atomic():
        meter.count(caller(development))

    assert counted() == {}


@pytest.mark.django_db(transaction=True)
def test_a_late_request_is_answered_although_the_database_is_away(meter, development, away):
    away(True)
    meter._flushed_at -= 61

    meter.count(caller(development))

    away(False)
    meter.flush()
    assert list(counted().values()) == [1]


def process(development, key, then):
    """A server process that counts seven requests."""
    database = connection.settings_dict
    command = [sys.executable, "-c", COUNTING, str(database["NAME"]), key, development.account_id, development.pk, then]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "EMBEDDED_WORKER": "0"}
    started = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environ, stdout=subprocess.PIPE, text=True)
    assert started.stdout.readline() == "counted\n"
    return started


@pytest.mark.django_db(transaction=True)
def test_a_process_that_ends_writes_what_it_counted(development):
    key = new_id("us_key_")

    ended = process(development, key, "end")

    assert ended.wait(30) == 0
    assert list(counted(credential_id=key).values()) == [7]


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_loses_what_came_after_its_last_flush_alone(development):
    key = new_id("us_key_")
    started = process(development, key, "flush")

    started.send_signal(signal.SIGKILL)
    started.wait(30)

    assert list(counted(credential_id=key).values()) == [7]
