"""What the Access check offers to choose from: as much of each kind as a list has room for; the rest goes by id."""

from typing import Any

from django.db.models import QuerySet

from access.actions import Action
from access.actors import Actor
from access.policy import reach
from access.queries import within
from accounts.models import Account, Member
from environments.models import ApiKey, Environment
from guests.models import Guest
from spaces.models import Space
from tokens.models import ClientCredential, PersonalAccessToken

Option = tuple[str, str]
Group = tuple[str, list[Option]]

MOST = 50


def choices_for(asker: Actor) -> tuple[list[Group], list[Group]]:
    """Whom, and which places and things, the asker may ask about. What stands in both lists is looked up once."""
    members, keys, tokens = _members(asker), _keys(asker), _tokens(asker)
    return actors_for(asker, members, keys, tokens), resources_for(asker, members, keys, tokens)


def actors_for(asker: Actor, members: list[Member], keys: list[ApiKey], tokens: list[Option]) -> list[Group]:
    """Whoever the asker may ask about beside themselves: by the same right that the answer is judged by."""
    others = reach(asker, Action.VIEW_ACCESS)
    people = [one for one in members if one.pk != asker.id and others.contains(one.resource)]
    return _filled(
        ("Members", [(one.pk, f"{one.name} · {one.user.email}") for one in people]),
        ("Guests", _guests(within(Guest, others))),
        ("API keys", [_key(one) for one in keys if others.contains(one.resource)]),
        ("Your tokens", tokens),
        ("Your client pairs", _clients(asker)),
    )


def resources_for(asker: Actor, members: list[Member], keys: list[ApiKey], tokens: list[Option]) -> list[Group]:
    """The places and things the asker may see."""
    spaces = _seen(Space, asker).filter(archived_at=None).select_related("environment").order_by("-created_at", "-pk")
    return _filled(
        ("Account", [(one.pk, one.name) for one in _seen(Account, asker)]),
        ("Environments", [(one.pk, one.word) for one in _seen(Environment, asker).order_by("created_at", "pk")]),
        ("Spaces", [(one.pk, f"{one.name} · {one.environment.name}") for one in spaces[:MOST]]),
        ("API keys", [_key(one) for one in keys]),
        ("Members", [(one.pk, one.name) for one in members]),
        ("Your tokens", tokens),
    )


def _filled(*groups: Group) -> list[Group]:
    return [group for group in groups if group[1]]


def _seen(model: Any, asker: Actor) -> QuerySet[Any]:
    """The rows one may look at; none where the credential never may."""
    return within(model, reach(asker, model.view_action))


def _members(asker: Actor) -> list[Member]:
    active = _seen(Member, asker).filter(deactivated_at=None).select_related("user")
    return list(active.order_by("name", "pk")[:MOST])


def _keys(asker: Actor) -> list[ApiKey]:
    live = _seen(ApiKey, asker) & ApiKey.objects.live()
    return list(live.select_related("environment").order_by("environment__created_at", "-created_at", "-pk")[:MOST])


def _key(key: ApiKey) -> Option:
    return key.pk, f"{key.name} · {key.hint} · {key.environment.name}"


def _guests(guests: QuerySet[Guest]) -> list[Option]:
    """The newest that have an address; whoever came by a shared link goes by id."""
    rows = guests.exclude(email="").select_related("environment").order_by("-created_at", "-pk")[:MOST]
    return [(one.pk, f"{one.called} · {one.environment.name}") for one in rows]


def _tokens(asker: Actor) -> list[Option]:
    rows = _seen(PersonalAccessToken, asker) & PersonalAccessToken.objects.live()
    return [(one.pk, f"{one.name} · {one.hint}") for one in rows.order_by("-created_at", "-pk")[:MOST]]


def _clients(asker: Actor) -> list[Option]:
    rows = _seen(ClientCredential, asker) & ClientCredential.objects.live()
    return [(one.pk, one.description or one.client_id) for one in rows.order_by("-created_at", "-pk")[:MOST]]
