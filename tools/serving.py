"""A server of its own with an empty database, for a check that needs one: settings, accounts, start and stop."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tools.local import ROOT, fresh_secrets

STARTS_WITHIN = 60.0


def settings(folder: Path, port: int) -> dict[str, str]:
    given = fresh_secrets() | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BIND": f"127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder}/latchkey.sqlite3",
        "EMAIL_URL": f"filemail:///{folder}/mail",
        "EMBEDDED_WORKER": "0",
    }
    return os.environ | given


def account(environ: dict[str, str], name: str, email: str, password: str) -> Any:
    """Open an account, and return everything a program can start with there."""
    named = ["--account", name, "--email", email, "--password", password, "--json"]
    return json.loads(manage(environ, "bootstrap", *named))


def manage(environ: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"manage.py {arguments[0]} failed.")
    return done.stdout


@contextmanager
def server(environ: dict[str, str], log: Path) -> Iterator[None]:
    """Serve until the end of the block; show the log of a server that did not start."""
    with log.open("w") as output:
        command = [sys.executable, "-m", "gunicorn", "config.wsgi"]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output)
        try:
            if not answers(f"{environ['PUBLIC_URL']}/readyz", process):
                sys.exit(f"The server did not start:\n{log.read_text()}")
            yield
        finally:
            process.terminate()
            process.wait()


def answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the address answers with a 200, as long as the process lives."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=5):  # noqa: S310  our own address
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
