"""How a space is opened from outside: its access token and its link, for whoever may share it."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Kind, Origin
from access.policy import can
from guests.actions.embedding import issue_space_token
from guests.credentials.tokens import BEARERS, guest_actor
from guests.models import SharedLink, why_not_shared
from guests.shared import address_of
from lib.problems import BadCredential
from spaces.models import Space
from tokens.credentials.guests import text_of
from tokens.models import AccessToken

RENEWED_BEFORE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class WaysIn:
    """The text of an access token, and an address that people open; empty where there is none to show."""

    access_token: str = ""
    guest_link: str = ""


def ways_into(actor: Actor, space: Space, *, mints: bool = True) -> WaysIn:
    """What the actor may be shown. A token that ends within the hour is followed by another, unless `mints` is false.

    Whoever came with a space token is shown that one again. The link of a space that opens by its token alone carries
    the token (flatfile-api.md, sections 14 and 23); any other is the public link, while that leads in.
    """
    if actor.kind is Kind.SPACE:
        text = text_of(AccessToken.objects.get(pk=actor.credential.id))
        return WaysIn(text, _address(space, text))
    if actor.kind is Kind.PUBLISHABLE_KEY:
        return _opened_by(actor, space)
    if why_not_shared(space):
        return WaysIn()
    text = _token(actor, space, mints) if can(actor, Action.ISSUE_SPACE_TOKEN, space.resource) else ""
    is_shown = can(actor, Action.VIEW_SHARED_LINK, space.resource)
    return WaysIn(text, (_link(space, text) if is_shown else ""))


def newest_token(space: Space) -> AccessToken | None:
    """The newest access token of the space, if it is alive and lasts for another hour."""
    now = timezone.now()
    found = AccessToken.objects.filter(
        kind=AccessToken.Kind.SPACE, space=space, revoked_at=None, expires_at__gt=now + RENEWED_BEFORE
    )
    token = found.order_by("-created_at", "-pk").first()
    if token is None or token.guest_id is None:
        return None
    try:
        actor = guest_actor(token.pk, token.guest_id, BEARERS, now, Origin())
    except BadCredential:
        return None
    is_inside = actor is not None and actor.places is not None and space.pk in actor.places.whole_spaces
    return token if is_inside else None


def _opened_by(actor: Actor, space: Space) -> WaysIn:
    """What a publishable key is answered: the token that it made the space with, and the address that carries it."""
    token = newest_token(space)
    if token is None or token.parent_key_id != actor.credential.id:
        return WaysIn()
    text = text_of(token)
    return WaysIn(text, _address(space, text))


def _token(actor: Actor, space: Space, mints: bool) -> str:
    token = newest_token(space)
    if token is None and mints:
        token = issue_space_token(actor, space)
    return text_of(token) if token else ""


def _link(space: Space, text: str) -> str:
    link = SharedLink.objects.whole().filter(space=space).order_by("-created_at", "-pk").first()
    if link is None:
        return _address(space, text) if text else ""
    return "" if link.why_dead(timezone.now()) else address_of(link)


def _address(space: Space, text: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('guest_space', args=[space.pk])}?token={text}"
