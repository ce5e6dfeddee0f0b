"""A shared link as a proof: each use makes an anonymous guest of its space, and of nothing more."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Credential, Kind, Origin
from accounts.models import LONGEST_PASSWORD, normal
from events.actions import record
from events.refusals import record_failed_proof
from guests.models import Grant, Guest, SharedLink
from guests.resources import guest_in
from guests.shared import get_shared_link
from lib import limits
from lib.network import network_of
from lib.problems import InvalidInput, Problem
from tokens.credentials.guests import WayIn, mint_guest_token
from tokens.models import AccessToken

# Visitors let in and dead links presented, then passwords tried: for one link from one network, from all the networks
# somebody came in from before, and from all others. Whoever guesses from everywhere spends the last one alone.
VISITS = limits.Limit("uses of shared links from a network", 60, timedelta(minutes=1))
TRIES = limits.Limit("passwords for a shared link from a network", 10, timedelta(minutes=15))
KNOWN_TRIES = limits.Limit("passwords for a shared link from known networks", 1_000, timedelta(hours=1))
ALL_TRIES = limits.Limit("passwords for a shared link", 1_000, timedelta(hours=1))
REMEMBERED, REMEMBERED_FOR = "network of a shared link", timedelta(days=30)
REFUSED = "shared-link:refused"
KINDS = {AccessToken.Kind.GUEST: Kind.GUEST, AccessToken.Kind.GUEST_SESSION: Kind.GUEST_SESSION}


class SharedLinkEnded(Problem):
    code, status = "shared_link_ended", 409
    message = "This link leads nowhere any more. Ask whoever gave it to you for another."


class WrongLinkPassword(InvalidInput):
    code, message = "wrong_link_password", "This link asks for a password, and that is not it."
    field = "password"


def use_shared_link(
    link_id: str, origin: Origin, *, password: str = "", kind: AccessToken.Kind = AccessToken.Kind.GUEST
) -> AccessToken:
    """Come in by the link as a new anonymous guest: an access token of one hour, or a session's row.

    Of simultaneous uses one conditional UPDATE lets in as many as the limit allows, and not one more. Raises
    SharedLinkEnded and WrongLinkPassword, both on record, and TooManyAttempts before anything is hashed.
    """
    limits.hit(VISITS, network_of(origin.ip))
    link, now = get_shared_link(link_id), timezone.now()
    if link is None or (why := link.why_dead(now)):
        raise _refused(link, why if link else "There is no such link.", origin)
    if link.has_password:
        _check_password(link, password, origin)
    with transaction.atomic():
        good = SharedLink.objects.open().filter(pk=link.pk, password=link.password)
        if good.update(uses=F("uses") + 1, last_used_at=now):
            return _let_in(link, kind, now, origin)
    raise _refused(link, "The link has just ended.", origin)


def _check_password(link: SharedLink, password: str, origin: Origin) -> None:
    """Counted before anything is hashed; the right one gives its tries back, and its network is known from then on."""
    pair = f"{link.pk} {network_of(origin.ip)}"
    total = KNOWN_TRIES if limits.remembers(REMEMBERED, pair) else ALL_TRIES
    hits = limits.hit(TRIES, pair), limits.hit(total, link.pk)
    if len(password) <= LONGEST_PASSWORD and check_password(normal(password), link.password):
        for hit in hits:
            hit.give_back()
        limits.remember(REMEMBERED, pair, REMEMBERED_FOR)
        return
    record_failed_proof(REFUSED, link.space.name, "Wrong password.", origin, link.account_id)
    raise WrongLinkPassword


def _refused(link: SharedLink | None, why: str, origin: Origin) -> SharedLinkEnded:
    name, account_id = (link.space.name, link.account_id) if link else ("an unknown link", None)
    record_failed_proof(REFUSED, name, why, origin, account_id)
    return SharedLinkEnded()


def _let_in(link: SharedLink, kind: AccessToken.Kind, now: datetime, origin: Origin) -> AccessToken:
    """A guest who is nobody in particular, with the whole space for as long as the link itself is meant to last."""
    space = link.space
    guest = Guest(account_id=link.account_id, environment=space.environment, last_seen_at=now)
    guest.save(force_insert=True)
    Grant.objects.create(
        account_id=link.account_id,
        guest=guest,
        space=space,
        via=Grant.Via.SHARED_LINK,
        expires_at=link.expires_at,
        last_accessed_at=now,
    )
    way_in = WayIn(AccessToken.Via.SHARED_LINK.value, space.pk, link.version)
    token = mint_guest_token(guest.pk, guest.account_id, now, kind=kind, way_in=way_in, shared_link_id=link.pk)
    credential = Credential(KINDS[kind], token.pk, expires_at=token.expires_at)
    actor = Actor(
        guest.pk,
        guest.called,
        guest.account_id,
        credential,
        now,
        environment_id=guest.environment_id,
        origin=origin,
    )
    payload = {"guestId": guest.pk, "spaceId": space.pk, "sharedLinkId": link.pk, "accessTokenId": token.pk}
    record(actor, Action.USE_SHARED_LINK, guest_in(guest, space), payload=payload)
    return token
