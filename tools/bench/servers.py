"""What is measured: an environment of their own with the others in it, three databases, and the servers on them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from tools.bench import machine
from tools.local import ROOT, VAR, fresh_secrets

HOME = VAR / "bench"
VENV = HOME / "venv"
PYTHON = VENV / "bin" / "python"
PEERS = ["django-rest-knox", "djangorestframework-api-key", "djangorestframework-simplejwt"]
WORKERS, THREADS = 2, 8
STARTS_WITHIN = 60.0
DATABASES = ("ours", "alone", "peers")


@dataclass
class Inside:
    """An application in a process of its own (tools/bench/inside.py), without a server."""

    process: subprocess.Popen[str]

    def ask(self, do: str, **given: Any) -> Any:
        """Have it do something, and wait for what comes of it."""
        assert self.process.stdin  # noqa: S101  for mypy
        assert self.process.stdout  # noqa: S101
        print(json.dumps({"do": do, **given}), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"The application failed when asked for {do} (above).")
        return json.loads(line)

    def cpu(self, postgres: int, path: str, authorization: str, count: int) -> float:
        """Seconds of CPU, the database's included, of that many requests one after the other."""
        before = machine.cpu(self.process.pid, postgres)
        self.ask("requests", path=path, authorization=authorization, count=count)
        return machine.cpu(self.process.pid, postgres) - before


def install() -> bool:
    """Put granian and the others beside our own requirements; whether an index could be reached for that."""
    HOME.mkdir(parents=True, exist_ok=True)
    stamp = VENV / ".bench"
    if not stamp.exists() or stamp.stat().st_mtime < (ROOT / "requirements.txt").stat().st_mtime:
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        uv = ROOT / ".venv" / "bin" / "uv"
        wanted = ["-r", str(ROOT / "requirements.txt"), "granian", *PEERS]
        by_uv: list[str | Path] = [uv, "pip", "install", "-q", "--python", PYTHON, *wanted]
        by_pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *wanted]
        if subprocess.run(by_uv).returncode and subprocess.run(by_pip).returncode:
            return False
        stamp.touch()
    return True


def versions(has_peers: bool) -> str:
    """What was compared, with its versions."""
    names = ["django", "djangorestframework", "psycopg", *(["granian", *PEERS] if has_peers else ["gunicorn"])]
    if not has_peers:
        return ", ".join(f"{name} {version(name)}" for name in names)
    told = f"from importlib.metadata import version; print(*(f'{{n}} {{version(n)}}' for n in {names}), sep=', ')"
    return subprocess.run([PYTHON, "-c", told], capture_output=True, text=True, check=True).stdout.strip()


def environments(ports: dict[str, int], has_peers: bool) -> dict[str, dict[str, str]]:
    """The variables of each server, by the name of its database."""
    shared = os.environ | fresh_secrets() | {"PYTHONPATH": str(ROOT), "ALLOWED_HOSTS": "127.0.0.1"}
    shared |= {"EMBEDDED_WORKER": "0", "WEB_CONCURRENCY": str(WORKERS), "FLOOR_ONLY": "" if has_peers else "1"}
    found = {}
    for name in DATABASES:
        address = f"127.0.0.1:{ports[name]}"
        module = "tools.bench.peers.settings" if name == "peers" else "config.settings"
        own = {"DATABASE_URL": f"postgresql://postgres@/{name}", "BIND": address, "PUBLIC_URL": f"http://{address}"}
        found[name] = shared | own | {"DJANGO_SETTINGS_MODULE": module}
    return found


def create_databases() -> int:
    """Make the three databases; the process id of PostgreSQL itself."""
    with psycopg.connect("user=postgres dbname=postgres", autocommit=True) as postgres:
        for name in DATABASES:
            postgres.execute(f"CREATE DATABASE {name}")
        folder = postgres.execute("SHOW data_directory").fetchone()[0]  # type: ignore[index]
    return int((Path(folder) / "postmaster.pid").read_text().split()[0])


def run(environ: dict[str, str], *arguments: str) -> Any:
    """What a module printed as JSON on its last line."""
    told = subprocess.run(
        [interpreter(environ), "-m", *arguments], env=environ, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    if told.returncode:
        sys.exit(f"{arguments[0]} failed (above).")
    return json.loads(told.stdout.splitlines()[-1])


@contextmanager
def serving(environ: dict[str, str], server: str) -> Iterator[int]:
    """Serve that application meanwhile; the process id of the server."""
    python = interpreter(environ)
    host, _, port = environ["BIND"].partition(":")
    module = "tools.bench.peers.wsgi" if "peers" in environ["DJANGO_SETTINGS_MODULE"] else "config.wsgi"
    command: list[str | Path] = [python, "-m", "gunicorn", module]
    if server == "granian":
        size = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
        where = ["--interface", "wsgi", "--host", host, "--port", port, "--no-ws", "--log-level", "error"]
        command = [VENV / "bin" / "granian", *where, *size, f"{module}:application"]
    process = subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(int(port), process)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def inside(environ: dict[str, str]) -> Iterator[Inside]:
    """An application without a server."""
    module = "tools.bench.peers.wsgi" if "peers" in environ["DJANGO_SETTINGS_MODULE"] else "config.wsgi"
    command = [interpreter(environ), "-m", "tools.bench.inside", module]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environ, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield Inside(process)
        process.stdin.close()  # type: ignore[union-attr]


def interpreter(environ: dict[str, str]) -> str:
    return sys.executable if environ["FLOOR_ONLY"] else str(PYTHON)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("A server did not start (its words are above).")
