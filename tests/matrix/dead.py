"""Everything that looks like a credential and opens nothing: ended, forged, of another kind, or none at all."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Account, Member, User
from conftest import Browser, Person
from environments.actions import create_environment, create_key, delete_environment, revoke_key, rotate_key
from environments.models import ApiKey
from lib import crypto
from tests.matrix.minting import actor_of, aged, by_client, by_password, cookie_of, join, made_by, pat, row_of
from tokens import signing
from tokens.actions import create_token, revoke_client, revoke_token
from tokens.models import PersonalAccessToken


def dead_bearers(account: Account, ada: Person) -> dict[str, str]:
    """Name → the text of a bearer that must be refused, always in the same words."""
    return {
        **ended_tokens(account, ada),
        **ended_keys(account, ada),
        **ended_access_tokens(account, ada),
        **forged(account, ada),
        **nonsense(account),
    }


def ended_tokens(account: Account, ada: Person) -> dict[str, str]:
    """Personal access tokens, and what they or others made."""
    deleted, expired = create_token(ada.actor, name="Deleted"), create_token(ada.actor, name="Expired")
    access_token, (pair, of_pair) = by_password(ada), by_client(ada)
    gone, off, reset = (join(account, name) for name in ("gone", "off", "reset"))
    texts = {
        "a deleted token": deleted.secret,
        "a token made by a deleted one": made_by(deleted.secret),
        "an expired token": expired.secret,
        "a token made by an expired one": made_by(expired.secret),
        "a token made through a deleted client pair": made_by(of_pair),
        "a token of a deactivated member": pat(gone),
        "a token of a disabled login": pat(off),
        "a token from before a password reset": pat(reset),
    }
    texts["a token made by an access token that expired"] = made_by(aged(access_token))
    row_of(access_token).update(expires_at=timezone.now())
    revoke_token(ada.actor, deleted.token)
    PersonalAccessToken.objects.filter(pk=expired.token.pk).update(expires_at=timezone.now())
    revoke_client(ada.actor, pair)
    deactivate(gone)
    User.objects.filter(pk=off.member.user_id).update(is_active=False)
    User.objects.filter(pk=reset.member.user_id).update(tokens_not_before=timezone.now())
    return texts


def ended_keys(account: Account, ada: Person) -> dict[str, str]:
    scrapped, development = create_environment(ada.actor, name="scrapped"), account.environments.get(name="development")
    homeless = create_key(ada.actor, scrapped, type=ApiKey.Type.SECRET)
    confined = create_token(ada.actor, name="Confined", environment=scrapped)
    delete_environment(ada.actor, scrapped)
    secret, publishable = (create_key(ada.actor, development, type=type) for type in ApiKey.Type)
    rotated, expired = (create_key(ada.actor, development, type=ApiKey.Type.SECRET) for _ in range(2))
    rotate_key(ada.actor, rotated.key, overlap="now")
    ApiKey.objects.filter(pk=expired.key.pk).update(expires_at=timezone.now())
    revoke_key(ada.actor, secret.key)
    revoke_key(ada.actor, publishable.key)
    return {
        "a deleted secret key": secret.secret,
        "a deleted publishable key": publishable.secret,
        "a key of a deleted environment": homeless.secret,
        "a token confined to a deleted environment": confined.secret,
        "a secret key rotated without overlap": rotated.secret,
        "an expired secret key": expired.secret,
    }


def ended_access_tokens(account: Account, ada: Person) -> dict[str, str]:
    revoked, expired, (pair, of_pair) = by_password(ada), by_password(ada), by_client(ada)
    left, changed = join(account, "left"), join(account, "changed")
    texts = {
        "a revoked access token": revoked,
        "an expired access token": expired,
        "an access token of a deleted client pair": of_pair,
        "an access token of a deactivated member": by_password(left),
        "an access token from before a password change": by_password(changed),
    }
    row_of(revoked).update(revoked_at=timezone.now())
    row_of(expired).update(expires_at=timezone.now())
    revoke_client(ada.actor, pair)
    deactivate(left)
    User.objects.filter(pk=changed.member.user_id).update(sign_ins_not_before=timezone.now())
    return texts


def forged(account: Account, ada: Person) -> dict[str, str]:
    """Signed by whom it should not be, or saying what it should not."""
    text, other = by_password(ada), by_password(ada)
    (head, body, signature), key = text.split("."), signing.current()
    now = int(timezone.now().timestamp())
    claims = {"iss": settings.PUBLIC_URL, "aud": settings.PUBLIC_URL, "sub": ada.member.pk}
    claims |= {"jti": actor_of(text).credential.id, "iat": now, "exp": now + 3600}

    def saying(**what: Any) -> str:
        return crypto.sign({**claims, **what}, key.private, key.pk)

    return {
        "signed by a stranger": crypto.sign(claims, crypto.new_signing_key()[0], key.pk),
        "naming no key of ours": crypto.sign(claims, key.private, "us_jwk_0000000000000000000000"),
        "with its signature cut off": f"{head}.{body}.",
        "with the body of another": f"{head}.{other.split('.')[1]}.{signature}",
        "of another installation": saying(iss="https://other.example", aud="https://other.example"),
        "past its own expiry": saying(exp=now - 1),
        "with no expiry": saying(exp=None),
        "in the name of another": saying(sub=join(account, "victim").member.pk),
        "claiming more than it may": saying(role="Admin"),
    }


def nonsense(account: Account) -> dict[str, str]:
    """None of ours, nearly ours, and pieces of the database that are no credential."""
    key = account.environments.get(name="development").keys.live().filter(type=ApiKey.Type.SECRET).first()
    return {
        "an unknown secret key": crypto.mint_token("sk_"),
        "an unknown publishable key": crypto.mint_token("pk_"),
        "an unknown token": crypto.mint_token("pat_"),
        "a live key under another prefix": f"pk_{key.text[3:]}",
        "a live key cut short": key.text[:-1],
        "a live key in capitals": key.text.upper(),
        "a live key and a space": f"{key.text} ",
        "a live key twice": f"{key.text} {key.text}",
        "a pattern": "sk_%",
        "the id of a key": key.pk,
        "the digest of a key": key.digest,
        "nothing": "",
        "a dummy": "dummy",
    }


def dead_sessions(account: Account, ada: Person) -> dict[str, str]:
    """Name → a session cookie that signs nobody in."""
    absent = join(account, "absent")
    left, out, idle, old, live = (Browser().sign_in(one) for one in (absent, ada, ada, ada, ada))
    signed_out = cookie_of(out)
    out.post("/account/sign-out")
    deactivate(absent)
    for browser, moment, minutes in ((idle, "seen_at", 61), (old, "signed_in_at", 24 * 60 + 1)):
        session = browser.store()
        session[moment] -= minutes * 60
        session.save()
    return {
        "signed out": signed_out,
        "idle for an hour": cookie_of(idle),
        "a day old": cookie_of(old),
        "of a deactivated member": cookie_of(left),
        "signed by another": f"{cookie_of(live)}x",
        "a bare session key": live.store().session_key,
    }


def deactivate(person: Person) -> None:
    Member.objects.filter(pk=person.member.pk).update(deactivated_at=timezone.now())
