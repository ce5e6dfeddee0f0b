"""`manage.py rotate_secrets`: everything under the newest secrets, online; `--check` tells when the old ones can go."""

import json
import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from access.actors import Actor
from config.actions import SIGNING_KEY_AGE, rotate_secrets
from config.leftovers import leftovers
from lib.renewal import Tally

REASON = "manage.py rotate_secrets"
MOST_LISTED = 50
LONGEST_AGE = 36_500
FALLBACKS = "SECRET_KEY_FALLBACKS can go 24 hours after SECRET_KEY was changed everywhere; no row tells when."


class Command(BaseCommand):
    help = "Bring what is stored under the newest TOKEN_PEPPER, FIELD_KEYS and signing key. Exit status 0: old can go."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing: say what still needs an old secret")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--signing-key-days",
            type=_days,
            default=SIGNING_KEY_AGE.days,
            metavar="N",
            help="replace a signing key that is N days old (default %(default)s); 0: in any case",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            actor = Actor.system(REASON, timezone.now())
            age = timedelta(days=options["signing_key_days"])
            rotate_secrets(actor, signing_key_age=age, tell=self.tell)
        found = leftovers()
        if options["json"]:
            self.stdout.write(json.dumps(found))
        else:
            self.show(found)
        if not found["ready"]:
            sys.exit(1)

    def tell(self, name: str, tally: Tally) -> None:
        """Progress goes to standard error, so that standard output is the report alone."""
        self.stderr.write(f"{name}: {tally.done:,} renewed")

    def show(self, found: dict[str, Any]) -> None:
        for name in ("TOKEN_PEPPER", "FIELD_KEYS"):
            self.stdout.write(name + _verdict(found[name]))
        because = found["signing_key"]["because"]
        self.stdout.write(f"Signing keys: {because or 'no old one is needed.'}")
        if settings.SECRET_KEY_FALLBACKS:
            self.stdout.write(FALLBACKS)
        for name, count in found["FIELD_KEYS"]["lost"].items():
            self.stdout.write(f"Lost, whatever stays: no field key opens {count:,} of the {name}.")
        waiting = found["TOKEN_PEPPER"]["waiting_for"]
        for row in waiting[:MOST_LISTED]:
            used = row["last_used_at"] or "never"
            self.stdout.write(f"  {row['id']}  {row['hint']}  of {row['owner']} in {row['account']}  last used {used}")
        if len(waiting) > MOST_LISTED:
            self.stdout.write(f"  … and {len(waiting) - MOST_LISTED:,} more: --json lists all")


def _verdict(verdict: dict[str, Any]) -> str:
    old = verdict["values"] - 1
    if not old:
        return f" has one value. {verdict['because'] or 'Nothing needs another.'}"
    subject = "'s last value" if old == 1 else f"'s last {old} values"
    return f"{subject} can go" if verdict["can_go"] else f"{subject} cannot go yet because {verdict['because']}"


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days <= LONGEST_AGE:
        raise ValueError
    return days
