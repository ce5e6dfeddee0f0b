"""The cast of the tests, and how each member of it knocks: as an Actor, in a browser, with a bearer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from access.actors import Actor, Credential, Grant, Kind, Role
from accounts.actions import add_member, create_user, hashed
from accounts.models import Member
from accounts.sessions import signed
from config.setup import Opened, open_account
from environments.models import ApiKey, Environment
from events.usage import meter
from tests import contract
from tokens.actions import create_token
from tokens.credentials import exchange_client, exchange_password

PASSWORD = "correct horse battery staple"
REASON = "test"


@dataclass(frozen=True)
class Person:
    """One of the cast: a member, and the actor they are right after signing in."""

    member: Member
    actor: Actor
    password: str = PASSWORD

    @property
    def email(self) -> str:
        return self.member.user.email


class Browser(Client):
    """Django's test client with our signed session cookie; sign in through the product's own page."""

    def sign_in(self, person: Person) -> "Browser":
        response = self.post("/account/sign-in", {"login": person.email, "password": person.password})
        assert response.status_code == 302, response.content[:500]
        return self

    def grow_stale(self) -> None:
        """As if the password had been given more than 10 minutes ago."""
        session = self.store()
        session["proven_at"] = session["proven_at"] - 11 * 60
        session.save()

    def store(self) -> Any:
        from accounts.sessions import SessionStore, unsigned

        return SessionStore(unsigned(self.cookies[settings.SESSION_COOKIE_NAME].value))

    def use(self, session_key: str) -> None:
        self.cookies[settings.SESSION_COOKIE_NAME] = signed(session_key)


def session_actor(member: Member, *grants: Grant) -> Actor:
    now = timezone.now()
    return Actor(
        id=member.pk,
        name=member.name,
        account_id=member.account_id,
        credential=Credential(Kind.SESSION, proven_at=now),
        at=now,
        grants=grants,
        email=member.user.email,
    )


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Every test begins with no request counted."""
    meter.forget()


@pytest.fixture(autouse=True)
def contract_kept():
    """No answer of the API breaks the OpenAPI document."""
    contract.BROKEN.clear()
    yield
    assert not contract.BROKEN


@pytest.fixture
def northwind(db) -> Opened:
    """The account of most tests."""
    return open_account(
        name="Northwind", email="ada@northwind.example", password=PASSWORD, person="Ada Marsh", reason=REASON
    )


@pytest.fixture
def ada(northwind) -> Person:
    """An administrator."""
    return Person(northwind.member, session_actor(northwind.member, Grant(Role.ADMIN)))


@pytest.fixture
def uma(northwind) -> Person:
    """A member with the User role on the account."""
    member = _join(northwind, "uma@northwind.example", "Uma Reyes", Role.USER)
    return Person(member, session_actor(member, Grant(Role.USER)))


@pytest.fixture
def lumen(db) -> Opened:
    """Another account."""
    return open_account(name="Lumen", email="sam@lumen.example", password=PASSWORD, person="Sam Okafor", reason=REASON)


@pytest.fixture
def sam(lumen) -> Person:
    """A stranger: the administrator of another account."""
    return Person(lumen.member, session_actor(lumen.member, Grant(Role.ADMIN)))


@pytest.fixture
def development(northwind) -> Environment:
    return northwind.environments[0]


@pytest.fixture
def production(northwind) -> Environment:
    return northwind.environments[1]


@pytest.fixture
def secret_key(development) -> str:
    return development.keys.get(type=ApiKey.Type.SECRET).text


@pytest.fixture
def publishable_key(development) -> str:
    return development.keys.get(type=ApiKey.Type.PUBLISHABLE).text


@pytest.fixture
def pat(ada) -> str:
    return create_token(ada.actor, name="Nightly").secret


@pytest.fixture
def browser_of() -> Callable[[Person], Browser]:
    """A browser in which that person has signed in."""
    return lambda person: Browser().sign_in(person)


@pytest.fixture
def password_token() -> Callable[[Person], str]:
    return lambda person: exchange_password(person.email, person.password, Actor.nobody(timezone.now()).origin).text


@pytest.fixture
def client_token() -> Callable[[Any], str]:
    return lambda issued: (
        exchange_client(issued.client.client_id, issued.secret, Actor.nobody(timezone.now()).origin).text
    )


def _join(opened: Opened, email: str, name: str, role: Role) -> Member:
    from allauth.account.models import EmailAddress

    user = create_user(email=email, password_hash=hashed(PASSWORD), name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    system = Actor.system(REASON, timezone.now(), opened.account.pk)
    return add_member(system, opened.account, user, opened.account.roles.get(name=role.value))
