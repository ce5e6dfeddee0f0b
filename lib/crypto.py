"""Every random byte, digest, signature and cipher of the product; nothing here knows what it protects."""

import base64
import functools
import hashlib
import hmac
import json
import secrets
import string
import time
import uuid
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
BASE32 = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is mistaken for something else when it is typed
TOKEN_RANDOM = 30
TOKEN_CHECKSUM = 6
ALGORITHM = "EdDSA"
NONCE_BYTES = 12

# RFC 9864 renames the algorithm to Ed25519; what verifies our tokens elsewhere knows it by the old name.
jws.JWSRegistry.algorithms[ALGORITHM].security_warning = None


class Unreadable(ValueError):
    """A ciphertext or signature that none of our keys made."""


# Tokens as text: prefix + 30 random characters + 6 of checksum


def mint_token(prefix: str) -> str:
    """A fresh secret of 178 random bits, such as `sk_…`, that ends in its own checksum."""
    body = prefix + random_text(TOKEN_RANDOM)
    return body + _checksum(body)


def is_well_formed(text: str, prefix: str) -> bool:
    """Whether the text could be ours. Filters typing errors without a query; proves nothing."""
    if len(text) != len(prefix) + TOKEN_RANDOM + TOKEN_CHECKSUM or not text.startswith(prefix) or not text.isascii():
        return False
    body, checksum = text[:-TOKEN_CHECKSUM], text[-TOKEN_CHECKSUM:]
    return _checksum(body) == checksum


def random_text(length: int) -> str:
    """Letters and digits, each as likely as the others."""
    return base62(secrets.randbelow(62**length), length)


def random_code(length: int) -> str:
    """A code for people to type: 5 bits a character."""
    return "".join(secrets.choice(BASE32) for _ in range(length))


def random_bytes(length: int) -> bytes:
    return secrets.token_bytes(length)


def random_uuid() -> str:
    """A version 4 UUID as text (RFC 9562, section 5.4)."""
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))


def uuid7() -> int:
    """A version 7 UUID as a number (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    return milliseconds << 80 | 0x7 << 76 | random >> 62 << 64 | 0b10 << 62 | random & (1 << 62) - 1


def base62(number: int, width: int) -> str:
    digits = []
    while number:
        number, rest = divmod(number, 62)
        digits.append(BASE62[rest])
    return "".join(reversed(digits)).rjust(width, "0")


# Digests: what a secret is looked up by


def digest(text: str) -> str:
    """HMAC-SHA-256 under the newest pepper, 64 hex digits: what the database keeps instead of a secret."""
    return _hmac(settings.TOKEN_PEPPERS[0], text)


def digests(text: str) -> list[str]:
    """The digest under every accepted pepper, newest first: what a presented secret is looked up by."""
    return [_hmac(pepper, text) for pepper in settings.TOKEN_PEPPERS]


def peppered(text: str) -> dict[str, str]:
    """The columns of a row that is looked up by this text: its digest, and the mark of the pepper that made it."""
    return {"digest": digest(text), "pepper_mark": pepper_marks()[0]}


def pepper_marks() -> list[str]:
    """What tells the accepted peppers apart, newest first: 8 hex digits each, which do not lead back to them."""
    return [_hmac(pepper, "latchkey.pepper")[:8] for pepper in settings.TOKEN_PEPPERS]


def fingerprint(text: str) -> str:
    """SHA-256 in 64 hex digits, under no key: whoever has the text can make it. Tells only whether it is the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Equality in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


# Ciphers: what must be shown again


def seal(text: str, bound_to: str) -> bytes:
    """AES-256-GCM under the newest field key. `bound_to` names the row, so that a copy elsewhere does not open."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _aead(settings.FIELD_KEYS[0]).encrypt(nonce, text.encode(), bound_to.encode())


def unseal(sealed: bytes | memoryview, bound_to: str) -> str:
    """The text that was sealed. Raises Unreadable when no field key opens it here."""
    return _opened(settings.FIELD_KEYS, sealed, bound_to)


def is_newest(sealed: bytes | memoryview, bound_to: str) -> bool:
    """Whether the newest field key opens it: then no older one is needed."""
    try:
        _opened(settings.FIELD_KEYS[:1], sealed, bound_to)
    except Unreadable:
        return False
    return True


def resealed(sealed: bytes | memoryview, bound_to: str) -> bytes | None:
    """The same text under the newest field key; None when that key sealed it. Raises Unreadable."""
    return None if is_newest(sealed, bound_to) else seal(unseal(sealed, bound_to), bound_to)


# Signatures: access tokens as JWTs (RFC 7519, RFC 9068, RFC 8037)


def new_signing_key() -> tuple[str, str]:
    """An Ed25519 pair as two JSON Web Keys in JSON text: (private, public)."""
    key = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": ALGORITHM})
    return json.dumps(key.as_dict(private=True)), json.dumps(key.as_dict(private=False))


def sign(claims: Mapping[str, Any], private_jwk: str, kid: str) -> str:
    """The claims as a compact JWT whose header is exactly alg, typ and kid. Ed25519 makes the same text each time."""
    return jwt.encode({"alg": ALGORITHM, "typ": "at+jwt", "kid": kid}, dict(claims), _jwk(private_jwk), [ALGORITHM])


def unverified_kid(text: str) -> str | None:
    """The key a compact JWT names, if its header is exactly ours; nothing else in it is believed yet."""
    try:
        header = jws.extract_compact(text.encode()).headers()
    except (JoseError, ValueError, TypeError, RecursionError):
        return None
    if set(header) != {"alg", "typ", "kid"} or header["alg"] != ALGORITHM or header["typ"] != "at+jwt":
        return None
    return header["kid"] if isinstance(header["kid"], str) else None


def claimed_subject(text: str) -> str:
    """The subject that a compact JWT claims, to choose who looks at it; empty when there is none. Nothing is proven."""
    try:
        subject = json.loads(jws.extract_compact(text.encode()).payload)["sub"]
    except (JoseError, ValueError, TypeError, KeyError, RecursionError):
        return ""
    return subject if isinstance(subject, str) else ""


def verify(text: str, public_jwk: str) -> dict[str, Any]:
    """The claims of a compact JWT. Raises Unreadable when the signature is not of this key."""
    try:
        return dict(jwt.decode(text, _jwk(public_jwk), [ALGORITHM]).claims)
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise Unreadable("not signed by this key") from error


def _opened(keys: Sequence[str], sealed: bytes | memoryview, bound_to: str) -> str:
    sealed = bytes(sealed)  # PostgreSQL gives a memoryview
    for key in keys:
        try:
            return _aead(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise Unreadable("no field key opens this value")


@functools.lru_cache(maxsize=64)
def _jwk(text: str) -> OKPKey:
    return OKPKey.import_key(json.loads(text))


@functools.lru_cache(maxsize=8)
def _aead(key: str) -> AESGCM:
    return AESGCM(base64.urlsafe_b64decode(key))


def _hmac(pepper: str, text: str) -> str:
    return hmac.digest(pepper.encode(), text.encode("utf-8", "surrogatepass"), "sha256").hex()


def _checksum(body: str) -> str:
    return base62(zlib.crc32(body.encode()), TOKEN_CHECKSUM)
