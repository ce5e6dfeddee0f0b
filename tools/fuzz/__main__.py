"""Call a server of its own with whatever its OpenAPI document allows and forbids, once as each kind of caller.

`python -m tools.fuzz [--seconds 60] [--requests 100000]`: for so long in all, or until that many requests are answered.
The database is DATABASE_URL if that is set (`python -m tools.postgres python -m tools.fuzz`), else SQLite. What is
checked, and what is not, is in schemathesis.toml beside this.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tools.local import ROOT, VAR
from tools.serving import account, free_port, manage, server, settings

HERE = Path(__file__).resolve().parent
ERRORS = ("error", "critical")
CALLERS = ("secret-key", "personal-access-token", "access-token", "nobody")


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        environ = settings(Path(folder), free_port())
        environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or environ["DATABASE_URL"]
        manage(environ, "migrate", "--verbosity", "0")
        manage(environ, "collectstatic", "--no-input", "--verbosity", "0")  # pages of refusals need their styles
        log = Path(folder) / "server.log"
        with server(environ, log):
            failed = rounds(asked, environ, log)
        found = bugs(log)
        print(f"── {answered(log)} requests, {len(found)} server errors", flush=True)
        print(*found, sep="\n")
    return 1 if failed or found else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description="Fuzz the API.")
    parser.add_argument("--seconds", type=int, default=60, help="for all callers together (60)")
    parser.add_argument("--requests", type=int, default=0, help="go on until so many are answered")
    parser.add_argument("--only", choices=CALLERS, action="append", help="as this caller alone")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**31), help="to repeat a run")
    return parser.parse_args()


def rounds(asked: argparse.Namespace, environ: dict[str, str], log: Path) -> list[str]:
    """Go round the callers until there is enough; who found something."""
    failed: list[str] = []
    callers, number = asked.only or CALLERS, 0
    while not number or (answered(log) < asked.requests and not failed):
        for caller in callers:
            print(f"── as {caller}, seed {asked.seed + number}", flush=True)
            text = credential(caller, environ, f"{caller}-{number}")
            if schemathesis(environ, text, max(5, asked.seconds // len(callers)), asked.seed + number):
                failed.append(caller)
        number += 1
    return failed


def credential(caller: str, environ: dict[str, str], name: str) -> str:
    """Of a fresh account for each run, so that nothing that a run destroys is another's."""
    if caller == "nobody":
        return ""
    email, password = f"{name}@fuzz.example", secrets.token_hex(16)
    facts = account(environ, name, email, password)
    texts = {"secret-key": facts["environments"][0]["secretKey"], "personal-access-token": facts["personalAccessToken"]}
    return texts.get(caller) or signed_in(environ["PUBLIC_URL"], email, password)


def signed_in(url: str, email: str, password: str) -> str:
    body = json.dumps({"email": email, "password": password}).encode()
    return str(answer_of(f"{url}/v1/auth", body, {"Content-Type": "application/json"})["accessToken"])


def own_id(url: str, text: str) -> str:
    """The id of the credential itself, which the run must not delete."""
    if not text:
        return ""
    return str(
        answer_of(f"{url}/v1/auth/whoami", None, {"Authorization": f"Bearer {text}"})["data"]["credential"]["id"]
    )


def answer_of(url: str, body: bytes | None, headers: dict[str, str]) -> Any:
    with urlopen(Request(url, body, headers), timeout=30) as answer:  # noqa: S310  our own address
        return json.load(answer)


def schemathesis(environ: dict[str, str], text: str, seconds: int, seed: int) -> int:
    """One run. The credential is given in the environment, so that it stands in no list of processes."""
    url = environ["PUBLIC_URL"]
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "--no-color"),
        *("run", f"{url}/api/schema", "--url", url, "--max-time", str(seconds), "--seed", str(seed)),
    ]
    given = os.environ | {"FUZZ_CREDENTIAL": text, "FUZZ_OWN_ID": own_id(url, text), "PYTHONPATH": str(ROOT)}
    VAR.joinpath("cache").mkdir(parents=True, exist_ok=True)
    return subprocess.run(command, cwd=VAR / "cache", env=given).returncode


def answered(log: Path) -> int:
    return sum('"event": "request"' in line for line in log.open())


def bugs(log: Path) -> list[str]:
    """Answers of 500 and more in the log, and what no handler expected: fuzzers can overlook neither."""
    lines: list[dict[str, Any]] = [json.loads(line) for line in log.open() if line.startswith("{")]
    return [
        json.dumps(line) for line in lines if line.get("status", 0) >= 500 or line["level"] in ("error", "critical")
    ]


if __name__ == "__main__":
    sys.exit(main())
