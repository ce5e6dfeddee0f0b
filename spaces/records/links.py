"""The records that cells refer to, in other sheets of the same workbook: by value, and only those one may read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from access.actors import Actor
from access.queries import visible
from lib.ids import is_id
from lib.problems import InvalidInput
from spaces.models import Record, Sheet
from spaces.records.cells import Cell
from spaces.records.fitting import plain
from spaces.records.reading import readable_records
from spaces.records.references import REFERENCES, is_own_id, key_of, ref_of, referring

MOST = 10_000  # linked records in one answer, for each field
BATCH = 500


class TooManyLinks(InvalidInput):
    code = "too_many_links"
    message = f"A field of these records refers to more than {MOST:,} others. Ask for fewer records at once."
    field = "includeLinks"


Links = Mapping[str, Mapping[str, list[Record]]]


def linked(actor: Actor, sheet: Sheet, records: Collection[Record]) -> Links:
    """Record id → field key → the records its cell refers to, of those that the actor may read."""
    links: dict[str, dict[str, list[Record]]] = defaultdict(dict)
    for field in sheet.fields:
        target = target_of(actor, sheet, field)
        if target is None:
            continue
        values = {one.pk: referring(one, field["key"]) for one in records}
        wanted = {value for named in values.values() for value in named}
        found = matching(readable_records(actor, target), target, key_of(field), wanted)
        for id, named in values.items():
            links[id][field["key"]] = [one for value in named for one in found.get(value, ())]
    return links


def target_of(actor: Actor, sheet: Sheet, field: Mapping[str, Any]) -> Sheet | None:
    """The sheet a field refers to, if the actor may see it. Copies made for a clip are never referred to."""
    if field["type"] not in REFERENCES:
        return None
    ref = ref_of(field)
    sheets = visible(Sheet, actor).filter(workbook_id=sheet.workbook_id, is_clip=False)
    return sheets.filter(slug=ref).first() if isinstance(ref, str) else None


def matching(
    records: QuerySet[Record], target: Sheet, key: str, values: Collection[str], *, most: int = MOST
) -> dict[str, list[Record]]:
    """Value → those of the records that hold it under that key; a sheet without a field `id` is named by record id.

    Raises TooManyLinks, for an answer that left some out would look like one that has them all.
    """
    found: dict[str, list[Record]] = defaultdict(list)
    for number, record in enumerate(_holding(records, target, key, sorted(values))):
        if number == most:
            raise TooManyLinks
        found[_held(record, target, key)].append(record)
    return found


def _holding(records: QuerySet[Record], target: Sheet, key: str, values: list[str]) -> Iterable[Record]:
    for start in range(0, len(values), BATCH):
        some = values[start : start + BATCH]
        if is_own_id(target, key):
            yield from records.filter(pk__in=[value for value in some if is_id(value)])
        else:
            yield from records.alias(named=Cell(key)).filter(named__in=some).order_by("position", "pk")


def _held(record: Record, target: Sheet, key: str) -> str:
    return record.pk if is_own_id(target, key) else plain(record.values[key]["value"])
