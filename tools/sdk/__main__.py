"""Start a server with an empty database, open two accounts in it, run the official SDK against it, stop the server.

`tools/sdk/run`, or `make sdk`; needs node 20 or newer.
"""

from __future__ import annotations

import json
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.serving import account, free_port, manage, server, settings

HERE = Path(__file__).resolve().parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"


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


if __name__ == "__main__":
    sys.exit(main())
