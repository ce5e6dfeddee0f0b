"""Everybody in turn, round after round, so that what disturbs the machine disturbs all alike."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

from tools.bench import load, machine

SLICE = 0.5


@dataclass
class Contender:
    """Requests to one server, and what each round of them came to."""

    name: str
    port: int
    server: int
    requests: list[bytes]
    connections: int = load.CONNECTIONS
    cpu: list[float] = field(default_factory=list)  # seconds of server and database a request
    rate: list[float] = field(default_factory=list)  # requests a second

    def run(self, postgres: int, seconds: float) -> None:
        before = machine.cpu(self.server, postgres)
        spent = load.drive(self.port, self.requests, seconds=seconds, connections=self.connections)
        self.cpu.append((machine.cpu(self.server, postgres) - before) / spent.requests)
        self.rate.append(spent.requests / spent.seconds)


def measure(contenders: Iterable[Contender], postgres: int, *, rounds: int, seconds: float = SLICE) -> None:
    """One round to warm up, whose numbers are thrown away, then `rounds` of them, each in another order."""
    order = list(contenders)
    for turn in range(rounds + 1):
        random.shuffle(order)
        for contender in order:
            contender.run(postgres, seconds)
        if turn == 0:
            for contender in order:
                contender.cpu.clear()
                contender.rate.clear()
        print(f"\rround {turn} of {rounds}", end="" if turn < rounds else "\n", file=sys.stderr, flush=True)


def cpu_ratio(one: Contender, other: Contender) -> float:
    """How many times the CPU of the other a request of the one takes: the median of the rounds."""
    return statistics.median(mine / theirs for mine, theirs in zip(one.cpu, other.cpu, strict=True))


def rate_ratio(one: Contender, other: Contender) -> float:
    """How many times as many requests a second, the same way."""
    return statistics.median(mine / theirs for mine, theirs in zip(one.rate, other.rate, strict=True))
