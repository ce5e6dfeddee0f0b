"""What makes an answer wrong: its status, its form, what it shows, what was done on the way, what the log says."""

import json
from collections.abc import Iterator

from tests.matrix.table import FORMS, OUTSIDE, Answer, Block, Cell
from tests.matrix.world import World

SIGN_IN = "/account/sign-in"
ASKED_FOR = 'autocomplete="current-password"'


def status_of(answer: Answer) -> str:
    """A status as the tables write it: `in` is sent to the sign-in, `ask` is asked for the password once more."""
    if answer.status == 302 and answer.response["Location"].startswith(SIGN_IN):
        return "in"
    text = answer.response.content.decode(errors="replace")
    is_form_again = answer.status == 200 and not answer.done and ASKED_FOR in text
    return "ask" if is_form_again and answer.is_asked_by_post else str(answer.status)


def api_complaints(block: Block, answer: Answer, cell: Cell, world: World) -> Iterator[str]:
    yield from complaints(block, answer, cell)
    if answer.status >= 400:
        yield from _malformed(answer)
    # A fresh sign-in is shown the secret keys it lists (security.md, ruling 18); nothing else ever is.
    if (block.is_reading or block.is_question) and (block.path, cell.column) != ("/v1/auth/api-keys", "fresh"):
        yield from _leaks(answer, world)


def page_complaints(block: Block, answer: Answer, cell: Cell, world: World) -> Iterator[str]:
    yield from complaints(block, answer, cell)
    if block.is_reading:
        yield from _leaks(answer, world)
    if answer.response.get("Cache-Control") != "no-store" and block.path.startswith(FORMS):
        yield "may be stored"


def complaints(block: Block, answer: Answer, cell: Cell) -> Iterator[str]:
    refused, logged = answer.status >= 400, answer.written.count("events_event")
    if status_of(answer) != cell.wanted:
        yield f"{status_of(answer)}, not {cell.wanted}: {answer.response.content[:300]!r}"
    is_asking = (block.is_reading and not block.is_minting) or block.is_question
    is_deed = not (refused or is_asking or cell.wanted in ("in", "ask"))
    if answer.deeds and not is_deed:
        yield f"wrote to {answer.deeds}"
    if is_deed and not answer.done and not block.path.startswith(OUTSIDE):
        yield "did nothing"
    if (logged != 1 and answer.status == 403) or (logged and answer.status == 404):
        yield f"was written down {logged} times"


def _malformed(answer: Answer) -> Iterator[str]:
    """A refusal is JSON in the envelope, says why, and carries the challenge of RFC 6750."""
    response, status = answer.response, answer.status
    if response["Content-Type"] != "application/json":
        yield f"speaks {response['Content-Type']}"
        return
    facts = {"key", "code", "message"} | ({"action", "rule", "reason"} if status == 403 else set())
    for error in json.loads(response.content)["errors"] or [{}]:
        if missing := facts - error.keys():
            yield f"does not tell {missing}"
    if status in (401, 403) and not response.get("WWW-Authenticate", "").startswith("Bearer "):
        yield "has no challenge"


def _leaks(answer: Answer, world: World) -> Iterator[str]:
    shown = [name for name, text in world.secrets.items() if text.encode() in answer.response.content]
    if shown:
        yield f"shows {', '.join(shown)}"
