"""A table of expectations as text, and what stands behind a cell of it: one request, undone afterwards."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.knock import whole
from tests.matrix.world import Headers, World

GONE = ("foreign", "missing", "malformed", "in another case", "of another kind")
STRANGERS = ("sam", "sam+", "sam.sk")  # what is foreign to us is their own
PLACEHOLDER = re.compile(r"\{(\w+)\}")
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?(.{0,24})', re.IGNORECASE | re.DOTALL)
# What any request may write to: the log, the counters, its session, and when a credential was last used or refused.
TOUCH = re.compile(r"\b(?:last|refused)_")
# Where people send forms, and where they do so without having signed in.
OUTSIDE = ("/account", "/invite", "/sign-in-link", "/shared", "/s/", "/space", "/clip")
FORMS = ("/dashboard", *OUTSIDE)
BESIDE = {"events_event", "lib_counter", "django_session"}
# One for all: making it reads every middleware, and those the static files.
CLIENT = Client(raise_request_exception=False)


@dataclass
class Block:
    """One method of one route: how it is asked, and for each relation what each column is answered."""

    method: str
    path: str
    query: str
    body: str
    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def is_reading(self) -> bool:
        return self.method in ("GET", "HEAD")

    @property
    def is_minting(self) -> bool:
        """A GET that makes a token, as the API demands it: a deed for all but the method."""
        return self.method == "GET" and self.path == "/v1/guests/{guest_id}/token"

    @property
    def is_question(self) -> bool:
        """A POST that only asks: it must do nothing, and show no more than a GET."""
        return self.path.startswith("/v1/access/")


class Cell(NamedTuple):
    """One credential and one thing named by a request, and the answer it must get."""

    relation: str
    column: str
    name: str
    headers: Headers
    wanted: str

    def __str__(self) -> str:
        return f"{self.relation} · {self.column} ({self.name})"


@dataclass(frozen=True)
class Answer:
    """What came back, and which tables were written to on the way."""

    response: HttpResponse
    written: tuple[str, ...]
    is_asked_by_post: bool = False

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def deeds(self) -> set[str]:
        return set(self.written) - BESIDE

    @property
    def done(self) -> bool:
        """Whether anything but the session and the counters was changed or written down."""
        return bool(self.deeds) or "events_event" in self.written

    @property
    def alike(self) -> tuple[Any, ...]:
        """What a caller can compare: everything but the request's own id."""
        headers = tuple((name, value) for name, value in self.response.items() if name != "X-Request-Id")
        return self.status, self.response.content, headers


def read(table: str) -> list[Block]:
    """The blocks of a table. Its first line names the columns; a line that begins a block is not indented."""
    header, *lines = [line for line in table.strip("\n").splitlines() if line.strip()]
    columns, blocks = header.split(), []
    for line in lines:
        if not line.startswith(" "):
            method, address, *body = line.split(maxsplit=2)
            path, _, query = address.partition("?")
            blocks.append(Block(method, path, query, "".join(body)))
        else:
            relation, *cells = line.split()
            blocks[-1].rows[relation] = dict(zip(columns, cells, strict=True))
    return blocks


def by_path(blocks: list[Block]) -> dict[str, list[Block]]:
    return {path: [block for block in blocks if block.path == path] for path in dict.fromkeys(b.path for b in blocks)}


def cells(block: Block, columns: dict[str, dict[str, Headers]]) -> Iterator[Cell]:
    """All cells of a block. `gone` is five relations at once.

    The first row is asked by every credential of a column, the others by its first.
    """
    for index, (row, expected) in enumerate(block.rows.items()):
        for relation in GONE if row == "gone" else (row,):
            for column, wanted in expected.items():
                if relation == "foreign" and column in STRANGERS:
                    continue
                knocks = list(columns[column].items())[: 1 if index else None]
                yield from (Cell(relation, column, name, headers, wanted) for name, headers in knocks)


def things(world: World, relation: str) -> dict[str, str]:
    """What placeholders stand for: some of one's own are of two kinds."""
    own = world.things["own"]
    if relation == "security":  # the event administrators alone may read
        return own | {"event_id": own["security_event_id"]}
    if relation == "rotating":
        return own | {"key_id": own["rotating_key_id"]}
    return own if relation == "any" else world.things[relation]


def ask(block: Block, things: dict[str, str], headers: Headers, *, method: str = "", prefix: str = "") -> Answer:
    """One request of a block about those things. Whatever it does is undone."""
    filled = PLACEHOLDER.sub(lambda found: things.get(found[1], "x"), f"{block.path}?{block.query}\0{block.body}")
    address, _, body = filled.partition("\0")
    is_form = block.path.startswith(FORMS)
    kind = "application/x-www-form-urlencoded" if is_form else "application/json"
    CLIENT.cookies.clear()
    with undone() as written:
        response = whole(CLIENT.generic(method or block.method, prefix + address, body, kind, **headers))
    return Answer(response, tuple(written), is_asked_by_post=block.method == "POST")


@contextmanager
def undone() -> Iterator[list[str]]:
    """Yields the list of tables written to inside; all of it is rolled back."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found = WRITE.match(sql)
        if found and not TOUCH.search(found[2]):
            written.append(found[1].lower())
        return execute(sql, *rest)

    with transaction.atomic():
        with connection.execute_wrapper(watch):
            yield written
        transaction.set_rollback(True)
