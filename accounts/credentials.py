"""Proofs of people: the password, the dashboard session it opens, and the confirmation of it (sudo)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Credential, Grant, Kind, Origin, Role
from access.ceilings import Step
from access.explain import OWNER_INACTIVE, WAYS, Principal
from access.origins import origin_of
from accounts import guessing
from accounts.models import LONGEST_PASSWORD, Member, User
from events.actions import record
from events.refusals import record_failed_proof
from lib import emails
from lib.ids import is_id
from lib.problems import InvalidInput, NotFound

IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=1)
ROLES = ("assignments__role__name", "assignments__environment_id", "assignments__space_id")
COLUMNS = ("pk", "name", "account_id", *ROLES)


class WrongPassword(InvalidInput):
    code, message = "wrong_password", "That is not your password. Try again."
    field = "password"


def prove_password(email: str, password: str, origin: Origin) -> User | None:
    """The login this address and password prove, if it is active and a member somewhere. Counted and recorded.

    Raises TooManyAttempts before anything is hashed. Takes as long for an address that does not exist.
    """
    try:
        address = emails.canonical(email)
    except emails.BadEmail:
        address = ""
    attempt = guessing.attempt(address or "no address", origin.ip)
    user = User.objects.filter(email=address).first()
    memberships = list(Member.objects.filter(user__email=address, deactivated_at=None).order_by("created_at"))
    good = _matches(user, password)
    if user and good and user.is_active and memberships:
        attempt.succeeded()
        return user
    account_id = memberships[0].account_id if memberships else None
    record_failed_proof("sign-in:refused", address or "not an address", "Wrong e-mail or password.", origin, account_id)
    return None


def _matches(user: User | None, password: str) -> bool:
    if user is None:
        make_password(password[:LONGEST_PASSWORD])  # the same work as for a login that exists
        return False
    return user.check_password(password)


def sign_in(request: HttpRequest, user: User) -> Actor | None:
    """Begin the session of somebody who has just proven to be this user, and record it."""
    now = timezone.now()
    request.session["signed_in_at"] = request.session["proven_at"] = request.session["seen_at"] = now.timestamp()
    actor = resolve_session(request)
    if actor:
        Member.objects.filter(pk=actor.id).update(last_seen_at=now)
        record(actor, Action.SIGN_IN, actor.resource)
    return actor


def sign_out(actor: Actor) -> None:
    """Record that a session ends; whoever held it has it thrown away."""
    if actor.is_known:
        record(actor, Action.SIGN_OUT, actor.resource)


def resolve_session(request: HttpRequest) -> Actor | None:
    """The member behind the session cookie, from live rows; None when there is none, or it has ended."""
    user = request.user
    if not isinstance(user, User):
        return None
    now = timezone.now()
    actor = None if _has_ended(request.session, user, now) else _member_of(user, request.session.get("account_id"), now)
    if actor is None:  # ended, or a member nowhere any more
        request.session.flush()
        request.user = AnonymousUser()
        return None
    _note_seen(request.session, now)
    proven_at = datetime.fromtimestamp(request.session.get("proven_at", 0), tz=now.tzinfo)
    return actor.but(credential=Credential(Kind.SESSION, proven_at=proven_at), origin=origin_of(request))


def reauthenticate(request: HttpRequest, password: str) -> Actor:
    """Confirm the password of the session's owner, for the next 10 minutes (sudo).

    Sets request.actor to the actor with the fresh proof. Raises WrongPassword, TooManyAttempts.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    user = prove_password(actor.email, password, actor.origin)
    if user is None or user != request.user:
        raise WrongPassword
    now = timezone.now()
    request.session.cycle_key()
    request.session["proven_at"] = now.timestamp()
    actor = actor.but(credential=Credential(Kind.SESSION, proven_at=now), at=now)
    record(actor, Action.REAUTHENTICATE, actor.resource)
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def switch_account(request: HttpRequest, account_id: str) -> None:
    """Go on in another account of the same person. Raises NotFound for an account they are not a member of."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = Member.objects.filter(user__email=actor.email, deactivated_at=None)
    member = own.filter(account_id=account_id).first() if is_id(account_id) else None
    if member is None:
        raise NotFound
    request.session["account_id"] = member.account_id
    User.objects.filter(pk=member.user_id).update(last_account=member.account_id)


def membership(user: User, account_id: str | None) -> Member | None:
    """The member a person acts as: in the account named, else the one used last, else the oldest, else None."""
    members = {
        member.account_id: member for member in user.memberships.filter(deactivated_at=None).order_by("-created_at")
    }
    if account_id:
        return members.get(account_id)
    return members.get(user.last_account_id or "") or next(reversed(members.values()), None)


def grants(rows: Iterable[tuple[str | None, str | None, str | None]]) -> tuple[Grant, ...]:
    """Roles as stored, (name, environment id, space id), as grants; a LEFT JOIN's empty row is none."""
    return tuple(Grant(Role(name), environment, space) for name, environment, space in rows if name)


def member_principals(ids: Iterable[str], way: str) -> dict[str, Principal]:
    """Id → the member as they would come in that way (access.explain.WAYS), from the rows a session is made of."""
    now, (kind, is_fresh) = timezone.now(), WAYS[way]
    columns = (*COLUMNS, "user__email", "user__is_active", "deactivated_at")
    found: dict[str, list[Any]] = {}
    for row in Member.objects.filter(pk__in=ids).order_by("assignments__created_at").values_list(*columns):
        found.setdefault(row[0], []).append(row)
    credential = Credential(kind, proven_at=now if is_fresh else None)
    return {
        id: Principal(_actor(rows, credential, now, rows[0][6]), _ended(*rows[0][7:])) for id, rows in found.items()
    }


def _ended(is_active: bool, deactivated_at: datetime | None) -> Step | None:
    return None if is_active and deactivated_at is None else OWNER_INACTIVE


def _member_of(user: User, account_id: str | None, now: datetime) -> Actor | None:
    """One query for the member and all roles: a person is in few accounts and has few roles."""
    rows = list(Member.objects.filter(user=user, deactivated_at=None).order_by("created_at").values_list(*COLUMNS))
    if not rows:
        return None
    accounts = [row[2] for row in rows]
    wanted = account_id or user.last_account_id
    chosen = wanted if wanted in accounts else accounts[0]
    mine = [row for row in rows if row[2] == chosen]
    return _actor(mine, Credential(Kind.SESSION), now, user.email)


def _actor(rows: list[Any], credential: Credential, now: datetime, email: str) -> Actor:
    """The actor of a member's rows of COLUMNS, one for each role."""
    id, name, account_id = rows[0][:3]
    roles = grants(row[3:6] for row in rows)
    return Actor(id, name, account_id, credential, now, grants=roles, email=email)


def _has_ended(session: Any, user: User, now: datetime) -> bool:
    """Idle for an hour, older than a day, or from before a password change (security.md, row 71)."""
    signed_in_at, seen_at = session.get("signed_in_at", 0), session.get("seen_at", 0)
    return (
        now.timestamp() - seen_at > IDLE.total_seconds()
        or now.timestamp() - signed_in_at > ABSOLUTE.total_seconds()
        or signed_in_at < user.sign_ins_not_before.timestamp()
    )


def _note_seen(session: Any, now: datetime) -> None:
    """At most one write a minute."""
    if now.timestamp() - session["seen_at"] > SEEN_EVERY.total_seconds():
        session["seen_at"] = now.timestamp()
