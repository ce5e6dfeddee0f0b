"""Proofs exchanged for access tokens: e-mail and password, a client pair, a live access token."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Credential, Origin
from accounts import guessing
from accounts.credentials import membership, prove_password
from accounts.models import Member, User
from events.actions import record
from events.refusals import DeadCredential, record_dead_credential, record_failed_proof
from lib import crypto
from lib.ids import new_id
from lib.problems import BadCredential
from tokens import signing
from tokens.credentials.resolve import KINDS, resolve_access_token
from tokens.models import AccessToken, ClientCredential

LIFETIME = timedelta(hours=24)
CHAIN = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=1)


class BadProof(BadCredential):
    """The same for a wrong password, an unknown address, a deactivated person and a dead pair."""

    code, message = (
        "bad_proof",
        "These credentials are not valid. Check them, or sign in to the dashboard to make new ones.",
    )


class NotRefreshable(BadCredential):
    code = "not_refreshable"
    message = (
        "This access token is not valid any more, or its sign-in is 7 days old (a guest's: 24 hours). "
        "Exchange your credentials again."
    )


@dataclass(frozen=True, slots=True)
class Issued:
    """An access token, its text, and the address of its owner."""

    token: AccessToken
    text: str
    email: str

    @property
    def lifetime(self) -> timedelta:
        return self.token.expires_at - self.token.created_at


def exchange_password(email: str, password: str, origin: Origin, *, account_id: str | None = None) -> Issued:
    """A 24 h access token for an e-mail and password (flatfile-api.md, section 6).

    For the account named, else the one used last. Raises BadProof, TooManyAttempts.
    """
    now = timezone.now()  # before the slow hash: a password that is changed meanwhile leaves nothing behind
    user = prove_password(email, password, origin)
    member = membership(user, account_id) if user else None
    if user and member is None:  # no member of the account that was named
        own = membership(user, None)
        record_failed_proof("exchange:refused", user.email, "Wrong account.", origin, own.account_id if own else None)
    if user is None or member is None:
        raise BadProof
    User.objects.filter(pk=user.pk).update(last_account=member.account_id)
    id = new_id("us_at_")
    token = AccessToken(id=id, kind="password", chain_id=id, auth_time=now)
    return _issue(token, member, now, Action.EXCHANGE_PASSWORD, origin)


def exchange_client(client_id: str, secret: str, origin: Origin) -> Issued:
    """A 24 h access token for a client id and secret, which it dies with. Raises BadProof, TooManyAttempts."""
    attempt = guessing.attempt(f"client {client_id}", origin.ip)
    found = (
        ClientCredential.objects.select_related("member__user", "member__account").filter(client_id=client_id).first()
    )
    if found is None or not _is_proven(found, secret):
        account_id = found.account_id if found else None
        record_failed_proof("exchange:refused", client_id, "Wrong client id or secret.", origin, account_id)
        raise BadProof
    attempt.succeeded()
    now = timezone.now()
    ClientCredential.objects.filter(pk=found.pk).exclude(last_used_at__gt=now - NOTED_EVERY).update(
        last_used_at=now, last_used_client=origin.client, last_used_ip=origin.ip, **crypto.peppered(secret)
    )
    id = new_id("us_at_")
    token = AccessToken(id=id, kind="client", client=found, chain_id=id, auth_time=now)
    return _issue(token, found.member, now, Action.EXCHANGE_CLIENT, origin)


def refresh_access_token(text: str, origin: Origin) -> Issued:
    """A sibling of a live access token: same kind, owner and parent, a full lifetime, the chain's old proof.

    The chain ends 7 days after its proof, and no token outlives it (security.md, ruling 19). Raises NotRefreshable.
    """
    try:
        actor = resolve_access_token(text, origin)
    except DeadCredential as dead:
        record_dead_credential(dead, origin)
        raise NotRefreshable from None
    except BadCredential:
        raise NotRefreshable from None
    if actor is None:
        raise NotRefreshable
    old = AccessToken.objects.select_related("member__account", "member__user", "client").get(pk=actor.credential.id)
    now = timezone.now()
    if old.member is None or old.auth_time + CHAIN <= now:
        raise NotRefreshable
    token = AccessToken(
        id=new_id("us_at_"), kind=old.kind, client=old.client, chain_id=old.chain_id, auth_time=old.auth_time
    )
    return _issue(token, old.member, now, Action.REFRESH_ACCESS_TOKEN, origin)


def _issue(token: AccessToken, member: Member, now: datetime, action: Action, origin: Origin) -> Issued:
    key = signing.current()
    token.account, token.member, token.signing_key = member.account, member, key
    token.created_at, token.expires_at = now, min(now + LIFETIME, token.auth_time + CHAIN)
    credential = Credential(KINDS[token.kind], token.pk, expires_at=token.expires_at)
    actor = Actor(member.pk, member.name, member.account_id, credential, now, origin=origin)
    with transaction.atomic():
        token.save(force_insert=True)
        record(actor, action, actor.resource, payload={"accessTokenId": token.pk})
    return Issued(token, signed(token, key.private), member.user.email)


def signed(token: AccessToken, private_jwk: str) -> str:
    """The token's text, made from its row: ids only, no rights (RFC 9068, section 2.2)."""
    claims = {
        "iss": settings.PUBLIC_URL,
        "aud": settings.PUBLIC_URL,
        "sub": token.member_id or token.guest_id,
        "iat": int(token.created_at.timestamp()),
        "exp": int(token.expires_at.timestamp()),
        "jti": token.pk,
    }
    return crypto.sign(claims, private_jwk, token.signing_key_id)


def _is_proven(client: ClientCredential, secret: str) -> bool:
    """Whether the secret is the pair's, and pair and owner are alive."""
    return any(crypto.same(client.digest, digest) for digest in crypto.digests(secret)) and not has_ended(client)


def has_ended(client: ClientCredential) -> bool:
    """Whether the pair opens nothing any more: deleted, its owner inactive, or from before a password reset."""
    member, user = client.member, client.member.user
    return (
        client.revoked_at is not None
        or member.deactivated_at is not None
        or not user.is_active
        or client.created_at < user.tokens_not_before
    )
