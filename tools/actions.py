"""Who may do what by default, written into docs/actions.md from the tables that decide it: `make docs`."""

import re
import sys
from pathlib import Path

from access.actions import Action
from access.actors import Kind, Role
from access.tables import CEILINGS, COLUMNS, KINDS, OF_MAKER, OF_MAKER_ALONE, OWN, ROLES, UNFENCED, WITHIN, Verdict

DOCS = Path(__file__).resolve().parent.parent / "docs/actions.md"
ROW = re.compile(r"^\| `(?P<action>[a-z_.]+)` \| (?P<words>.+?) \| (?P<default>[^|]+) \| (?P<topic>[^|]+) \|$")


def main() -> int:
    written = DOCS.read_text()
    if written == (anew := "".join(fresh(line) for line in written.splitlines(keepends=True))):
        return 0
    DOCS.write_text(anew)
    print("docs/actions.md was written anew.")
    return 1 if "--check" in sys.argv else 0


def by_default(action: Action) -> str:
    """The roles, keys and guests that an action is open to; empty for what wants a proof or the system itself."""
    parts = [_people(action), _programs(action), _guests(action)]
    return "; ".join(part for part in parts if part)


def _people(action: Action) -> str:
    if not any(_may(action, kind) for kind in KINDS if kind.is_member):
        return ""
    if action in OWN:
        return "Own"
    if action in UNFENCED:
        return "every member"
    roles = [role.value for role in Role if role is Role.ADMIN or action in ROLES[role]]
    if action in OF_MAKER_ALONE:
        return f"whoever made it ({', '.join(roles)})"
    return ", ".join(roles) + (" (what they made)" if action in OF_MAKER else "")


def _programs(action: Action) -> str:
    return "; ".join(kind.value.replace("_", " ") for kind in KINDS if kind.is_key and _may(action, kind))


def _guests(action: Action) -> str:
    if _may(action, Kind.GUEST) or _may(action, Kind.GUEST_SESSION):
        return {"self": "guests: themselves", "own-clip": "guests (what they made)"}.get(WITHIN[action], "guests")
    return "space token" if _may(action, Kind.SPACE) else ""


def _may(action: Action, kind: Kind) -> bool:
    return CEILINGS[action][COLUMNS[kind]] is not Verdict.NO


def fresh(line: str) -> str:
    """A line of the docs as it should be; what is no row of an action stays as it is."""
    row = ROW.match(line.rstrip("\n"))
    if row is None:
        return line
    default = by_default(Action(row["action"])) or row["default"]
    return f"| `{row['action']}` | {row['words']} | {default} | {row['topic']} |\n"


if __name__ == "__main__":
    sys.exit(main())
