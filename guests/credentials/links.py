"""Links and codes as proofs: what each is exchanged for, and how the next one is asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Credential, Kind, Origin
from events.actions import record
from events.refusals import record_failed_proof
from guests import mail
from guests.credentials.shared import SharedLinkEnded, use_shared_link
from guests.links import find_link, get_link, is_code_of
from guests.models import Grant, Guest, MagicLink, SharedLink
from guests.resources import guest_in
from guests.shared import find_shared_link
from lib import emails, limits
from lib.ids import is_id, new_id
from lib.network import network_of
from lib.problems import InvalidInput, Problem, TooManyAttempts
from tokens.credentials.guests import WayIn, mint_guest_token, text_of
from tokens.models import AccessToken

# Mails asked for (security.md, row 56; guests/mail.py counts those that are sent), links presented that open nothing,
# and codes typed.
NETWORK = limits.Limit("sign-in links asked for from a network", 20, timedelta(minutes=1))
MINUTE = limits.Limit("sign-in links asked for in a minute", 1, timedelta(minutes=1))
HOUR = limits.Limit("sign-in links asked for", 5, timedelta(hours=1))
PRESENTED = limits.Limit("dead links presented from a network", 60, timedelta(minutes=1))
CODES = limits.Limit("codes for a sign-in link", 5, timedelta(hours=1))
KINDS = {AccessToken.Kind.GUEST: Kind.GUEST, AccessToken.Kind.GUEST_SESSION: Kind.GUEST_SESSION}


class LinkExpired(Problem):
    code, status = "link_expired", 409
    message = "This link has expired or was used before. Ask for a new one."


class WrongCode(InvalidInput):
    code, message = (
        "wrong_code",
        "That is not the code, or it has expired. Look at the newest mail, or ask for another.",
    )
    field = "code"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a link was exchanged for: a token, or the address that the next link is mailed to, or nothing."""

    token: str = ""
    sent_to: str = ""


def ask_link(email: str, space_id: str, origin: Origin, *, has_link: bool = False) -> str | None:
    """Have a sign-in link mailed to the guest of that address, if there is one; returns what its code is bound to.

    Nothing tells whether there is: the mail is looked up by the worker, and the work here is the same. None when a
    limit was met, which the asker is not told either. Whoever has a link of ours has read that mailbox: they have a
    budget of their own, which nobody else can use up. Raises BadEmail.
    """
    address = emails.canonical(email)
    subject = f"{address} {space_id} {'by link' if has_link else ''}"
    try:
        limits.hit(NETWORK, network_of(origin.ip))
        limits.hit(MINUTE, subject)
        limits.hit(HOUR, subject)
    except TooManyAttempts:
        return None
    asked = new_id("us_ml_")
    mail.send_sign_in.enqueue(asked, address, space_id, has_link)
    return asked


def exchange_link(secret: str, origin: Origin, password: str = "") -> Exchanged:
    """A 1 h token for the secret of a good sign-in link, which it spends (flatfile-api.md, sections 8 and 12.1).

    The same for the secret of a shared link, as a new guest each time. Any other that was ours, an invitation too, has
    the next one mailed. Raises TooManyAttempts, WrongLinkPassword.
    """
    if shared := find_shared_link(secret):
        return _exchange_shared(shared, origin, password)
    attempt = limits.hit(PRESENTED, network_of(origin.ip))
    link = find_link(secret)
    if link is None:
        record_failed_proof("magic-link:refused", "an unknown link", "There is no such link.", origin)
        return Exchanged()
    if link.kind == MagicLink.Kind.SIGN_IN:
        try:
            token = use_link(link.pk, origin)
        except LinkExpired:
            pass
        else:
            attempt.give_back()
            return Exchanged(token=text_of(token))
    if link.email != link.guest.email:  # whoever holds it is not told the new one
        return Exchanged()
    ask_link(link.email, link.space.pk, origin, has_link=True)
    return Exchanged(sent_to=link.email)


def _exchange_shared(link: SharedLink, origin: Origin, password: str) -> Exchanged:
    try:
        return Exchanged(token=text_of(use_shared_link(link.pk, origin, password=password)))
    except SharedLinkEnded:
        return Exchanged()


def use_link(link_id: str, origin: Origin, *, kind: AccessToken.Kind = AccessToken.Kind.GUEST) -> AccessToken:
    """Spend a sign-in link, once and for ever, for an access token or a session's row.

    Of any number of simultaneous uses one conditional UPDATE lets one succeed. Raises LinkExpired, on record.
    """
    now = timezone.now()
    with transaction.atomic():
        link = _held(link_id)
        why = _spend(link, now)
        if link and not why:
            return _let_in(link, kind, now, origin)
    if link:
        record_failed_proof("magic-link:refused", link.email, why, origin, link.account_id)
    raise LinkExpired


def use_code(link_id: str, typed: str, origin: Origin, *, kind: AccessToken.Kind) -> AccessToken:
    """The same for the code in the mail, typed in the browser that asked for it. 5 tries.

    Raises WrongCode, TooManyAttempts, alike and after the same work when no mail was sent at all.
    """
    limits.hit(CODES, link_id or network_of(origin.ip))
    link = get_link(link_id)
    if link is None or not is_code_of(link, typed):
        who, account_id = (link.email, link.account_id) if link else ("an unknown link", None)
        record_failed_proof("magic-link:refused", who, "That is not the code.", origin, account_id)
        raise WrongCode
    try:
        return use_link(link.pk, origin, kind=kind)
    except LinkExpired:
        raise WrongCode from None


def _held(link_id: str) -> MagicLink | None:
    """The link as it is now, with its guest held: whoever ends what they have waits, or has done so."""
    guests = Guest.objects.select_for_update(no_key=True, of=("self",)).filter(grants__links=link_id)
    return get_link(link_id) if is_id(link_id) and guests.first() else None


def _spend(link: MagicLink | None, now: datetime) -> str:
    """Mark a good sign-in link as used; else why it is not good."""
    if link is None or link.kind != MagicLink.Kind.SIGN_IN:
        return "An invitation signs nobody in."
    if why := link.why_closed(now):
        return why
    good = MagicLink.objects.filter(pk=link.pk, used_at=None, replaced_at=None, expires_at__gt=now)
    return "" if good.update(used_at=now) else link.why_dead(now) or "The link was used before."


def _let_in(link: MagicLink, kind: AccessToken.Kind, now: datetime, origin: Origin) -> AccessToken:
    guest, space = link.guest, link.space
    way_in = WayIn(AccessToken.Via.MAGIC_LINK.value, space.pk, link.version)
    token = mint_guest_token(guest.pk, guest.account_id, now, kind=kind, way_in=way_in)
    Guest.objects.filter(pk=guest.pk).update(last_seen_at=now)
    Grant.objects.filter(pk=link.grant_id).update(last_accessed_at=now)
    actor = Actor(
        guest.pk,
        guest.called,
        guest.account_id,
        Credential(KINDS[kind], token.pk, expires_at=token.expires_at),
        now,
        environment_id=guest.environment_id,
        origin=origin,
        email=guest.email,
    )
    payload = {"linkId": link.pk, "spaceId": space.pk, "for": kind.label, "accessTokenId": token.pk}
    record(actor, Action.USE_LINK, guest_in(guest, space), payload=payload)
    return token
