"""Two at once: what must hold when requests meet, in several threads and several processes, on both databases."""

import os
import pickle
from collections import Counter
from datetime import timedelta
from threading import Event as Flag
from threading import Thread

import pytest
from django.db import connection, connections

from access.actions import Action
from environments.actions import create_environment, create_key, delete_environment, revoke_key, rotate_key
from environments.actions.environments import LastEnvironment
from environments.models import ApiKey, Environment
from events.models import Event
from lib import limits
from lib.problems import NotFound, Problem, TooManyAttempts
from tests.knock import at_once, call
from tokens.actions import create_token, revoke_token

pytestmark = pytest.mark.django_db(transaction=True)

USES = 60
PROCESSES = 2


def statuses(credential, times=USES):
    """What that many requests with a credential are answered, counted."""
    return Counter(call("GET", "/v1/spaces", credential).status_code for _ in range(times))


class Workers:
    """Processes that serve requests as a server's workers do, each with its own connection and its own memory."""

    def __init__(self, count=PROCESSES):
        connections.close_all()  # a connection must not be shared across a fork
        self.pipes = [self._start() for _ in range(count)]

    def _start(self):
        to_child, from_parent = os.pipe()[::-1], os.pipe()
        ask_read, ask_write = from_parent
        told_write, told_read = to_child
        if os.fork():
            os.close(ask_read), os.close(told_write)
            return open(ask_write, "wb", buffering=0), open(told_read, "rb")
        os.close(ask_write), os.close(told_read)
        self._serve(open(ask_read, "rb"), open(told_write, "wb", buffering=0))
        return None

    def _serve(self, asked, told):
        try:
            while True:
                told.write(pickle.dumps(statuses(*pickle.load(asked))))
        except EOFError:
            pass
        finally:
            connections.close_all()
            os._exit(0)  # without pytest's own end

    def use(self, credential, times=USES):
        """All workers use the credential at the same time; what they were answered, in sum."""
        for ask, _ in self.pipes:
            ask.write(pickle.dumps((credential, times)))
        return sum((pickle.load(told) for _, told in self.pipes), Counter())

    def stop(self):
        for ask, told in self.pipes:
            ask.close(), told.close()
            os.wait()


@pytest.fixture
def workers():
    started = []

    def start():
        started.append(Workers())
        return started[0]

    yield start
    for one in started:
        one.stop()
