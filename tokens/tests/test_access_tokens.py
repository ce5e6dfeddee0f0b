"""Access tokens: what is forged opens nothing, and keys that rotate log nobody out."""

from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from access.actors import Actor
from events.models import Event
from lib import crypto
from tests.knock import alike, call, refused, shown
from tokens import actions, signing
from tokens.models import SigningKey
from tokens.tests import forgery

pytestmark = pytest.mark.django_db

WHOAMI, REFRESH = "/v1/auth/whoami", "/v1/auth/refresh-token"
NOON = "2030-01-01T12:00:00Z"


@pytest.fixture
def good(ada, password_token):
    """A live token of Ada's in its parts."""
    return forgery.Token.of(password_token(ada), SigningKey.objects.get().private)


@pytest.fixture
def attacker():
    return Ed25519PrivateKey.generate()


@pytest.fixture
def corpus(good, attacker, ada, uma, password_token):
    others = forgery.Token.of(password_token(uma), SigningKey.objects.get().private)
    return {
        "algorithms": dict(forgery.algorithms(good)),
        "headers": dict(forgery.headers(good, attacker)),
        "claims": dict(forgery.claims(good, uma.member.pk, others.claims["jti"])),
        "signatures": dict(forgery.signatures(good, attacker)),
    }


def rotate():
    return actions.rotate_signing_key(Actor.system("test", timezone.now()))


def test_a_token_put_together_rightly_is_good(good):
    assert call("GET", WHOAMI, good.text()).status_code == 200


def test_there_are_enough_forgeries(corpus):
    assert sum(len(forged) for forged in corpus.values()) >= 150


@pytest.mark.parametrize("kind", ["algorithms", "headers", "claims", "signatures"])
def test_nothing_forged_opens_the_api_and_every_refusal_is_the_same(corpus, kind):
    expected = alike(call("GET", WHOAMI, "junk"))

    accepted = [name for name, text in corpus[kind].items() if alike(call("GET", WHOAMI, text)) != expected]

    assert accepted == []


@pytest.mark.parametrize("kind", ["algorithms", "headers", "claims", "signatures"])
def test_nothing_forged_is_refreshed(corpus, kind):
    statuses = {name: call("POST", REFRESH, body=text).status_code for name, text in corpus[kind].items()}

    assert {name: status for name, status in statuses.items() if status not in (400, 401)} == {}


def test_a_token_of_another_installation_is_refused(good, settings):
    settings.PUBLIC_URL = "https://latchkey.example.com"

    refused(call("GET", WHOAMI, good.text()), 401, "invalid_credential")


def test_a_token_says_who_and_the_database_says_what(ada, good, northwind):
    token = good.text()
    assert "environments.create_key" in shown(call("GET", WHOAMI, token))["actions"]

    ada.member.assignments.update(role=northwind.account.roles.get(name="User"))

    assert "environments.create_key" not in shown(call("GET", WHOAMI, token))["actions"]


def test_rotating_the_signing_key_logs_nobody_out(ada, password_token):
    old = password_token(ada)

    key = rotate()
    new = password_token(ada)

    assert crypto.unverified_kid(old) != crypto.unverified_kid(new) == key.pk
    assert {call("GET", WHOAMI, token).status_code for token in (old, new)} == {200}
    assert len(call("GET", "/.well-known/jwks.json").json()["keys"]) == 2


def test_a_token_of_a_retired_key_lives_to_its_own_end(ada, password_token):
    with time_machine.travel(NOON, tick=False) as clock:
        token = password_token(ada)
        rotate()
        clock.shift(timedelta(hours=23, minutes=59))

        assert call("GET", WHOAMI, token).status_code == 200


def test_a_retired_key_is_refused_after_25_hours(ada, password_token):
    with time_machine.travel(NOON, tick=False) as clock:
        forged = forgery.Token.of(password_token(ada), SigningKey.objects.get().private)
        rotate()
        clock.shift(timedelta(hours=25))

        refused(call("GET", WHOAMI, forged.but("claims", "exp", forged.claims["exp"] + 90_000)), 401)
        assert [key["kid"] for key in call("GET", "/.well-known/jwks.json").json()["keys"]] == [signing.current().pk]


def test_a_chain_goes_on_over_a_rotation(ada, password_token):
    old = password_token(ada)
    key = rotate()

    new = call("POST", REFRESH, body=old).json()["accessToken"]

    assert crypto.unverified_kid(new) == key.pk
    assert call("GET", WHOAMI, new).status_code == 200


def test_a_token_names_the_key_it_was_signed_with_and_no_other_will_do(ada, good):
    key = rotate()
    other = forgery.Token(good.header | {"kid": key.pk}, good.claims, forgery.Token.of(good.text(), key.private).key)

    refused(call("GET", WHOAMI, other.text()), 401, "invalid_credential")


def test_one_key_is_current_and_rotating_is_on_record(ada, sam, password_token):
    password_token(ada)
    for _ in range(3):
        rotate()

    assert SigningKey.objects.filter(is_current=True).count() == 1
    assert Event.objects.filter(topic="signing-key:rotated").count() == 6


def test_private_keys_are_sealed(ada, password_token):
    password_token(ada)

    key = SigningKey.objects.get()

    assert b'"d"' not in bytes(key.sealed)
    assert '"d"' not in key.public
