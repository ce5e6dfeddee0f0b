"""The budget for guessing a password or client secret: exact, one for all pathways, never a way to lock owners out.

At most 33 failures in any half hour stand against one login, so at most 99 in any hour (security.md, rows 72 and 73):
20 from networks nobody signed in from before, 13 from the ones known to be the owner's. An attacker from unknown
networks spends only the first, and the owner, at home, never meets it. Success gives every hit back.
"""

from dataclasses import dataclass
from datetime import timedelta

from lib import limits
from lib.network import network_of

NETWORK = limits.Limit("proofs from a network", 30, timedelta(minutes=15))
PAIR = limits.Limit("proofs for a login from a network", 10, timedelta(minutes=15))
UNKNOWN = limits.Limit("proofs for a login from unknown networks", 20, timedelta(minutes=30))
KNOWN = limits.Limit("proofs for a login from known networks", 13, timedelta(minutes=30))
RESET = limits.Limit("reset mails to a mailbox", 5, timedelta(hours=1))
RESET_MINUTE = limits.Limit("reset mails to a mailbox in a minute", 1, timedelta(minutes=1))
RESET_NETWORK = limits.Limit("reset mails from a network", 20, timedelta(minutes=1))

REMEMBERED = "network of a login"
REMEMBERED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One counted try. `succeeded` gives it back and remembers the network."""

    subject: str
    network: str
    hits: tuple[limits.Hit, ...]

    def succeeded(self) -> None:
        for hit in self.hits:
            hit.give_back()
        limits.remember(REMEMBERED, f"{self.subject} {self.network}", REMEMBERED_FOR)


def attempt(subject: str, ip: str) -> Attempt:
    """Count one try before anything is hashed. Raises TooManyAttempts, the same whether the login exists or not."""
    network = network_of(ip)
    pair = f"{subject} {network}"
    hits = (limits.hit(NETWORK, network), limits.hit(PAIR, pair))
    total = KNOWN if limits.remembers(REMEMBERED, pair) else UNKNOWN
    return Attempt(subject, network, (*hits, limits.hit(total, subject)))


def unlock(subject: str) -> None:
    """After a mailed proof the owner starts with a whole budget."""
    limits.forget(UNKNOWN, subject)
    limits.forget(KNOWN, subject)


def may_mail_reset(email: str, ip: str) -> bool:
    """Whether one more reset mail may go out. Never an answer to the asker: the page says the same either way."""
    try:
        limits.hit(RESET_NETWORK, network_of(ip))
        limits.hit(RESET_MINUTE, email)
        limits.hit(RESET, email)
    except limits.TooManyAttempts:
        return False
    return True
