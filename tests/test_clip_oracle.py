"""What a guest reads through a data clip, by every route, beside reference code written by hand: the same set.

Random workbooks in which sheets refer to each other, to themselves and to nothing; random clips of them, and random
writes by their guest, by an administrator, and to what is referred to (security.md, goal 25).
"""

import csv
import io
import re

import pytest

from tests.clips.book import NAMES, PLAIN, Book, Twins
from tests.clips.reference import should_lead, should_see, words
from tests.knock import call, whole

pytestmark = pytest.mark.django_db


def check(book, pat):
    seen = should_see(book)
    listed = read(book.guest, f"/v1/sheets?workbookId={book.clip.workbook_id}").json()["data"]
    assert {sheet["id"] for sheet in listed} == set(seen)
    everything = [id for rows in [*book.rows.values(), book.copies] for id in rows]
    for sheet in [*book.sheets.values(), book.clip.sheet]:
        path = f"/v1/sheets/{sheet.pk}"
        if sheet.pk not in seen:
            check_hidden(book, path, sheet)
            continue
        check_records(book, path, seen[sheet.pk], everything)
        check_searches(book, path, seen[sheet.pk])
        check_values(book, path, seen[sheet.pk])
        check_links(book, path, seen, sheet.pk)
    preview = read(pat, f"/v1/data-clips/{book.clip.pk}/preview").json()["data"]
    shown = {one["sheet"]["id"]: {record["id"] for record in one["records"]} for one in preview}
    assert shown == {id: set(rows) for id, rows in seen.items()}
    assert {one["sheet"]["id"]: one["counts"]["total"] for one in preview} == {id: len(seen[id]) for id in seen}


def check_hidden(book, path, sheet):
    for rest in ("", "/records", "/counts", "/cells?distinct=true&fieldKey=name", "/download"):
        assert read(book.guest, path + rest).status_code == 404


def check_records(book, path, rows, everything):
    assert ids(book, path, "") == set(rows)
    assert ids(book, path, "sortField=name&sortDirection=desc") == set(rows)
    assert ids(book, path, "filter=valid") == set(rows)
    assert ids(book, path, "filter=valid&filterField=name") == set(rows)
    assert ids(book, path, "filter=error") == set()
    asked = "&".join(f"ids={id}" for id in everything[:100])
    assert ids(book, path, asked) == set(rows) & set(everything[:100])
    assert ids(book, path, f"filter=all&{asked}") == set(rows) - set(everything[:100])
    assert walked(book, path) == list(dict.fromkeys(walked(book, path)))
    assert set(walked(book, path)) == set(rows)
    assert read(book.guest, f"{path}/counts").json()["data"]["counts"]["total"] == len(rows)
    assert lines(read(book.guest, f"{path}/download")) == written(rows.values())


def check_searches(book, path, rows):
    for word in book.dice.sample(NAMES, 2):
        hits = {id: row for id, row in rows.items() if word in " ".join(words(row))}
        named = {id for id, row in rows.items() if word in row["name"]}
        assert ids(book, path, f"searchValue={word}") == set(hits)
        assert ids(book, path, f"searchValue={word.upper()}&searchField=name") == named
        counts = read(book.guest, f"{path}/counts?searchValue={word}").json()["data"]["counts"]
        assert counts["total"] == len(hits)
        asked = read(book.guest, f"{path}/records?searchValue={word}&includeCounts=true&pageSize=1").json()["data"]
        assert asked["counts"]["total"] == len(hits)
        assert lines(read(book.guest, f"{path}/download?searchValue={word}")) == written(hits.values())
        for query in (f"searchValue={word}", f"searchValue=%22{word}%22"):  # in quotes: as it is
            found = read(book.guest, f"{path}/cells?distinct=true&fieldKey=name&includeCounts=true&{query}").json()
            counted = {one["value"]: one["counts"]["total"] for one in found["data"]["name"]}
            assert counted == ({word: len(named)} if named else {})


def check_values(book, path, rows):
    found = read(book.guest, f"{path}/cells?distinct=true&includeCounts=true").json()["data"]
    for key in PLAIN:
        values = sorted(row[key] for row in rows.values())
        assert [(one["value"], one["counts"]["total"]) for one in found[key]] == [
            (value, values.count(value)) for value in dict.fromkeys(values)
        ]
    every = read(book.guest, f"{path}/cells?distinct=false&fieldKey=name").json()["data"]["name"]
    assert sorted(one["value"] for one in every) == sorted(row["name"] for row in rows.values())


def check_links(book, path, seen, sheet_id):
    slug = book.slug_of(sheet_id)
    for record in read(book.guest, f"{path}/records?includeLinks=true").json()["data"]["records"]:
        row = seen[sheet_id][record["id"]]
        found = {
            key: sorted({link["id"] for link in cell["links"]})
            for key, cell in record["values"].items()
            if "links" in cell
        }
        wanted = should_lead(book, seen, slug, row)
        assert found == {key: ones for key, ones in wanted.items() if key in record["values"]}


def check_pages(book):
    """Of the clip, and of the space where that shows the sheet: the table, a search in it, the file, a record."""
    seen, word = should_see(book), book.dice.choice(NAMES)
    everything = {id for rows in [*book.rows.values(), book.copies] for id in rows}
    for sheet in [*book.sheets.values(), book.clip.sheet]:
        for page in pages(book, sheet):
            if sheet.pk not in seen:
                assert {book.browser.get(at).status_code for at in (page, f"{page}/download")} == {404}
                continue
            rows = seen[sheet.pk]
            hits = {id: row for id, row in rows.items() if word in " ".join(words(row))}
            assert listed_on(book, page, seen) == set(rows)
            assert listed_on(book, f"{page}?search={word}", seen) == set(hits)
            assert lines(book.browser.get(f"{page}/download?search={word}")) == written(hits.values())
            for id in [*sorted(rows)[:1], *sorted(everything - set(rows))[:1]]:
                assert book.browser.get(f"{page}/records/{id}").status_code == (200 if id in rows else 404)


def pages(book, sheet):
    return (f"/clip/{book.clip.pk}/sheets/{sheet.pk}", f"/space/{book.space.pk}/sheets/{sheet.pk}")


def listed_on(book, page, seen):
    """The records that have a row on a page. Whatever else it leads to is seen as well."""
    found = book.browser.get(page)
    assert found.status_code == 200, page
    text = found.content.decode()
    assert set(re.findall(r"/records/(us_rc_\w+)", text)) <= {id for rows in seen.values() for id in rows}
    return set(re.findall(r'<th scope="row"><a class="link" href="[^"]+/records/(us_rc_\w+)"', text))


def lines(response):
    """A file line by line, of each the plain values."""
    rows = list(csv.reader(io.StringIO(whole(response).content.decode())))
    return sorted(tuple(row[: len(PLAIN)]) for row in rows[1:])


def written(rows):
    return sorted((row["name"], str(row["code"])) for row in rows)


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


@pytest.mark.parametrize("seed", [1, 2])
def test_a_guest_reads_what_the_reference_says_by_every_route(seed, development, ada, pat):
    tell(seed, development, ada, pat)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(100, 300))
def test_so_do_the_guests_of_200_workbooks(seed, development, ada, pat):
    tell(seed, development, ada, pat)


def test_a_value_that_two_sheets_share_opens_it_only_where_it_is_named(development, ada, pat):
    twins = tell(1, development, ada, pat, Twins)

    opened = [{row["name"] for row in should_see(twins)[twins.sheets[slug].pk].values()} for slug in ("left", "right")]
    assert opened[0] - opened[1], "nothing is named in one of them alone"
    assert opened[1] - opened[0], "nothing is named in the other alone"


def tell(seed, development, ada, pat, kind=Book):
    book = kind(seed, development, ada)
    check(book, pat)
    for _ in range(8):
        book.step(pat)
    check(book, pat)
    check_pages(book)
    return book
