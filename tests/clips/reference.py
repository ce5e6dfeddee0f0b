"""What the guest of a data clip should see, computed by hand from plain rows: code that knows nothing of ours."""

import json


def should_see(book):
    """Sheet id → record id → row, of everything that the guest should see."""
    found = {book.clip.sheet_id: book.copies}
    for slug in book.slugs:
        named = [
            (book.fields[book.source][key][1], value)
            for (_, key), values in book.trusted.items()
            if slug != book.source and book.fields[book.source][key][0] == slug
            for value in values
        ]
        if named:
            rows = book.rows[slug].items()
            hits = {id: row for id, row in rows if any(holds(id, row, key, value) for key, value in named)}
            found[book.sheets[slug].pk] = hits
    return found


def should_lead(book, seen, slug, row):
    """Field key → the ids it leads to, of the fields that refer to a sheet that is seen."""
    found = {}
    for key, (ref, named, _) in book.fields[slug].items():
        there = seen.get(book.sheets[ref].pk)
        if there is not None:
            values = listed(row.get(key))
            found[key] = sorted({id for value in values for id, one in there.items() if holds(id, one, named, value)})
    return found


def holds(id, row, key, value):
    return value == (id if key == "id" else text(row[key]))


def listed(value):
    """The values a cell refers by, each once and in order."""
    return list(dict.fromkeys(text(one) for one in (value if isinstance(value, list) else [value]) if one is not None))


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def words(row):
    return [
        text(one).lower()
        for value in row.values()
        for one in (value if isinstance(value, list) else [value])
        if one is not None
    ]


def cells(row):
    return {key: {"value": value, "valid": True, "messages": []} for key, value in row.items()}
