"""What a guest reads through a data clip, by every route, beside reference code written by hand: the same set.

Random workbooks in which sheets refer to each other, to themselves and to nothing; random clips of them, and random
writes by their guest, by an administrator, and to what is referred to (security.md, goal 25).
"""

import csv
import io
import json
import random

import pytest

from spaces.models import Record, Sheet, Space, Workbook
from tests.knock import call, whole
from tests.places import add_record, give, make_clip, make_guest, share, token_of

pytestmark = pytest.mark.django_db

NAMES = ["ann", "bob", "cyd", "dan", "eve", "fay"]
PLAIN = ("name", "code")


class Book:
    """A workbook, a clip of one of its sheets, and beside them what the reference code believes."""

    def __init__(self, seed, environment, ada):
        self.dice, self.ada = random.Random(seed), ada  # noqa: S311
        at = {"account_id": environment.account_id, "environment": environment}
        space = Space.objects.create(**at, name="Random")
        workbook = Workbook.objects.create(**at, space=space, name="Random")
        self.slugs = [f"sheet-{number}" for number in range(self.dice.randint(2, 4))]
        self.fields = {slug: self.some_fields() for slug in self.slugs}
        self.sheets = {
            slug: Sheet.objects.create(
                **at, space=space, workbook=workbook, name=slug, slug=slug, config=self.config(slug)
            )
            for slug in self.slugs
        }
        self.rows = {slug: {} for slug in self.slugs}
        for slug in self.slugs:
            for number in range(self.dice.randint(2, 7)):
                made = add_record(self.sheets[slug], number + 1, name=self.dice.choice(NAMES), code=number % 4)
                self.rows[slug][made.pk] = {"name": made.values["name"]["value"], "code": number % 4}
        for slug in self.slugs:
            self.fill(slug)
        self.source = self.dice.choice(self.slugs)
        self.clip_it(environment)

    def some_fields(self):
        """Reference fields: key → (slug, key of the other sheet, whether it lists several)."""
        found = {}
        for number in range(self.dice.randint(0, 3)):
            found[f"ref{number}"] = (
                self.dice.choice(self.slugs),
                self.dice.choice(["name", "code", "id"]),
                self.coin(),
            )
        return found

    def config(self, slug):
        fields = [{"key": "name", "type": "string"}, {"key": "code", "type": "number"}]
        for key, (ref, named, is_list) in self.fields[slug].items():
            config = {"ref": ref} | ({"key": named} if named != "id" or self.coin() else {})
            fields.append({"key": key, "type": "reference-list" if is_list else "reference", "config": config})
        return {"name": slug, "slug": slug, "fields": fields}

    def fill(self, slug):
        """Every record refers to something, to what is not there, or to nothing."""
        for id, row in self.rows[slug].items():
            row |= {key: self.value(slug, key) for key in self.fields[slug]}
            Record.objects.filter(pk=id).update(values=cells(row), text=" ".join(words(row)))

    def value(self, slug, key):
        ref, named, is_list = self.fields[slug][key]
        there = [id if named == "id" else row[named] for id, row in self.rows[ref].items()]
        picked = self.dice.choices([*there, "nothing", 77], k=self.dice.randint(0, 3) if is_list else 1)
        if is_list:
            return [text(one) for one in picked]
        return None if self.dice.random() < 0.2 else picked[0]

    def clip_it(self, environment):
        rows = self.rows[self.source]
        chosen = self.dice.sample(sorted(rows), self.dice.randint(1, len(rows)))
        self.clip = make_clip(self.ada.actor, self.sheets[self.source], *Record.objects.filter(pk__in=chosen))
        copied = {copy.record_id: copy.origin_id for copy in self.clip.copies.all()}
        self.copies = {id: dict(rows[origin]) for id, origin in copied.items()}
        self.trusted = {
            (id, key): listed(row[key]) for id, row in self.copies.items() for key in self.fields[self.source]
        }
        cleo = make_guest(environment, f"cleo{self.clip.pk.lower()}@guest.example")
        give(cleo, self.clip.space, workbooks=[])
        share(self.clip, cleo)
        self.guest = token_of(cleo)

    def coin(self):
        return self.dice.random() < 0.5

    # What happens

    def step(self, pat):
        deeds = [self.write, self.write, self.write, self.add, self.remove, self.rename, self.forget]
        self.dice.choice(deeds)(pat)

    def write(self, pat):
        """A reference of a copy is written: by its guest, or by somebody who sees everything."""
        if not self.copies or not self.fields[self.source]:
            return
        id, key, is_trusted = self.dice.choice(sorted(self.copies)), self.key(), self.coin()
        value = self.value(self.source, key)
        body = [{"id": id, "values": {key: {"value": value}}}]
        assert self.put(pat if is_trusted else self.guest, self.clip.sheet_id, body) == 200
        is_trusted &= value != self.copies[id].get(key)  # what is written back unchanged is nobody's word
        self.copies[id][key] = value
        if is_trusted:
            self.trusted[id, key] = listed(value)

    def add(self, pat):
        """Its guest adds a record that refers to things."""
        row = {"name": "new", "code": 9} | {key: self.value(self.source, key) for key in self.fields[self.source]}
        path = f"/v1/sheets/{self.clip.sheet_id}/records"
        made = call("POST", path, self.guest, [{key: {"value": value} for key, value in row.items()}])
        self.copies[made.json()["data"]["records"][0]["id"]] = row

    def remove(self, pat):
        if len(self.copies) > 1:
            id = self.dice.choice(sorted(self.copies))
            call("DELETE", f"/v1/sheets/{self.clip.sheet_id}/records?ids={id}", self.guest)
            del self.copies[id]
            self.trusted = {at: values for at, values in self.trusted.items() if at[0] != id}

    def rename(self, pat):
        """What is referred to by name is called something else."""
        slug = self.dice.choice(self.slugs)
        if self.rows[slug]:
            id, name = self.dice.choice(sorted(self.rows[slug])), self.dice.choice(NAMES)
            assert self.put(pat, self.sheets[slug].pk, [{"id": id, "values": {"name": {"value": name}}}]) == 200
            self.rows[slug][id]["name"] = name

    def forget(self, pat):
        slug = self.dice.choice(self.slugs)
        if self.rows[slug]:
            id = self.dice.choice(sorted(self.rows[slug]))
            call("DELETE", f"/v1/sheets/{self.sheets[slug].pk}/records?ids={id}", pat)
            del self.rows[slug][id]

    def key(self):
        return self.dice.choice(sorted(self.fields[self.source]))

    def put(self, bearer, sheet_id, body):
        return call("PUT", f"/v1/sheets/{sheet_id}/records", bearer, body).status_code

    # The reference: what should be seen

    def seen(self):
        """Sheet id → record id → row, of everything that the guest should see."""
        found = {self.clip.sheet_id: self.copies}
        for slug in self.slugs:
            named = [
                (self.fields[self.source][key][1], value)
                for (_, key), values in self.trusted.items()
                if slug != self.source and self.fields[self.source][key][0] == slug
                for value in values
            ]
            if named:
                rows = self.rows[slug].items()
                hits = {id: row for id, row in rows if any(holds(id, row, key, value) for key, value in named)}
                found[self.sheets[slug].pk] = hits
        return found

    def links(self, seen, slug, row):
        """Field key → the ids it leads to, of the fields that refer to a sheet that is seen."""
        found = {}
        for key, (ref, named, _) in self.fields[slug].items():
            there = seen.get(self.sheets[ref].pk)
            if there is not None:
                values = listed(row.get(key))
                found[key] = sorted(
                    {id for value in values for id, one in there.items() if holds(id, one, named, value)}
                )
        return found

    def slug_of(self, sheet_id):
        return next((slug for slug, sheet in self.sheets.items() if sheet.pk == sheet_id), self.source)


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


# The routes: what is seen


def check(book, pat):
    seen = book.seen()
    listed_sheets = read(book.guest, f"/v1/sheets?workbookId={book.clip.workbook_id}").json()["data"]
    assert {sheet["id"] for sheet in listed_sheets} == set(seen)
    everything = [id for rows in [*book.rows.values(), book.copies] for id in rows]
    for sheet in [*book.sheets.values(), book.clip.sheet]:
        path = f"/v1/sheets/{sheet.pk}"
        if sheet.pk not in seen:
            for rest in ("", "/records", "/counts", "/cells?distinct=true&fieldKey=name", "/download"):
                assert read(book.guest, path + rest).status_code == 404
            continue
        check_records(book, path, seen[sheet.pk], everything)
        check_the_rest(book, path, seen[sheet.pk])
        check_links(book, path, seen, sheet.pk)
    preview = read(pat, f"/v1/data-clips/{book.clip.pk}/preview").json()["data"]
    assert {one["sheet"]["id"]: {record["id"] for record in one["records"]} for one in preview} == {
        id: set(rows) for id, rows in seen.items()
    }
    assert {one["sheet"]["id"]: one["counts"]["total"] for one in preview} == {id: len(seen[id]) for id in seen}


def check_records(book, path, rows, everything):
    assert ids(book, path, "") == set(rows)
    assert ids(book, path, "sortField=name&sortDirection=desc") == set(rows)
    assert ids(book, path, "filter=valid") == set(rows)
    assert ids(book, path, "filter=error") == set()
    asked = "&".join(f"ids={id}" for id in everything[:100])
    assert ids(book, path, asked) == set(rows) & set(everything[:100])
    assert walked(book, path) == list(dict.fromkeys(walked(book, path)))
    assert set(walked(book, path)) == set(rows)
    for word in book.dice.sample(NAMES, 2):
        hits = {id for id, row in rows.items() if word in " ".join(words(row))}
        assert ids(book, path, f"searchValue={word}") == hits
        named = {id for id, row in rows.items() if word in row["name"]}
        assert ids(book, path, f"searchValue={word}&searchField=name") == named
        counts = read(book.guest, f"{path}/counts?searchValue={word}").json()["data"]["counts"]
        assert counts["total"] == len(hits)


def check_the_rest(book, path, rows):
    assert read(book.guest, f"{path}/counts").json()["data"]["counts"]["total"] == len(rows)
    found = read(book.guest, f"{path}/cells?distinct=true&includeCounts=true").json()["data"]
    for key in PLAIN:
        values = sorted(row[key] for row in rows.values())
        assert [(one["value"], one["counts"]["total"]) for one in found[key]] == [
            (value, values.count(value)) for value in dict.fromkeys(values)
        ]
    every = read(book.guest, f"{path}/cells?distinct=false&fieldKey=name").json()["data"]["name"]
    assert sorted(one["value"] for one in every) == sorted(row["name"] for row in rows.values())
    lines = list(csv.reader(io.StringIO(whole(read(book.guest, f"{path}/download")).content.decode())))
    assert sorted(line[0] for line in lines[1:]) == sorted(row["name"] for row in rows.values())


def check_links(book, path, seen, sheet_id):
    slug = book.slug_of(sheet_id)
    for record in read(book.guest, f"{path}/records?includeLinks=true").json()["data"]["records"]:
        row = seen[sheet_id][record["id"]]
        found = {
            key: sorted({link["id"] for link in cell["links"]})
            for key, cell in record["values"].items()
            if "links" in cell
        }
        assert found == {key: ones for key, ones in book.links(seen, slug, row).items() if key in record["values"]}


def ids(book, path, query):
    return {record["id"] for record in read(book.guest, f"{path}/records?{query}").json()["data"]["records"]}


def walked(book, path):
    cursor, found = "", []
    while cursor is not None:
        page = read(book.guest, f"{path}/records?pageSize=2&after={cursor}").json()
        found += [record["id"] for record in page["data"]["records"]]
        cursor = page["next"]
    return found


def read(bearer, path):
    return call("GET", path, bearer)


@pytest.mark.parametrize("seed", range(3))
def test_a_guest_reads_what_the_reference_says_by_every_route(seed, development, ada, pat):
    tell(seed, development, ada, pat)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(100, 300))
def test_so_do_the_guests_of_200_workbooks(seed, development, ada, pat):
    tell(seed, development, ada, pat)


def tell(seed, development, ada, pat):
    book = Book(seed, development, ada)
    check(book, pat)
    for _ in range(8):
        book.step(pat)
    check(book, pat)
