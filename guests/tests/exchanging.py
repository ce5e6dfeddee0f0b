"""Links and tokens as a program uses them: asked for over the API, read in the mail, exchanged, presented."""

import re

from django.core import mail
from django.test import RequestFactory

from access.actors import Actor
from config.door import api_actor
from conftest import bearer
from tests.knock import call, shown, work

EXCHANGE = "/v1/invitations/exchange"


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


def actor_of(text: str) -> Actor:
    return api_actor(RequestFactory().get("/v1/", headers=bearer(text)))
