"""Access tokens taken apart and put together wrongly; the true key signs, unless it is the signature that is wrong."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORDER = 2**252 + 27742317777372353535851937790883648493  # of the group of Ed25519
ABSENT = object()
OTHER_ID = "us_jwk_" + "a" * 22
ALGORITHMS = ("none", "None", "NONE", "nOnE", "", "HS256", "HS384", "HS512", "RS256", "ES256", "PS256")
MORE_ALGORITHMS = (
    "Ed25519",
    "Ed448",
    "eddsa",
    "EDDSA",
    " EdDSA",
    "EdDSA\0",
    None,
    1,
    True,
    ["EdDSA"],
    {"a": 1},
    ABSENT,
)


@dataclass(frozen=True)
class Token:
    """A good token in its parts, and the key that signed it."""

    header: dict[str, Any]
    claims: dict[str, Any]
    key: Ed25519PrivateKey

    @classmethod
    def of(cls, text: str, private_jwk: str) -> "Token":
        header, claims, _ = (json.loads(_decoded(part)) if n < 2 else None for n, part in enumerate(text.split(".")))
        return cls(header, claims, Ed25519PrivateKey.from_private_bytes(_decoded(json.loads(private_jwk)["d"])))

    def text(self, header: Any = None, claims: Any = None, key: Ed25519PrivateKey | None = None) -> str:
        """The token with these parts instead of its own; a part as text stays as it is."""
        signed = f"{_part(header or self.header)}.{_part(claims or self.claims)}"
        return f"{signed}.{encoded((key or self.key).sign(signed.encode()))}"

    def but(self, part: str, name: str, value: Any) -> str:
        """The token with one entry changed, or removed when the value is ABSENT."""
        changed = {**getattr(self, part), name: value}
        if value is ABSENT:
            del changed[name]
        return self.text(**{part: changed})


def algorithms(token: Token) -> Iterator[tuple[str, str]]:
    """Every way to name another algorithm, with our signature and with none."""
    for algorithm in ALGORITHMS + MORE_ALGORITHMS:
        text = token.but("header", "alg", algorithm)
        yield f"alg {algorithm!r}", text
        yield f"alg {algorithm!r}, no signature", text.rpartition(".")[0] + "."
    public = token.key.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    for name, secret in (("raw", raw), ("pem", pem), ("base64", encoded(raw).encode()), ("empty", b"")):
        signed = token.but("header", "alg", "HS256").rpartition(".")[0]
        yield (
            f"HS256 with the public key, {name}",
            f"{signed}.{encoded(hmac.digest(secret, signed.encode(), 'sha256'))}",
        )


def headers(token: Token, attacker: Ed25519PrivateKey) -> Iterator[tuple[str, str]]:
    """Headers that want another key looked up, or mean another kind of token."""
    x = encoded(attacker.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": x}
    for name, value in (
        ("jwk", jwk),
        ("jku", "https://evil.example/jwks.json"),
        ("x5u", "https://evil.example/cert.pem"),
        ("x5c", ["MIIB"]),
        ("x5t", "AAAA"),
        ("crit", ["exp"]),
        ("crit", []),
        ("crit", ["b64"]),
        ("b64", False),
        ("cty", "JWT"),
        ("zip", "DEF"),
        ("nonce", "x"),
    ):
        yield f"{name} {value!r}, ours", token.text(header=token.header | {name: value})
        yield f"{name} {value!r}, theirs", token.text(header=token.header | {name: value}, key=attacker)
    for typ in ("JWT", "jwt", "at+JWT", "application/at+jwt", "rt+jwt", "id+jwt", "", None, 1, ABSENT):
        yield f"typ {typ!r}", token.but("header", "typ", typ)
    kids = (
        OTHER_ID,
        "",
        None,
        1,
        ["x"],
        ABSENT,
        "../../etc/passwd",
        "' OR 1=1 --",
        "\0",
        "é",
        "k" * 10_000,
        "us_jwk_%",
    )
    for kid in kids:
        yield f"kid {str(kid)[:20]!r}", token.but("header", "kid", kid)


def claims(token: Token, other_member: str, other_token: str) -> Iterator[tuple[str, str]]:
    """Claims that are odd, missing, for somebody else or for another installation, under a good signature."""
    iat = token.claims["iat"]
    odd: dict[str, tuple[Any, ...]] = {
        "exp": (ABSENT, None, str(iat + 9_999), iat + 9_999.5, True, -1, 0, iat - 1, [iat + 9_999], {}, "never", ""),
        "iat": (ABSENT, None, str(iat), iat + 0.5, iat + 3_600, [iat], "now"),
        "iss": (ABSENT, None, "https://evil.example", "", ["http://127.0.0.1:8000"], "http://127.0.0.1:8000/"),
        "aud": (ABSENT, None, "https://evil.example", "", ["http://127.0.0.1:8000"], ["http://127.0.0.1:8000", "x"]),
        "sub": (ABSENT, None, other_member, "", 7, [token.claims["sub"]], token.claims["sub"].upper(), "%"),
        "jti": (ABSENT, None, other_token, "", 7, [token.claims["jti"]], "us_at_" + "a" * 22, "'", "\0"),
    }
    for name, values in odd.items():
        for value in values:
            yield f"{name} {value!r}", token.but("claims", name, value)
    for name, value in (("nbf", iat), ("role", "Admin"), ("scope", "*"), ("client_id", "x"), ("admin", True)):
        yield f"more: {name}", token.text(claims=token.claims | {name: value})
    body = json.dumps(token.claims)
    for name, raw in (("1e400", "1e400"), ("NaN", "NaN"), ("Infinity", "Infinity"), ("5,000 digits", "9" * 5_000)):
        yield f"exp {name}", token.text(claims=body.replace(str(token.claims["exp"]), raw))
    for raw in ("[]", "null", '"text"', "7", "{", "", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")):
        yield f"claims {raw!r}", token.text(claims=raw or " ")
    yield "claims 5,000 deep", token.text(claims="[" * 5_000 + "]" * 5_000)


def signatures(token: Token, attacker: Ed25519PrivateKey) -> Iterator[tuple[str, str]]:
    """The right words under a wrong signature, and shapes that are no compact JWT."""
    good = token.text()
    header, payload, signature = good.split(".")
    raw = _decoded(signature)
    malleable = raw[:32] + (int.from_bytes(raw[32:], "little") + ORDER).to_bytes(32, "little")
    for name, wrong in (
        ("none", b""),
        ("zeros", b"\0" * 64),
        ("short", raw[:-1]),
        ("long", raw + b"\0"),
        ("first bit", bytes([raw[0] ^ 1]) + raw[1:]),
        ("last bit", raw[:-1] + bytes([raw[-1] ^ 1])),
        ("malleated", malleable),
        ("a digest", hashlib.sha512(f"{header}.{payload}".encode()).digest()),
    ):
        yield f"signature: {name}", f"{header}.{payload}.{encoded(wrong)}"
    yield "signed by another", token.text(key=attacker)
    yield "other claims under the same signature", f"{header}.{_part(token.claims | {'exp': 2**40})}.{signature}"
    for name, text in (
        ("no dots", good.replace(".", "")),
        ("two parts", f"{header}.{payload}"),
        ("four parts", f"{good}.{signature}"),
        ("five parts", f"{header}.{payload}.{signature}.{payload}.{signature}"),
        ("an empty part", f"{header}..{signature}"),
        ("a dot before", f".{good}"),
        ("padded", f"{good}=="),
        ("a blank inside", f"{header}. {payload}.{signature}"),
        ("standard base64", f"{header}.{payload}.{signature[:-2]}+/"),
        ("reversed", good[::-1]),
        ("upper case", good.upper()),
        ("only a beginning", "eyJ"),
        ("not ASCII", f"{good}é"),
        ("64 kB", good + "a" * 65_536),
    ):
        yield f"shape: {name}", text


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _part(value: Any) -> str:
    return encoded((value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "surrogatepass"))
