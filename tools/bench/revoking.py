"""Whether anything is let in after it has been revoked, by any process of the server."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import psycopg

from tools.bench import load, machine

EACH = 4  # connections to every worker, at least
MOST = 200  # connections tried until every worker has that many
KNOCKS = 25  # requests on each connection once the credential is revoked
ADDRESSES = {"pat": "/v1/auth/personal-access-tokens/{}", "key": "/v1/auth/api-keys/{}"}
TABLES = {"pat": "tokens_personalaccesstoken", "key": "environments_apikey", "access": "tokens_accesstoken"}


@dataclass
class Victim:
    """A credential that is going to be revoked: its request, its id, and who may revoke it."""

    kind: str
    id: str
    path: str
    authorization: str
    revoker: str


@dataclass
class Proof:
    """How often revoked credentials knocked, how often they were let in, and at how many processes."""

    knocks: int = 0
    accepted: int = 0
    workers: int = 0


def prove(port: int, server: int, workers: int, victims: list[Victim], *, by_sql: bool) -> Proof:
    """Revoke each one while it is in use at every worker, by the API or with a DELETE in the database alone."""
    proof = Proof()
    with psycopg.connect("user=postgres dbname=ours", autocommit=True) as database:
        for victim in victims:
            opened, at = everywhere(port, server, workers)
            text = load.request(victim.path, victim.authorization)
            if {one.status(text) for one in opened for _ in range(3)} != {200}:
                sys.exit(f"A good credential was refused ({victim.kind}).")
            if by_sql:
                database.execute(f"DELETE FROM {TABLES[victim.kind]} WHERE id = %s", [victim.id])  # noqa: S608
            else:
                revoke(port, victim)
            answers = [one.status(text) for _ in range(KNOCKS) for one in opened]
            proof.knocks += len(answers)
            proof.accepted += sum(status != 401 for status in answers)
            proof.workers = at
            for one in opened:
                one.socket.close()
    return proof


def everywhere(port: int, server: int, workers: int) -> tuple[list[load.Connection], int]:
    """Connections of which every worker holds some, and how many workers that are."""
    opened: list[load.Connection] = []
    quick = load.request("/healthz")
    while len(opened) < MOST:
        fresh = load.connect(port, load.CONNECTIONS)
        for one in fresh:
            one.status(quick)  # so that it has been accepted
        opened += fresh
        held = machine.holders(server, port, [one.socket for one in opened])
        by = {pid for pid in held if pid and held.count(pid) >= EACH}
        if len(by) >= workers:
            return opened, len(by)
    sys.exit(f"The server did not spread its connections over {workers} workers.")


def revoke(port: int, victim: Victim) -> None:
    """With a 2xx before this returns."""
    (opened,) = load.connect(port, 1)
    status = opened.status(load.request(ADDRESSES[victim.kind].format(victim.id), victim.revoker, "DELETE"))
    opened.socket.close()
    if status != 200:
        sys.exit(f"The revocation of a {victim.kind} was answered {status}.")
