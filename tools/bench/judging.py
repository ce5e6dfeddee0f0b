"""What was measured, as the rows of the table."""

from __future__ import annotations

import statistics
from typing import Any

from tools.bench import revoking, servers
from tools.bench.rounds import Contender, cpu_ratio, rate_ratio
from tools.bench.servers import Inside
from tools.bench.table import Row

BATCHES, BATCH = 25, 50
WHOAMI = "/v1/auth/whoami"
LESS = {"other knox": (2.5, 3.5), "other token": (1.7, 2.2), "other key": (1.4, 1.8)}


def served(runs: dict[str, Contender], is_full: bool) -> list[Row]:
    """Rows 1, 3, 7, 8 and 10: requests through a server."""
    pat, floor = runs["pat"], runs["floor"]
    rows = [
        Row("1", "PAT, requests a second against the floor", rate_ratio(pat, floor), 0.55, 0.70, at_most=False),
        Row("1", "PAT, CPU against the floor", cpu_ratio(pat, floor), 1.75, 1.45),
    ]
    for other, (gate, stretch) in LESS.items():
        if other in runs:
            ratio = cpu_ratio(runs[other], pat)
            rows.append(Row("3", f"CPU of {runs[other].name} against PAT", ratio, gate, stretch, at_most=False))
    grown = 100 * (cpu_ratio(pat, runs["alone"]) - 1)
    late, offset = cpu_ratio(runs["log late"], runs["log first"]), cpu_ratio(runs["log offset"], runs["log late"])
    return [
        *rows,
        Row("7", "PAT, CPU among all tokens against the only one", grown, 15, 10, "%", is_judged=is_full),
        Row("8", "PAT, CPU for one of 1,000 of a person against one of 1", cpu_ratio(runs["crowd"], pat), 1.1, 1.05),
        Row("10", "deepest page of the log, CPU against the first", late, 1.3, 1.1, is_judged=is_full),
        Row("10", "the same page by OFFSET, CPU against the cursor", offset, 20, 100, at_most=False, is_judged=is_full),
    ]


def inside(given: dict[str, Any], environs: dict[str, dict[str, str]], postgres: int, has_peers: bool) -> list[Row]:
    """Rows 5, 6, 12 and 13: the application alone."""
    with servers.inside(environs["ours"]) as ours:
        rows = []
        if has_peers:
            with servers.inside(environs["peers"]) as peers:
                ratio = paired(postgres, ours, (WHOAMI, given["pat"][0][1]), peers, ("/jwt", given["jwt"][0]))
            rows.append(Row("5", "PAT against simplejwt stateless, in process", ratio, 1.15, 1.0))
        rows += [statements(ours, given, kind, gate) for kind, gate in (("key", 1), ("pat", 2), ("access", 2))]
        rows.append(Row("12", "one decision of the policy", 1e6 * ours.ask("can"), 20, 8, "µs"))
        few, many = ours.ask("pages", number=10), ours.ask("pages", number=1000)
    for name in few:
        rows.append(Row("13", f"page of 1,000 {name}, queries", many[name], 12, 8, ""))
        rows.append(Row("13", f"the same, more than with 10 {name}", many[name] - few[name], 0, 0, ""))
    return rows


def paired(postgres: int, ours: Inside, mine: tuple[str, str], peers: Inside, theirs: tuple[str, str]) -> float:
    """The median, over batches in turn, of how many times the CPU of theirs ours takes."""
    ratios = []
    for batch in range(BATCHES + 1):
        one, other = ours.cpu(postgres, *mine, BATCH), peers.cpu(postgres, *theirs, BATCH)
        if batch:  # the first only warms up
            ratios.append(one / other)
    return statistics.median(ratios)


def statements(ours: Inside, given: dict[str, Any], kind: str, gate: int) -> Row:
    """Row 6: what it costs to know who asks and what they may do, of a request that reads nothing else."""
    told = ours.ask("queries", path=WHOAMI, authorization=given[kind][0][1])
    return Row("6", f"SQL to authenticate and judge ({kind})", len(told), gate, 1, "")


def revoked(given: dict[str, Any], port: int, server: int) -> list[Row]:
    """Row 9: what still opens something once it is revoked."""
    rows = []
    for way, by_sql in (("the 2xx of its revocation", False), ("its DELETE in the database", True)):
        victims = [revoking.Victim(**one) for one in given["victims"]["sql" if by_sql else "api"]]
        proof = revoking.prove(port, server, servers.WORKERS, victims, by_sql=by_sql)
        what = f"let in after {way}, of {proof.knocks:,} at {proof.workers} workers"
        rows.append(Row("9", what, proof.accepted, 0, 0, ""))
    return rows
