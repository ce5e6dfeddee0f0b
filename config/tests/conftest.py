"""The world of the tests of a turn to new secrets."""

from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings as configured

from config.tests import turning
from environments.actions import set_secret
from tokens.actions import create_client

NOON = "2030-03-01T12:00:00Z"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def accept(settings):
    return lambda *secrets: turning.accept(settings, *secrets)


@pytest.fixture
def world(ada, development, secret_key, pat, browser_of, password_token):
    """One of everything that is kept under a secret of the server."""
    set_secret(ada.actor, development, name="LIBRARY", value=turning.VALUE)
    cookie = browser_of(ada).cookies[configured.SESSION_COOKIE_NAME].value
    pair = create_client(ada.actor)
    return SimpleNamespace(key=secret_key, pat=pat, token=password_token(ada), pair=pair, cookie=cookie)
