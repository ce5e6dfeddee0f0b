"""People and the credentials they hold, made through the product's own doors."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone

from access.actors import Actor, Grant, Origin, Role
from accounts.actions import add_member, create_user, hashed
from accounts.models import Account, Member, RoleAssignment, User
from conftest import PASSWORD, Browser, Person, session_actor
from tokens import credentials
from tokens.actions import create_client, create_token
from tokens.models import AccessToken, ClientCredential

Headers = dict[str, str]
NOWHERE = Origin()
LONG_AGO = timedelta(minutes=11)
REASON = "test"


def person(member: Member) -> Person:
    """An administrator, as far as the actor knows; what the role allows is read from the database when they knock."""
    return Person(member, session_actor(member, Grant(Role.ADMIN)))


def join(account: Account, name: str, role: Role = Role.ADMIN, **place: Any) -> Person:
    """A further member, with a role on the account or on the place named."""
    email = f"{name}@northwind.example"
    user = create_user(email=email, password_hash=hashed(PASSWORD), name=name.capitalize())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    system = Actor.system(REASON, timezone.now(), account.pk)
    member = add_member(system, account, user, account.roles.get(name=role.value))
    RoleAssignment.objects.filter(member=member).update(**place)
    return person(member)


def pat(owner: Person) -> str:
    return create_token(owner.actor, name="Own").secret


def by_password(owner: Person) -> str:
    return credentials.exchange_password(owner.email, owner.password, NOWHERE).text


def by_client(owner: Person) -> tuple[ClientCredential, str]:
    """A client pair, and an access token of it."""
    pair = create_client(owner.actor)
    return pair.client, credentials.exchange_client(pair.client.client_id, pair.secret, NOWHERE).text


def aged(text: str) -> str:
    """The same access token, its password given eleven minutes ago."""
    then = timezone.now() - LONG_AGO
    row = row_of(text)
    row.update(auth_time=then)
    # Its owner has been there since: a proof from before the last new password would open nothing.
    User.objects.filter(memberships=row.get().member_id).update(sign_ins_not_before=then - LONG_AGO)
    return text


def row_of(text: str) -> Any:
    """The row behind a live access token, as a queryset to change it by."""
    return AccessToken.objects.filter(pk=actor_of(text).credential.id)


def refreshed(text: str) -> str:
    return credentials.refresh_access_token(text, NOWHERE).text


def made_by(text: str) -> str:
    """A personal access token that this token creates."""
    return create_token(actor_of(text), name="Made by another").secret


def actor_of(text: str) -> Actor:
    resolve = credentials.resolve_personal_access_token if text.startswith("pat_") else credentials.resolve_access_token
    actor = resolve(text, NOWHERE)
    assert actor is not None
    return actor


def cookie_of(browser: Browser) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value
