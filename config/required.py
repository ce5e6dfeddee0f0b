"""Settings that production refuses to start without, each refusal saying what to set."""

import base64
import binascii
import ipaddress
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

SAMPLES = ("change", "secret", "example", "insecure", "password", "sample", "placeholder", "xxxx")
GENERATE = 'Generate one: python3 -c "import secrets; print(secrets.token_hex(32))"'
GENERATE_KEY = "Generate one: openssl rand -base64 32 | tr '+/' '-_'"
FEWEST_CHARACTERS = 8


class Required:
    """Reads one variable a call. Raises ImproperlyConfigured for what is missing, too short or a sample."""

    def __init__(self, env: Env) -> None:
        self.env = env

    def text(self, name: str, *, at_least: int) -> str:
        value: str = self.env.str(name, default="")
        return _strong(name, value, at_least)

    def texts(self, name: str, *, at_least: int, optional: bool = False) -> list[str]:
        """Comma-separated; the first one writes, all are accepted. `optional`: nothing at all is an empty list."""
        text = self.env.str(name, default="").strip()
        if optional and not text:
            return []
        values = [value.strip() for value in text.split(",")]
        return [_strong(name, value, at_least) for value in values]

    def keys(self, name: str) -> list[str]:
        """Comma-separated base64url keys of 32 bytes; the first one encrypts, all decrypt."""
        values = [value.strip() for value in self.env.str(name, default="").split(",")]
        return [_key(name, value) for value in values]

    def public_url(self, name: str, *, debug: bool) -> str:
        value = self.env.str(name, default="").rstrip("/")
        url = urlsplit(value)
        beside = url.path or url.query or url.fragment or "@" in url.netloc
        if url.scheme not in ("http", "https") or not url.hostname or beside:
            raise ImproperlyConfigured(
                f"Set {name} to the address people reach the server at: https://latchkey.example.com"
            )
        if url.scheme == "http" and not debug and not is_loopback(url.hostname):
            raise ImproperlyConfigured(f"{name} must begin with https:// unless its host is a loopback address.")
        return value

    def hosts(self, name: str) -> list[str]:
        values = [value.strip() for value in self.env.list(name, default=[]) if value.strip()]
        if not values:
            raise ImproperlyConfigured(f"Set {name} to the host names the server answers to, comma-separated.")
        if any("*" in value for value in values):
            raise ImproperlyConfigured(f"{name} may not hold a *: name each host.")
        return values


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _strong(name: str, value: str, at_least: int) -> str:
    if not value:
        raise ImproperlyConfigured(f"Set {name}. {GENERATE}")
    if len(value) < at_least:
        raise ImproperlyConfigured(f"{name} needs at least {at_least} characters. {GENERATE}")
    if len(set(value)) < FEWEST_CHARACTERS or any(sample in value.lower() for sample in SAMPLES):
        raise ImproperlyConfigured(f"{name} looks like a sample. {GENERATE}")
    return value


def _key(name: str, value: str) -> str:
    if not value:
        raise ImproperlyConfigured(f"Set {name}. {GENERATE_KEY}")
    try:
        raw = base64.b64decode(value, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        raise ImproperlyConfigured(f"{name} must hold base64url keys of 32 bytes. {GENERATE_KEY}")
    if len(set(raw)) < FEWEST_CHARACTERS:
        raise ImproperlyConfigured(f"{name} looks like a sample. {GENERATE_KEY}")
    return value
