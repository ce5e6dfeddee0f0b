"""Spaces that open by a token of their own: made with an anonymous guest, and embedded in the page of a product."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Kind
from access.policy import can, require
from environments.models import SHARED_LINK, Environment
from events.actions import record
from guests.actions.grants import MOST_GRANTS, TooManyGrants
from guests.actions.shared import SharedLinkOff, new_link
from guests.credentials.tokens import BEARERS, guest_actor
from guests.models import Grant, Guest, why_not_shared
from guests.resources import guest_in
from lib import limits
from lib.locks import hold
from lib.network import network_of
from spaces.actions import create_document, create_space, create_workbook
from spaces.models import Document, Space, Workbook
from tokens.credentials.guests import SPACE_LIFETIME, WayIn, mint_guest_token
from tokens.models import AccessToken

# A publishable key is public, so whoever reads it may make spaces with it.
PER_NETWORK = limits.Limit("embedded spaces by a key from a network", 60, timedelta(minutes=1))
# Twice this many within a token's 24 hours are fewer than a guest may hold, so no stranger takes away what is in use.
PER_ACTOR = limits.Limit("embedded spaces of an external actor by publishable keys", 200, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Embedded:
    """A space, the guest it was made for, the row of their token, and what was put into the space at once."""

    space: Space
    guest: Guest
    token: AccessToken
    workbook: Workbook | None = None
    document: Document | None = None


def open_space(actor: Actor, environment: Environment, **config: Any) -> Space:
    """A new space; where guests come in by shared link, and the caller may share, one that opens by its own token.

    A publishable key makes no other. Raises what create_space raises, and SharedLinkOff.
    """
    given = config.get("guest_authentication")
    is_shared = SHARED_LINK in (environment.guest_authentication if given is None else given)
    is_own = is_shared and can(actor, Action.OPEN_EMBED, environment.resource)
    if is_own or actor.kind is Kind.PUBLISHABLE_KEY:
        return open_embed(actor, environment, space=config).space
    return create_space(actor, environment, **config)


def open_embed(
    actor: Actor,
    environment: Environment,
    *,
    space: dict[str, Any],
    workbook: dict[str, Any] | None = None,
    document: dict[str, Any] | None = None,
    external_actor_id: str = "",
) -> Embedded:
    """A space with a guest and a 24 h token for it, and what the guest puts in first (flatfile-api.md, section 23.1).

    The same external actor comes back as the same guest, and holds with this token this space alone. Raises
    SharedLinkOff, TooManyGrants, and what creating each of the things raises.
    """
    require(actor, Action.OPEN_EMBED, environment.resource)
    if actor.kind is Kind.PUBLISHABLE_KEY:
        _check_no_wider(environment, space.get("guest_authentication"))
        limits.hit(PER_NETWORK, f"{actor.id} {network_of(actor.origin.ip)}")
    with transaction.atomic():
        made = _open(actor, environment, space, external_actor_id)
        themselves = guest_actor(made.token.pk, made.guest.pk, BEARERS, timezone.now(), actor.origin)
        if themselves is None:
            raise SharedLinkOff
        return replace(
            made,
            workbook=create_workbook(themselves, made.space, **workbook) if workbook else None,
            document=create_document(themselves, made.space, **document) if document else None,
        )


@transaction.atomic
def issue_space_token(actor: Actor, space: Space) -> AccessToken:
    """The row of a new 24 h token that opens the space, for the guest of the last one; it dies with what asked for it.

    Raises SharedLinkOff where guests do not come in by shared link.
    """
    require(actor, Action.ISSUE_SPACE_TOKEN, space.resource)
    environment = space.environment
    space = hold(space)
    space.environment = environment
    if why_not_shared(space):
        raise SharedLinkOff
    last = AccessToken.objects.filter(kind=AccessToken.Kind.SPACE, space=space).order_by("-created_at", "-pk").first()
    inside = Grant.objects.lasting(timezone.now()).filter(space=space, has_workbook_limit=False, has_sheet_limit=False)
    guest = Guest.objects.filter(pk=last.guest_id, grants__in=inside).first() if last else None
    guest = guest or _guest(actor, environment, "")
    guest.environment = environment
    token = _give(actor, guest, space)
    payload = {"guestId": guest.pk, "spaceId": space.pk, "accessTokenId": token.pk}
    record(actor, Action.ISSUE_SPACE_TOKEN, guest_in(guest, space), payload=payload)
    return token


def _open(actor: Actor, environment: Environment, config: dict[str, Any], external_actor_id: str) -> Embedded:
    """The space with its guest and their token; with its public link, where it is not a publishable key's."""
    made = create_space(actor, environment, **config)
    if why_not_shared(made):
        raise SharedLinkOff
    guest = _guest(actor, environment, external_actor_id)
    token = _give(actor, guest, made)
    if actor.kind is not Kind.PUBLISHABLE_KEY and can(actor, Action.CREATE_SHARED_LINK, made.resource):
        new_link(actor, made)
    payload = {"guestId": guest.pk, "spaceId": made.pk, "accessTokenId": token.pk}
    record(actor, Action.OPEN_EMBED, guest_in(guest, made), payload=payload)
    return Embedded(made, guest, token)


def _check_no_wider(environment: Environment, ways: list[str] | None) -> None:
    """A publishable key is public: it opens no way in that its environment has closed, and none without its own."""
    allowed = environment.guest_authentication
    if SHARED_LINK not in allowed or (ways is not None and not set(ways) <= set(allowed)):
        raise SharedLinkOff(field="guestAuthentication")


def _guest(actor: Actor, environment: Environment, external_actor_id: str) -> Guest:
    """The guest of that external actor; without one, somebody new.

    A publishable key is public, and an external id may be guessed: it makes nobody a guest who has an address, and
    nobody one guest so often that the guest would lose spaces that are in use.
    """
    made = {"account_id": environment.account_id, "created_by_id": actor.id, "created_by_label": actor.name[:255]}
    is_public = actor.kind is Kind.PUBLISHABLE_KEY
    if not external_actor_id or (is_public and not _may_be(environment, external_actor_id)):
        return Guest.objects.create(environment=environment, **made)
    guest, _ = Guest.objects.get_or_create(environment=environment, external_actor_id=external_actor_id, defaults=made)
    if is_public and hold(guest).email:
        guest = Guest.objects.create(environment=environment, **made)
    guest.environment = environment
    return guest


def _may_be(environment: Environment, external_actor_id: str) -> bool:
    try:
        limits.hit(PER_ACTOR, f"{environment.pk} {external_actor_id}")
    except limits.TooManyAttempts:
        return False
    return True


def _give(actor: Actor, guest: Guest, space: Space) -> AccessToken:
    """The whole space, and a token that holds it alone.

    Of too many embedded spaces the guest loses the oldest: first of those that no token of theirs opens any more.
    """
    hold(guest)
    if not guest.grants.filter(space=space).exists():
        count = guest.grants.count()
        if count >= MOST_GRANTS:
            embedded = guest.grants.filter(via=Grant.Via.EMBED).annotate(is_in_use=Exists(_opening(guest)))
            oldest = embedded.order_by("is_in_use", "created_at", "pk")[: count - MOST_GRANTS + 1]
            if not Grant.objects.filter(pk__in=[grant.pk for grant in oldest]).delete()[0]:
                raise TooManyGrants
        by = {"granted_by_id": actor.id, "granted_by_label": actor.name[:255]}
        Grant.objects.create(account_id=guest.account_id, guest=guest, space=space, via=Grant.Via.EMBED, **by)
    return mint_guest_token(
        guest.pk,
        guest.account_id,
        timezone.now(),
        kind=AccessToken.Kind.SPACE,
        way_in=WayIn(AccessToken.Via.SHARED_LINK.value, space.pk, space.version_of(SHARED_LINK)),
        parent=actor,
        lifetime=SPACE_LIFETIME,
    )


def _opening(guest: Guest) -> QuerySet[AccessToken]:
    """The guest's live tokens for the space of a grant."""
    tokens = AccessToken.objects.filter(guest=guest, kind=AccessToken.Kind.SPACE, space=OuterRef("space"))
    return tokens.filter(revoked_at=None, expires_at__gt=timezone.now())
