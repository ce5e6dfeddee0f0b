"""Where a data clip and its sheet differ, field by field, and what is to become of that (flatfile-api.md, section 18).

What changed on one side only is no conflict. What changed on both is one until it is decided, and again when either
side changes after that.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from spaces.models import ClipRecord, DataClip, Record

CLIP, MAIN, SNAPSHOT = "clip", "main", "snapshot"
CONFLICT, RESOLVE = "conflict", "resolve"
IGNORE, RESTORE = "ignore", "restore"
BATCH = 500

Cells = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what it holds in the clip, in the sheet and held when it was copied, and which of them it will hold.

    `outcome` is empty for a conflict that nobody has decided.
    """

    field: str
    clip: Any
    main: Any
    snapshot: Any
    outcome: str

    @property
    def sides(self) -> dict[str, Any]:
        """What a decision is taken between, and holds for."""
        return {"clip": self.clip, "against": self.main}

    @property
    def value(self) -> Any:
        return {CLIP: self.clip, MAIN: self.main, SNAPSHOT: self.snapshot}[self.outcome]


@dataclass(frozen=True, slots=True)
class Compared:
    """A record of a clip beside the one it was copied from, which may be gone; a new one was copied from none."""

    record: Record
    copy: ClipRecord | None
    main: Record | None
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.copy is None

    @property
    def is_gone(self) -> bool:
        """Whether somebody deleted it from the sheet."""
        return self.copy is not None and self.main is None

    @property
    def fate(self) -> str:
        """What becomes of a record that is gone: `ignore` or `restore`; empty while it is not decided as it is now."""
        decided = self.copy.decided(None) if self.copy and self.is_gone else None
        holds = decided is not None and decided.get("version") == self.record.version
        return str(decided["removedFromMainResolution"]) if decided and holds else ""

    @property
    def has_conflict(self) -> bool:
        return (self.is_gone and not self.fate) or any(not one.outcome for one in self.differences)

    def has_conflict_in(self, key: str) -> bool:
        return any(one.field == key and not one.outcome for one in self.differences)


def compared(clip: DataClip, records: QuerySet[Record] | None = None) -> Iterable[Compared]:
    """The records of the clip in order, each compared with the sheet as it is now."""
    rows = (Record.objects.filter(sheet=clip.sheet_id) if records is None else records).order_by("position", "pk")
    found = list(rows.select_related("copied"))
    for start in range(0, len(found), BATCH):
        part = found[start : start + BATCH]
        mains = _mains(clip, part)
        for record in part:
            copy = _copy_of(record)
            main = mains.get(copy.origin_id) if copy else None
            yield Compared(record, copy, main, differences(record, copy, main) if copy and main else [])


def differences(record: Record, copy: ClipRecord, main: Record) -> list[Difference]:
    """The fields in which the clip and the sheet differ."""
    found = []
    for key in dict.fromkeys([*main.values, *record.values]):
        clip, now, then = (_value(cells, key) for cells in (record.values, main.values, copy.snapshot))
        if _differ(clip, now):
            found.append(Difference(key, clip, now, then, _outcome(copy.decided(key), clip, now, then)))
    return found


def is_stale(decided: dict[str, Any], one: Compared) -> bool:
    """Whether clip or sheet have changed since something was decided between what they held."""
    key = decided.get("field")
    if key is None:
        return one.main is not None or decided.get("version") != one.record.version
    return one.main is None or not _holds(decided, _value(one.record.values, key), _value(one.main.values, key))


def _outcome(decided: dict[str, Any] | None, clip: Any, main: Any, snapshot: Any) -> str:
    if decided and _holds(decided, clip, main):
        return str(decided["resolveTo"])
    if not _differ(clip, snapshot):
        return MAIN
    return CLIP if not _differ(main, snapshot) else ""


def _holds(decided: dict[str, Any], clip: Any, main: Any) -> bool:
    return not _differ(decided.get("clip"), clip) and not _differ(decided.get("against"), main)


def _differ(left: Any, right: Any) -> bool:
    """The number 1 is neither true nor the text 1; nothing and an empty text are the same."""
    left, right = (None if one in ("", []) else one for one in (left, right))
    return left != right or isinstance(left, bool) != isinstance(right, bool)


def _value(cells: Cells, key: str) -> Any:
    return cells.get(key, {}).get("value")


def _copy_of(record: Record) -> ClipRecord | None:
    return getattr(record, "copied", None)


def _mains(clip: DataClip, records: Collection[Record]) -> dict[str, Record]:
    ids = [copy.origin_id for record in records if (copy := _copy_of(record))]
    return {one.pk: one for one in Record.objects.filter(sheet=clip.source_id, pk__in=ids)}
