"""Measure Latchkey beside other ways to authenticate; print a table; exit 1 when a gate is missed.

`make bench ARGS="--rows 10000"` for a quick one. docs/performance.md says how to read it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from contextlib import ExitStack
from typing import Any

from tools.bench import judging, load, machine, rounds, servers
from tools.bench.rounds import Contender, cpu_ratio, rate_ratio
from tools.bench.table import show

FULL = 1_000_000
OFFLINE = """\
No package index could be reached for the others and granian (above): what follows compares with the floor alone,
under gunicorn."""
PLAIN = "DRF view without authentication (the floor)"
OTHERS = {"token": "DRF TokenAuthentication", "knox": "django-rest-knox", "key": "djangorestframework-api-key"}
STATELESS = "simplejwt, stateless (cannot revoke)"


def main() -> int:
    options = arguments()
    has_peers = servers.install()
    if not has_peers:
        print(OFFLINE, file=sys.stderr)
        options.server = "gunicorn"
    postgres = servers.create_databases()
    ports = dict(zip(servers.DATABASES, options.ports, strict=True))
    environs = servers.environments(ports, has_peers)
    given = seeded(environs, options.rows, has_peers)
    with ExitStack() as stack:
        serving = {name: stack.enter_context(servers.serving(environs[name], options.server)) for name in environs}
        runs = line_up(given, ports, serving)
        logs = [run for name, run in runs.items() if name.startswith("log")]
        rounds.measure([run for run in runs.values() if run not in logs], postgres, rounds=options.rounds)
        rounds.measure(logs, postgres, rounds=options.rounds)
        rows = judging.served(runs, options.rows >= FULL)
        rows += judging.inside(given, environs, postgres, has_peers)
        rows += judging.revoked(given, ports["ours"], serving["ours"])
    rows.sort(key=lambda row: int(row.number))
    print(heading(options, has_peers), compared(runs), show([row.cells() for row in rows]), sep="\n\n")
    return int(any(row.is_missed for row in rows))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=FULL, help="tokens in each table")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of which the median counts")
    parser.add_argument("--server", choices=["granian", "gunicorn"], default="granian")
    parser.add_argument("--ports", type=int, nargs=3, default=[8107, 8108, 8109], help="three free ports")
    return parser.parse_args()


def seeded(environs: dict[str, dict[str, str]], number: int, has_peers: bool) -> dict[str, Any]:
    """All databases filled; what was made in them to be measured."""
    print(f"filling the databases with {number:,} tokens each", file=sys.stderr, flush=True)
    given: dict[str, Any] = servers.run(environs["ours"], "tools.bench.seed", str(number))
    given |= servers.run(environs["alone"], "tools.bench.seed", "0")
    peers = servers.run(environs["peers"], "tools.bench.peers.seed", str(number)) if has_peers else {}
    return given | {"others": peers, "jwt": peers.get("jwt", [])}


def line_up(given: dict[str, Any], ports: dict[str, int], serving: dict[str, int]) -> dict[str, Contender]:
    """Everybody who takes part, by name."""

    def one(name: str, where: str, pairs: list[tuple[str, str]], connections: int = load.CONNECTIONS) -> Contender:
        requests = [load.request(path, authorization) for path, authorization in pairs]
        return Contender(name, ports[where], serving[where], requests, connections)

    runs = {"floor": one(PLAIN, "peers", [("/floor", "")])}
    for kind, name in (OTHERS | {"jwt": STATELESS}).items():
        if kind in given["others"]:
            runs[f"other {kind}"] = one(name, "peers", [(f"/{kind}", header) for header in given["others"][kind]])
    for kind in ("pat", "key", "access", "crowd", "alone"):
        where = "alone" if kind == "alone" else "ours"
        runs[kind] = one(f"ours, {NAMES[kind]}", where, [(judging.WHOAMI, header) for _, header in given[kind]])
    runs["read"] = one(f"ours, {NAMES['read']}", "ours", given["pat"])
    for kind, pairs in given["logs"].items():
        runs[f"log {kind}"] = one(f"ours, page of the log: {kind}", "ours", pairs, 2)
    return runs


NAMES = {
    "pat": "personal access token",
    "key": "secret key",
    "access": "access token (JWT and live row)",
    "crowd": "one of a person's 1,000 tokens",
    "alone": "the only token of a database",
    "read": "personal access token, GET /environments/{id}",
}


def heading(options: argparse.Namespace, has_peers: bool) -> str:
    size = f"{servers.WORKERS} workers" + (f" of {servers.THREADS} threads" if options.server == "gunicorn" else "")
    return (
        f"{machine.description()}.\n{servers.versions(has_peers)}.\n"
        f"{options.server}, {size}, {load.CONNECTIONS} connections; PostgreSQL with {options.rows:,} tokens in each "
        f"table (a tenth as many keys and access tokens);\nmedian of {options.rounds} rounds of {rounds.SLICE} s. "
        f"Of ours a request is GET {judging.WHOAMI} unless named otherwise: it resolves\nthe credential against all "
        "that is live, and answers with every action it may do. Of the others it reads what authenticates."
    )


def compared(runs: dict[str, Contender]) -> str:
    """Everybody against the floor."""
    floor = runs["floor"]
    lines = [
        [
            run.name,
            f"{1e6 * statistics.median(run.cpu):.0f} µs",
            f"{cpu_ratio(run, floor):.2f}×" if not name.startswith("log") else "",
            f"{rate_ratio(run, floor):.2f}×" if not name.startswith("log") else "",
        ]
        for name, run in runs.items()
    ]
    return show(lines, ["request", "CPU", "against the floor", "requests a second"])


if __name__ == "__main__":
    sys.exit(main())
