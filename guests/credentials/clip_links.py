"""The link of a data clip as a proof: what it is exchanged for, and the token that the API shows beside it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Credential, Kind, Origin
from events.actions import record
from guests.clip_links import find_clip_link, get_clip_link
from guests.credentials.links import KINDS, Exchanged, LinkExpired, exchange_link
from guests.models import ClipLink, Guest
from lib import limits
from lib.ids import is_id
from lib.network import network_of
from tokens.credentials.guests import GUEST_LIFETIME, mint_guest_token, text_of
from tokens.models import AccessToken

# A link may be on a wall: what it opens is little, but each use is a row.
USES = limits.Limit("uses of the link of a data clip from a network", 120, timedelta(hours=1))
LEFT = timedelta(minutes=10)  # what a token that is shown is still good for, at least


def use_clip_link(link_id: str, origin: Origin, *, kind: AccessToken.Kind = AccessToken.Kind.GUEST) -> AccessToken:
    """An access token or a session's row for whoever has the link, as often as they come; none outlasts the link.

    Raises LinkExpired, TooManyAttempts.
    """
    limits.hit(USES, f"{link_id} {network_of(origin.ip)}")
    now = timezone.now()
    with transaction.atomic():
        link = _held(link_id)
        if link is None or link.why_dead(now):
            raise LinkExpired
        token = _mint(link, now, kind)
        ClipLink.objects.filter(pk=link.pk).update(last_used_at=now)
        Guest.objects.filter(pk=link.guest_id).update(last_seen_at=now)
        payload = {"dataClipId": link.clip_id, "for": kind.label, "accessTokenId": token.pk}
        record(_actor(link, token, KINDS[kind], origin), Action.USE_CLIP_LINK, link.clip.resource, payload=payload)
    return token


def exchange_any_link(secret: str, origin: Origin, password: str = "") -> Exchanged:
    """A 1 h token for the secret of a clip's link, which stays good; any other link is exchange_link's.

    Raises TooManyAttempts.
    """
    link = find_clip_link(secret)
    if link is None:
        return exchange_link(secret, origin, password)
    try:
        return Exchanged(token=text_of(use_clip_link(link.pk, origin)))
    except LinkExpired:
        return Exchanged()


def shown_token(link: ClipLink, *, may_mint: bool) -> AccessToken | None:
    """The token that the API shows with the clip. Another one is made when less than ten minutes of it are left.

    Of any number of simultaneous readers one makes it: the others show what that one made.
    """
    now = timezone.now()
    held = link.token
    if held and not held.revoked_at and held.expires_at - now > LEFT:
        return held
    if not may_mint or link.why_dead(now):
        return None
    with transaction.atomic():
        if _held(link.pk) is None:
            return None
        token = _mint(link, now, AccessToken.Kind.GUEST)
        if ClipLink.objects.filter(pk=link.pk, token_id=link.token_id).update(token=token):
            return token
        token.delete()
    return AccessToken.objects.filter(pk__in=ClipLink.objects.filter(pk=link.pk).values("token_id")).first()


def _held(link_id: str) -> ClipLink | None:
    """The link as it is now, with its guest held: whoever ends it, or deletes its clip, waits or has done so."""
    guests = Guest.objects.select_for_update(no_key=True).filter(clip_link=link_id)
    return get_clip_link(link_id) if is_id(link_id) and guests.first() else None


def _mint(link: ClipLink, now: datetime, kind: AccessToken.Kind) -> AccessToken:
    lifetime = min(GUEST_LIFETIME, link.expires_at - now) if link.expires_at else GUEST_LIFETIME
    return mint_guest_token(link.guest_id, link.account_id, now, kind=kind, lifetime=lifetime)


def _actor(link: ClipLink, token: AccessToken, kind: Kind, origin: Origin) -> Actor:
    credential = Credential(kind, token.pk, expires_at=token.expires_at)
    place = link.clip.environment_id
    return Actor(link.guest_id, link.guest.called, link.account_id, credential, token.created_at, place, origin=origin)
