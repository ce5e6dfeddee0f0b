"""Who may do one action to one thing: the members, keys, tokens or guests of the account, a page at a time."""

from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Resource, Role
from access.areas import includes
from access.explain import OF_ANOTHER, Principal
from access.given import Within
from access.policy import can, require
from access.queries import possible
from access.tables import OWN, OWNED, UNFENCED, WITHIN
from accounts.credentials import member_principals
from accounts.models import Member, RoleAssignment
from config.closing import closing
from config.explaining import PRINCIPALS
from config.things import find
from environments.models import ApiKey
from guests.models import Grant, Guest
from lib.paging import keyset
from tokens.models import PersonalAccessToken

SIZE = 50
FRESH = "fresh_session"  # the most a member can come with


class May(NamedTuple):
    """Somebody who may, by which rule, and whether only right after giving the password."""

    actor: Actor
    label: str
    rule: str
    reason: str
    wants_fresh_proof: bool

    @property
    def id(self) -> str:
        """Of the key or token, else of the member or guest."""
        return self.actor.credential.id or self.actor.id

    @property
    def words(self) -> str:
        """With what they come; of a guest, whose tokens are many, the address."""
        if self.actor.kind.is_guest:
            return f"Guest · {self.actor.email}" if self.actor.email else "Guest"
        return self.actor.kind.words.capitalize()


class Everybody(NamedTuple):
    """A page of those who may, and the cursor behind it. Whoever may not is left out, so a page may be short."""

    resource: Resource
    found: list[May]
    next: str | None


def explain_everybody(
    asker: Actor,
    action: Action,
    resource_id: str,
    *,
    kind: str = "member",
    way: str = FRESH,
    after: str = "",
    size: int = SIZE,
) -> Everybody:
    """Those of one kind of principal who may do this to that. For administrators of the whole account.

    Raises Forbidden, NotFound, WrongResource, BadCursor.
    """
    possible(asker, Action.VIEW_ACCESS)
    resource = find(asker, resource_id, action)
    check_may_ask(asker)
    page = keyset(_candidates(kind, asker.account_id or "", action, resource), after, size=size)
    load = partial(member_principals, way=way) if kind == "member" else PRINCIPALS[kind].load
    principals = load([row.pk for row in page.rows])
    found = [(principals[row.pk], row.name) for row in page.rows if row.pk in principals]
    closed = closing(action, resource)
    open_to = ((principal, name) for principal, name in found if not closed(principal.actor))
    judged = (_judged(principal, name or principal.actor.name, action, resource) for principal, name in open_to)
    return Everybody(resource, [one for one in judged if one], page.next)


def check_may_ask(asker: Actor) -> None:
    """Raises Forbidden for everybody but an administrator of the whole account."""
    require(asker, Action.VIEW_ACCESS, Resource("account", asker.account_id or "", asker.account_id))


def _judged(principal: Principal, label: str, action: Action, resource: Resource) -> May | None:
    """What the judge says of one candidate; None for no."""
    actor = principal.actor
    decision = can(actor, action, resource)
    if principal.ended or not decision:
        return None
    stale = actor.but(credential=replace(actor.credential, proven_at=None))
    rule, reason = (OF_ANOTHER.get(text, text) for text in (decision.rule, decision.reason))
    return May(actor, label, rule, reason, not can(stale, action, resource))


# Candidates: never fewer than those who may, so that a page is read and not the account


def _candidates(kind: str, account_id: str, action: Action, resource: Resource) -> QuerySet[Any]:
    if kind == "key":
        keys = ApiKey.objects.live().filter(account_id=account_id)
        return keys if action in UNFENCED else keys.filter(environment_id=resource.environment_id)
    if kind == "guest":
        return _guests(account_id, action, resource)
    members = _members(account_id, action, resource)
    if kind == "token":
        return PersonalAccessToken.objects.live().filter(account_id=account_id, member__in=members)
    return members


def _members(account_id: str, action: Action, resource: Resource) -> QuerySet[Member]:
    """The active members with a role that includes the action where the resource lies, or whose own it is."""
    members = Member.objects.filter(account_id=account_id, deactivated_at=None, user__is_active=True)
    if action in UNFENCED:
        return members
    owner = Q(pk=resource.owner_id) if action in OWNED and resource.owner_id else Q(pk__in=())
    return members.filter(owner | Q(pk__in=_assigned(account_id, action, resource).values("member_id")))


def _guests(account_id: str, action: Action, resource: Resource) -> QuerySet[Guest]:
    """The guests who were given something of the space, came by the link of a clip in it, or have such a role."""
    guests = Guest.objects.filter(account_id=account_id, environment_id=resource.environment_id)
    within = WITHIN.get(action)
    if within is None or resource.environment_id is None:
        return guests.none()
    if within is Within.ENVIRONMENT:
        return guests
    lasting = Grant.objects.lasting(timezone.now()).filter(space_id=resource.space_id)
    there = Q(pk__in=lasting.values("guest_id")) | Q(clip__space_id=resource.space_id)
    given = there if resource.space_id else Q(pk=resource.owner_id)
    return guests.filter(given | Q(pk__in=_assigned(account_id, action, resource).values("guest_id")))


def _assigned(account_id: str, action: Action, resource: Resource) -> QuerySet[RoleAssignment]:
    """Where a role that includes the action is given on the place of the resource, or on a wider one."""
    roles = [role.value for role in Role if action not in OWN and includes(role, action)]
    given = RoleAssignment.objects.filter(account_id=account_id, role__name__in=roles)
    return given.filter(_here("environment_id", resource.environment_id), _here("space_id", resource.space_id))


def _here(field: str, id: str | None) -> Q:
    """On a wider place, or on this one."""
    return Q(**{f"{field}__isnull": True}) | (Q(**{field: id}) if id else Q(pk__in=()))
