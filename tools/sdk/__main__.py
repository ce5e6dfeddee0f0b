"""Start a server with an empty database, open two accounts in it, run the official SDK against it, stop the server.

`tools/sdk/run`, or `make sdk`; needs node 20 or newer.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tools.local import ROOT, fresh_secrets

HERE = Path(__file__).resolve().parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"
STARTS_WITHIN = 30.0


def main() -> int:
    if not (node := shutil.which("node")) or not (npm := shutil.which("npm")):
        sys.exit("The official SDK needs node 20 or newer, with npm.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    install(npm)
    with tempfile.TemporaryDirectory(prefix="sdk-") as folder:
        environ = settings(Path(folder), free_port())
        manage(environ, "migrate", "--verbosity", "0")
        password = secrets.token_hex(16)
        facts = {
            "url": environ["PUBLIC_URL"],
            "password": password,
            "ours": account(environ, "Northwind", "ada@northwind.example", password),
            "theirs": account(environ, "Lumen", "sam@lumen.example", password),
        }
        with server(environ, Path(folder) / "server.log"):
            # By standard input, so that no secret stands in a list of processes.
            return subprocess.run([node, HERE / "check.mjs"], input=json.dumps(facts), text=True).returncode


def install(npm: str) -> None:
    """Install what package-lock.json says, unless that has been done already."""
    lock = HERE / "package-lock.json"
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= lock.stat().st_mtime:
        return
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    subprocess.run([npm, "ci", *quiet], cwd=HERE, check=True, stdout=subprocess.DEVNULL)


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


if __name__ == "__main__":
    sys.exit(main())
