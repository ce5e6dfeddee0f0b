"""What a server on this machine runs with: secrets generated once into var/secrets.env, and a loopback address."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
SECRETS = VAR / "secrets.env"

HEADER = """\
# Generated on the first start, readable by you alone. Keep a copy apart from the database: without these
# values nothing in it can be opened again. What is set in the environment wins over this file.
"""


class SecretsLost(Exception):
    """There is a database, but not the secrets it was written with."""


def fresh_secrets() -> dict[str, str]:
    """Return new random secrets, one for each variable a server must be given.

    Hexadecimal where any text does: it can spell none of the words by which settings recognise a sample.
    """
    return {
        "SECRET_KEY": secrets.token_hex(32),
        "TOKEN_PEPPER": secrets.token_hex(32),
        "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }


def generate_secrets() -> None:
    """Write the secrets that neither the environment nor var/secrets.env has; never change one that is there.

    Raises SecretsLost instead of making new ones for a database that was written with others.
    """
    VAR.mkdir(mode=0o700, exist_ok=True)
    VAR.chmod(0o700)
    known = stored_secrets()
    missing = {name: value for name, value in fresh_secrets().items() if name not in known and name not in os.environ}
    if missing and any(VAR.glob("*.sqlite3")) and "DATABASE_URL" not in os.environ:
        raise SecretsLost(f"var/ holds a database, but {', '.join(missing)} is neither in var/secrets.env nor set.")
    if missing:
        write_secrets(known | missing)


def use_local_settings() -> None:
    """Fill what the environment leaves open: the stored secrets, and an address only this machine can reach."""
    for name, value in stored_secrets().items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")
    public = urlsplit(os.environ["PUBLIC_URL"])
    os.environ.setdefault("PORT", str(public.port or 8000))
    hosts = dict.fromkeys(["127.0.0.1", "localhost", public.hostname or "localhost"])
    os.environ.setdefault("ALLOWED_HOSTS", ",".join(hosts))


def stored_secrets() -> dict[str, str]:
    if not SECRETS.exists():
        return {}
    lines = [line.strip() for line in SECRETS.read_text().splitlines()]
    pairs = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in pairs}


def write_secrets(values: dict[str, str]) -> None:
    text = HEADER + "".join(f"{name}={value}\n" for name, value in values.items())
    draft = SECRETS.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(SECRETS)
