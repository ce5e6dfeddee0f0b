"""Which records of other sheets a data clip opens: those that its copies refer to by values that can be trusted.

One step and no further: what the opened records refer to themselves is not opened, and neither are records of the
sheet that was clipped.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from access.actors import Actor
from access.sheets import sees_every_record
from spaces.models import ClipReference, DataClip, Record, Sheet
from spaces.records.cells import Cell
from spaces.records.fitting import plain

REFERENCES = ("reference", "reference-list")
OWN_ID = "id"  # what a reference names unless it says otherwise


def referenced_records(actor: Actor, sheet: Sheet, records: QuerySet[Record]) -> QuerySet[Record]:
    """Of a sheet that is only referred to by data clips of the actor's: what their trusted values name."""
    clips = actor.places.clips - actor.places.own_clips if actor.places else frozenset()
    named = ClipReference.objects.filter(clip__in=clips, sheet_id=sheet.pk)
    condition = Q(pk__in=())
    for number, key in enumerate(sorted(set(named.values_list("key", flat=True)))):
        values = named.filter(key=key).values("value")
        if is_own_id(sheet, key):
            condition |= Q(pk__in=values)
        else:
            records = records.alias(**{f"named_{number}": Cell(key)})
            condition |= Q(**{f"named_{number}__in": values})
    return records.filter(condition)


def trust_references(actor: Actor, clip: DataClip, records: Iterable[Record], written: Collection[str]) -> None:
    """Let the values in the written cells open what they name, where the actor sees all of the sheet they name it in.

    What the cells opened before is closed then. Everybody else's values open nothing and close nothing.
    """
    fields = {field["key"]: target for field, target in _targets(actor, clip) if field["key"] in written}
    records = list(records)
    if not fields or not records:
        return
    ClipReference.objects.filter(clip=clip, record__in=records, field__in=fields).delete()
    keys = {field["key"]: key_of(field) for field in clip.sheet.fields}
    ClipReference.objects.bulk_create(
        [
            ClipReference(clip=clip, record=record, field=field, sheet=target, key=keys[field], value=value)
            for record in records
            for field, target in fields.items()
            for value in dict.fromkeys(referring(record, field))
        ],
        batch_size=1_000,
    )


def _targets(actor: Actor, clip: DataClip) -> Iterable[tuple[Mapping[str, Any], Sheet]]:
    """The reference fields of a clip, each with its sheet, of those sheets that the actor sees all of."""
    fields = [field for field in clip.sheet.fields if field["type"] in REFERENCES]
    slugs = [ref for field in fields if isinstance(ref := ref_of(field), str)]
    found = Sheet.objects.filter(workbook_id=clip.workbook_id, is_clip=False, slug__in=slugs).exclude(pk=clip.source_id)
    sheets = {sheet.slug: sheet for sheet in found.select_related("environment")}
    for field in fields:
        target = sheets.get(ref_of(field))
        if target and sees_every_record(actor, target.resource):
            yield field, target


def ref_of(field: Mapping[str, Any]) -> Any:
    """The slug of the sheet that a field refers to, where it names one."""
    return (field.get("config") or {}).get("ref")


def key_of(field: Mapping[str, Any]) -> str:
    """The field of the other sheet whose value is named."""
    key = (field.get("config") or {}).get("key")
    return key if isinstance(key, str) and key else OWN_ID


def is_own_id(target: Sheet, key: str) -> bool:
    """Whether the key stands for the record's id: where the sheet has no field called `id`."""
    return key == OWN_ID and all(field["key"] != OWN_ID for field in target.fields)


def referring(record: Record, key: str) -> list[str]:
    """The values by which a cell refers to records, as text."""
    value = record.values.get(key, {}).get("value")
    listed = value if isinstance(value, list) else [value]
    return [plain(one) for one in listed if one not in (None, "")]
