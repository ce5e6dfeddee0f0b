"""One of the applications without a server, in a process of its own that is told what to do line by line.

`python -m tools.bench.inside config.wsgi`: reads a JSON object a line, answers with one. Calling the application
directly leaves out the server and the network, which everybody pays alike.
"""

from __future__ import annotations

import importlib
import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

Application = Callable[[dict[str, Any], Any], Any]


def main() -> None:
    application: Application = importlib.import_module(sys.argv[1]).application
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(ANSWERS[asked.pop("do")](application, **asked)), flush=True)


def requests(application: Application, path: str, authorization: str, count: int) -> None:
    """That many requests, one after the other."""
    for _ in range(count):
        call(application, environ(path, authorization))


def queries(application: Application, path: str, authorization: str) -> list[str]:
    """The statements of one request, of which the first of a minute has been made before."""
    call(application, environ(path, authorization))
    return statements(lambda: call(application, environ(path, authorization)))


def judged(application: Application) -> float:
    """Seconds a decision of the policy takes: a member with three roles about a key of an environment."""
    from django.utils import timezone

    from access.actions import Action
    from access.actors import Actor, Credential, Grant, Kind, Resource, Role
    from access.policy import can

    places = (Grant(Role.USER), Grant(Role.GUEST, "us_env_2"), Grant(Role.ADMIN, "us_env_1"))
    actor = Actor("us_usr_1", "Ada", "us_acc_1", Credential(Kind.PAT), timezone.now(), grants=places)
    key = Resource("key", "us_key_1", "us_acc_1", "us_env_1")
    best, number = 1.0, 20_000
    for _ in range(7):
        start = time.perf_counter()
        for _ in range(number):
            can(actor, Action.RENAME_KEY, key)
        best = min(best, (time.perf_counter() - start) / number)
    return best


def pages(application: Application, number: int) -> dict[str, int]:
    """Queries of the two pages of an account whose environment has that many keys, and whose person as many tokens."""
    from django.test import Client

    from tools.bench import crowded

    place, email, password = crowded.account(number)
    browser = Client(HTTP_HOST="127.0.0.1")
    signed_in = browser.post("/account/sign-in", {"login": email, "password": password})
    assert signed_in.status_code == 302, signed_in.content[:500]  # noqa: S101
    found = {}
    paths = {"keys": f"/dashboard/{place}/keys-and-secrets", "tokens": "/dashboard/personal-access-tokens"}
    for name, path in paths.items():
        assert browser.get(path).status_code == 200, path  # noqa: S101
        found[name] = len(statements(lambda path=path: browser.get(path)))  # type: ignore[misc]
    return found


ANSWERS: dict[str, Callable[..., Any]] = {"requests": requests, "queries": queries, "can": judged, "pages": pages}


def statements(deed: Callable[[], Any]) -> list[str]:
    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        deed()
    return seen


def call(application: Application, given: dict[str, Any]) -> None:
    told: list[str] = []
    answer = application(given, lambda status, headers, *_: told.append(status))
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    if told[0] != "200 OK":
        raise SystemExit(f"{told[0]}: {body[:500].decode()}")


def environ(path: str, authorization: str) -> dict[str, Any]:
    """What a server hands to the application for a GET."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT": "*/*", "HTTP_USER_AGENT": "bench", "HTTP_AUTHORIZATION": authorization,
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


if __name__ == "__main__":
    main()
