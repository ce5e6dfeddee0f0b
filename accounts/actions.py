"""What can be done to accounts and people: opening and changing an account, adding a member, passwords."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.actors import Role as RoleName
from access.policy import require
from accounts import guessing, mail
from accounts.models import LONGEST_PASSWORD, Account, Member, Role, RoleAssignment, User, normal
from events.actions import record
from lib import emails, names, web_origins
from lib.changes import put, told
from lib.locks import hold
from lib.problems import InvalidFields, InvalidInput, Problem

LONGEST_NAME = 255
MOST_ORIGINS = 100
CHANGEABLE = ("name", "allowed_origins", "default_app_id")


class EmailTaken(Problem):
    code, status, message = "email_taken", 409, "A login with this e-mail address already exists. Use another address."
    field = "email"


class AccountNameMissing(InvalidInput):
    code, message = "account_name_missing", f"An account needs a name of 1 to {LONGEST_NAME} characters."
    field = "name"


class BadOrigins(InvalidFields):
    """Each entry of the list that is no origin, with what is wrong with it."""

    code = web_origins.BadOrigin.code


class TooManyOrigins(InvalidInput):
    code = "too_many_origins"
    message = f"An account allows at most {MOST_ORIGINS} origins. A star stands for many: *.example.com."
    field = "embeddedDomainWhitelist"


class AlreadyMember(Problem):
    code, status, message = "already_member", 409, "This person is already a member of the account."


class PasswordTooLong(InvalidInput):
    code, message = "password_too_long", f"A password has at most {LONGEST_PASSWORD} characters."
    field = "password"


class ResetLinkSpent(Problem):
    code, status = "reset_link_spent", 409
    message = "This link has been used already. Ask for a new one."


@dataclass(frozen=True, slots=True)
class Opened:
    """A new account and the roles it starts with, by name."""

    account: Account
    roles: dict[str, Role]


def hashed(password: str) -> str:
    """The slow hash of a password: made before a transaction begins, never inside one. Raises PasswordTooLong."""
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong
    return make_password(normal(password))


def create_user(*, email: str, password_hash: str, name: str) -> User:
    """A login, before it is a member anywhere. Raises BadEmail, EmailTaken, NameUnreadable."""
    try:
        with transaction.atomic():
            address, name = emails.canonical(email), names.readable(name)
            return User.objects.create(email=address, password=password_hash, name=name)
    except IntegrityError:
        raise EmailTaken from None


@transaction.atomic
def open_account(actor: Actor, *, name: str) -> Opened:
    """A new tenant with its three roles. config.setup composes it with a member, environments and keys.

    Raises AccountNameMissing, NameUnreadable.
    """
    account = Account(name=_account_name(name))
    require(actor, Action.OPEN_ACCOUNT, account.resource)
    account.save()
    roles = [Role(account=account, name=role.value) for role in RoleName]
    Role.objects.bulk_create(roles)
    record(actor, Action.OPEN_ACCOUNT, account.resource)
    return Opened(account, {role.name: role for role in roles})


@transaction.atomic
def update_account(actor: Actor, account: Account, **changes: Any) -> Account:
    """Change what is named in CHANGEABLE. Of several changes at once, each to another field, none is lost.

    Raises AccountNameMissing, NameUnreadable, BadOrigins, TooManyOrigins.
    """
    require(actor, Action.UPDATE_ACCOUNT, account.resource)
    if "name" in changes:
        changes["name"] = _account_name(changes["name"])
    if "allowed_origins" in changes:
        changes["allowed_origins"] = _origins(changes["allowed_origins"])
    account = hold(account)
    if not (before := put(account, changes, CHANGEABLE)):
        return account
    account.save(update_fields=[*before, "updated_at"])
    payload = {"accountId": account.pk, "changes": told(account, before)}
    record(actor, Action.UPDATE_ACCOUNT, account.resource, payload=payload)
    return account


@transaction.atomic
def add_member(actor: Actor, account: Account, user: User, role: Role) -> Member:
    """Make a login a member of the account, with a role on all of it. Raises AlreadyMember."""
    member = Member(account=account, user=user, name=user.name or user.email)
    require(actor, Action.ADD_MEMBER, member.resource)
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        raise AlreadyMember from None
    RoleAssignment.objects.create(account=account, role=role, member=member)
    record(actor, Action.ADD_MEMBER, member.resource, payload={"role": role.name})
    return member


def change_password(actor: Actor, user: User, password: str, *, end_tokens: bool = False) -> User:
    """A new password for oneself. Other sessions and access tokens end; with `end_tokens` PATs and pairs too.

    The session that changes it goes on: its page signs it in anew (security.md, ruling 6).
    """
    require(actor, Action.CHANGE_PASSWORD, actor.resource)
    password_hash = hashed(password)
    with transaction.atomic():
        now = timezone.now()
        user.password, user.sign_ins_not_before = password_hash, now
        user.tokens_not_before = now if end_tokens else user.tokens_not_before
        user.save(update_fields=["password", "sign_ins_not_before", "tokens_not_before"])
        record(actor, Action.CHANGE_PASSWORD, actor.resource, payload={"tokensEnded": end_tokens})
    return user


def ask_password_reset(email: str, ip: str) -> None:
    """Queue the mail with a reset link. Nothing tells the caller whether there is such a login, nor a limit reached."""
    address = emails.canonical(email)
    if guessing.may_mail_reset(address, ip):
        mail.send_password_reset.enqueue(address)


def reset_password(actor: Actor, user: User, password: str) -> User:
    """A new password by a mailed link. Sessions, access tokens, PATs and client pairs all end (security.md, ruling 6).

    Raises ResetLinkSpent when another use of the same link was faster: the old hash is compared in the UPDATE.
    """
    password_hash = hashed(password)
    with transaction.atomic():
        now = timezone.now()  # after the slow hash: what the old password opened meanwhile ends as well
        changes = {"password": password_hash, "sign_ins_not_before": now, "tokens_not_before": now}
        if not User.objects.filter(pk=user.pk, password=user.password).update(**changes):
            raise ResetLinkSpent
        for member in Member.objects.filter(user=user, deactivated_at=None):
            record(actor, Action.RESET_PASSWORD, member.resource)
    for field, value in changes.items():
        setattr(user, field, value)
    guessing.unlock(user.email)
    return user


def _account_name(name: str) -> str:
    name = names.readable(name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise AccountNameMissing
    return name


def _origins(entries: list[str]) -> list[str]:
    """The entries in normal form, in their order, each once."""
    found: dict[str, None] = {}
    bad = []
    for index, entry in enumerate(entries):
        try:
            found[web_origins.normal(entry)] = None
        except web_origins.BadOrigin as problem:
            bad.append((f"{TooManyOrigins.field}[{index}]", problem.message))
    if bad:
        raise BadOrigins(bad)
    if len(found) > MOST_ORIGINS:
        raise TooManyOrigins
    return list(found)
