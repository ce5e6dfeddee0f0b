"""Start Latchkey on this machine: secrets, database, static files, first account, then the server in this process.

One process does the preparing, because every start of Django costs a second or more.
"""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from pathlib import Path

from tools.local import ROOT, VAR, SecretsLost, generate_secrets, use_local_settings

COLLECTED = VAR / "static.stamp"


def main() -> None:
    os.chdir(ROOT)
    os.umask(0o077)  # the database, its journal and mail are for the owner of the process alone
    try:
        generate_secrets()
    except SecretsLost as lost:
        sys.exit(f"{lost}\nPut back the copy you kept, or start afresh by moving the database away.")
    use_local_settings()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    refuse_a_taken_port()
    prepare()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "config.wsgi"])  # noqa: S606


def refuse_a_taken_port() -> None:
    port = int(os.environ["PORT"])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Something already listens on port {port}. Stop it, or choose another: PORT={port + 1} make run")


def prepare() -> None:
    """Bring database, static files and first account to where the server can start."""
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
    collect_static()
    call_command("first_start")
    connections.close_all()


def collect_static() -> None:
    """Collect the static files, unless nothing they are made from has changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    now = fingerprint()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and COLLECTED.exists() and COLLECTED.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    COLLECTED.write_text(now)


def fingerprint() -> str:
    """Return a digest that moves when a file under static/, the settings or the installed packages change."""
    sources = [*sorted((ROOT / "static").rglob("*")), ROOT / "requirements.txt", ROOT / "config" / "settings.py"]
    seen = [(str(path.relative_to(ROOT)), path.stat().st_mtime_ns, path.stat().st_size) for path in sources]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


if __name__ == "__main__":
    main()
