"""The two mails to guests. The queue holds ids and an address; the secret of a link is minted when its mail is sent."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from access.actions import Action
from access.actors import Actor
from events.actions import record
from guests.links import CODE_LENGTH, SIGN_IN_LIFETIME, get_link, mint_secret, open_grant, renew_link
from guests.models import MagicLink
from guests.resources import guest_in
from lib import limits
from lib.mail import deliver
from lib.problems import NotFound, TooManyAttempts

log = structlog.get_logger("latchkey.mail")

# Until when somebody waits for a link they have just asked for, and how long an invitation may take.
RETRIES = {
    MagicLink.Kind.SIGN_IN: [timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=4)],
    MagicLink.Kind.INVITATION: [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6)],
}
MINUTE = limits.Limit("sign-in links to a mailbox in a minute", 1, timedelta(minutes=1))
HOUR = limits.Limit("sign-in links to a mailbox", 5, timedelta(hours=1))
TEMPLATES = {
    MagicLink.Kind.SIGN_IN: ("guests/mail/sign_in", "guest_sign_in_link"),
    MagicLink.Kind.INVITATION: ("guests/mail/invitation", "guest_invitation_link"),
}


@task(priority=10)
def send_sign_in(link_id: str, address: str, space_id: str, has_link: bool) -> None:
    """Mail 2, if there is such a guest: whoever asks for it cannot tell, because it is looked up here."""
    link = get_link(link_id)  # there already when a worker was killed on the way
    grant = None if link else open_grant(address, space_id)
    try:
        if grant:
            _count(address, has_link)
            link = renew_link(grant, MagicLink.Kind.SIGN_IN, id=link_id)
    except (NotFound, TooManyAttempts):
        return
    if link:
        send_link(link.pk)


@task()
def send_again(link_id: str) -> None:
    """One more try of a mail that could not be handed over."""
    send_link(link_id)


@task()
def send_invitation(link_id: str) -> None:
    """Mail 1, unless a newer one was asked for since, or what it invites to has ended."""
    send_link(link_id)


def send_link(link_id: str) -> None:
    """Mint the link's secret, hand the mail over, and note what became of it. A failure is tried again later."""
    link = get_link(link_id)
    if link is None or link.sent_at or link.used_at or link.replaced_at or link.why_closed(timezone.now()):
        return
    secret, code = mint_secret(link)
    template, name = TEMPLATES[MagicLink.Kind(link.kind)]
    half = CODE_LENGTH // 2
    facts = {
        "link": link,
        "url": settings.PUBLIC_URL + reverse(name, kwargs={"secret": secret}),
        "code": f"{code[:half]}-{code[half:]}",
        "minutes": int(SIGN_IN_LIFETIME.total_seconds()) // 60,
    }
    try:
        deliver(link.email, template, facts)
    except Exception as error:
        _note_failure(link, error)
    else:
        _note_success(link)


def _count(address: str, has_link: bool) -> None:
    """Against the mailbox itself, whatever spaces are named; only what is sent counts, so nobody is shut out by it."""
    subject = f"{address} {'by link' if has_link else ''}"
    limits.hit(MINUTE, subject)
    limits.hit(HOUR, subject)


def _note_success(link: MagicLink) -> None:
    now = timezone.now()
    with transaction.atomic():
        MagicLink.objects.filter(pk=link.pk).update(sent_at=now, failed_at=None, failure="")
        system = Actor.system("mail", now, link.account_id)
        payload = {"linkId": link.pk, "kind": link.kind, "spaceId": link.space.pk}
        record(system, Action.SEND_LINK, guest_in(link.guest, link.space), payload=payload)


def _note_failure(link: MagicLink, error: Exception) -> None:
    """The class of the error and nothing of its text, which may quote the mail."""
    name, waits = type(error).__name__, RETRIES[MagicLink.Kind(link.kind)]
    log.warning("mail to a guest failed", link=link.pk, error=name, attempt=link.attempts + 1)
    with transaction.atomic():
        MagicLink.objects.filter(pk=link.pk).update(failed_at=timezone.now(), failure=name[:64])
        if link.attempts < len(waits):
            send_again.using(run_after=timezone.now() + waits[link.attempts]).enqueue(link.pk)
