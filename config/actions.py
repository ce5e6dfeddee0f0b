"""The deeds of the server as a whole: the turn to new secrets."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Resource
from access.policy import require
from accounts.models import Account
from config.rotation import REHASHED, SEALED
from events.actions import record
from lib import crypto
from lib.locks import hold
from lib.renewal import Tally, renew
from tokens.actions import rotate_signing_key
from tokens.models import SigningKey

SIGNING_KEY_AGE = timedelta(days=90)
TOLD_AT_ONCE = 100


def rotate_secrets(
    actor: Actor, *, signing_key_age: timedelta = SIGNING_KEY_AGE, tell: Callable[[str, Tally], None]
) -> Tally:
    """Bring all that can be read under the newest TOKEN_PEPPER and FIELD_KEYS, beside a running server.

    A signing key that an old field key sealed, or that is older than `signing_key_age`, is replaced. It may be killed
    at any moment and begun again. `tell` hears of every batch. What is due in the end was busy all the time.
    """
    resource = Resource("server", "", actor.account_id)
    require(actor, Action.ROTATE_SECRETS, resource)
    on_record = False

    def before() -> None:
        nonlocal on_record
        if not on_record:
            _record_everywhere(actor)
        on_record = True

    _replace_signing_key(actor, signing_key_age, before)
    sums = Tally()
    for renewal in (*REHASHED, *SEALED):
        sums += renew(renewal, before, partial(tell, renewal.name))
    return sums


def _replace_signing_key(actor: Actor, older_than: timedelta, before: Callable[[], None]) -> None:
    """First of all: once its private half is sealed anew, nothing tells that an old field key would open it."""
    current = SigningKey.objects.filter(is_current=True).first()
    if current is None:
        return
    is_old = current.created_at + older_than <= timezone.now()
    if not is_old and crypto.is_newest(current.sealed, current.pk):
        return
    before()
    with transaction.atomic():
        if hold(current).is_current:  # else another run was faster
            rotate_signing_key(actor)


def _record_everywhere(actor: Actor) -> None:
    """On record in every account, whose rows are about to change; in pieces, so that nobody waits for them."""
    accounts = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(accounts), TOLD_AT_ONCE):
        with transaction.atomic():
            for account_id in accounts[start : start + TOLD_AT_ONCE]:
                record(actor, Action.ROTATE_SECRETS, Resource("server", "", account_id, label="this server"))
