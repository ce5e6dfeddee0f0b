"""Random workbooks in which sheets refer to each other, to themselves and to nothing; a clip of each; what happens."""

import random

from spaces.models import Record, Sheet, Space, Workbook
from tests.clips.reference import cells, listed, text, words
from tests.knock import call
from tests.places import add_record, come_in, give, make_clip, make_guest, share, token_of

NAMES = ["ann", "bob", "cyd", "dan", "eve", "fay"]
PLAIN = ("name", "code")


class Book:
    """A workbook, a clip of one of its sheets, and beside them what the reference code believes."""

    def __init__(self, seed, environment, ada):
        self.dice, self.ada = random.Random(seed), ada  # noqa: S311
        self.plan()
        at = {"account_id": environment.account_id, "environment": environment}
        self.space = Space.objects.create(**at, name="Random")
        at |= {"space": self.space, "workbook": Workbook.objects.create(**at, space=self.space, name="Random")}
        self.sheets = {
            slug: Sheet.objects.create(**at, name=slug, slug=slug, config=self.config(slug)) for slug in self.slugs
        }
        self.rows = {slug: self.some_rows(slug) for slug in self.slugs}
        for slug in self.slugs:
            self.fill(slug)
        self.clip_it(environment)

    def plan(self):
        self.slugs = [f"sheet-{number}" for number in range(self.dice.randint(2, 4))]
        self.fields = {slug: self.some_fields() for slug in self.slugs}
        self.source = self.dice.choice(self.slugs)

    def names(self):
        """Of the records of a sheet."""
        return self.dice.choices(NAMES, k=self.dice.randint(2, 7))

    def some_rows(self, slug):
        found = {}
        for number, name in enumerate(self.names()):
            row = {"name": name, "code": number % 4}
            found[add_record(self.sheets[slug], number + 1, **row).pk] = row
        return found

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
        self.guest, self.browser = token_of(cleo), come_in(cleo)

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

    def slug_of(self, sheet_id):
        return next((slug for slug, sheet in self.sheets.items() if sheet.pk == sheet_id), self.source)


class Twins(Book):
    """Two sheets with the same names and codes. What the one is referred to by is in the other as well, and hidden."""

    def plan(self):
        self.slugs, self.source = ["people", "left", "right"], "people"
        keys = [("left", "name", False), ("right", "name", True), ("left", "code", False), ("right", "code", True)]
        self.fields = {"people": {f"ref{number}": found for number, found in enumerate(keys)}, "left": {}, "right": {}}

    def names(self):
        return NAMES

    def value(self, slug, key):
        ref, named, is_list = self.fields[slug][key]
        values = {"left": {"name": NAMES[:3], "code": [0]}, "right": {"name": NAMES[3:], "code": [1]}}[ref][named]
        return [text(one) for one in self.dice.sample(values, 1)] if is_list else self.dice.choice(values)
