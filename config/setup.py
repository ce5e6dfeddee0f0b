"""Opening an account whole: account, first administrator, both environments and their keys, at once."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from access.actors import Actor
from access.actors import Role as RoleName
from accounts.actions import add_member, create_user, hashed
from accounts.actions import open_account as open_bare_account
from accounts.models import Account, Member, User
from environments.actions import create_environment
from environments.models import Environment

ENVIRONMENTS = (("development", False), ("production", True))


@dataclass(frozen=True, slots=True)
class Opened:
    """A new account, ready to sign in to."""

    account: Account
    member: Member
    environments: tuple[Environment, ...]


def open_account(*, name: str, email: str, password: str, person: str = "", reason: str) -> Opened:
    """A new account with its first administrator, from a command or the first start.

    `reason` goes on record as who did it. Raises EmailTaken, and then nothing has been made.
    """
    password_hash = hashed(password)
    with transaction.atomic():
        user = create_user(email=email, password_hash=password_hash, name=person or email.partition("@")[0])
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return open_account_for(user, name, reason=reason)


@transaction.atomic
def open_account_for(user: User, name: str, *, reason: str = "sign-up") -> Opened:
    """A new account for somebody who has a login already."""
    system = Actor.system(reason, timezone.now())
    opened = open_bare_account(system, name=name)
    member = add_member(system, opened.account, user, opened.roles[RoleName.ADMIN.value])
    within = Actor.system(reason, timezone.now(), opened.account.pk)
    environments = tuple(create_environment(within, name=name, is_prod=is_prod) for name, is_prod in ENVIRONMENTS)
    return Opened(opened.account, member, environments)
