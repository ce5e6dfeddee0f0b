"""How tests knock at the API, read what it answers, and let the background work be done."""

import functools
import json
from collections.abc import Callable, Iterable
from threading import Barrier, Thread
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

NOTHING = object()


def call(method: str, path: str, credential: str = "", body: Any = NOTHING, **extra: Any) -> HttpResponse:
    """One request of a program: a bearer, a body as JSON unless it is bytes. A bug is a 500."""
    if credential:
        extra["HTTP_AUTHORIZATION"] = f"Bearer {credential}"
    data = b"" if body is NOTHING else body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = extra.pop("content_type", "application/json")
    program = Client(raise_request_exception=False)
    program.handler = _handler()  # one for all: making it loads every middleware anew
    return program.generic(method, path, data, kind, **extra)


@functools.cache
def _handler() -> ClientHandler:
    return ClientHandler(enforce_csrf_checks=True)


def shown(response: HttpResponse) -> Any:
    """The `data` of a good answer."""
    assert response.status_code == 200, response.content[:2000]
    return response.json()["data"]


def refused(response: HttpResponse, status: int, code: str = "") -> dict[str, Any]:
    """The first error of a refusal, which must have this status, and this code if one is named."""
    assert response.status_code == status, (response.status_code, response.content[:2000])
    assert response["Content-Type"] == "application/json"
    errors = response.json()["errors"]
    assert errors
    assert all({"key", "code", "message"} <= error.keys() for error in errors), errors
    assert code in ("", errors[0]["code"]), errors
    return dict(errors[0])


def alike(response: HttpResponse) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """What a caller can compare of two answers: everything but the request's own id."""
    headers = tuple((name, value) for name, value in response.items() if name != "X-Request-Id")
    return response.status_code, response.content, headers


def whole(response: HttpResponse) -> HttpResponse:
    """The answer with its content, read to the end where it came in a stream."""
    if not response.streaming:
        return response
    return HttpResponse(b"".join(response), status=response.status_code, headers=dict(response.items()))


def work() -> None:
    """Do everything that is queued, as the worker does; it alone would also close the tests' connection."""
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )
    for task in DBTaskResult.objects.ready():
        task.claim("test")
        worker.run_task(task)


def at_once(jobs: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run the jobs in threads that all begin at the same moment; their results, or what they raised, in order."""
    jobs = list(jobs)
    results: list[Any] = [None] * len(jobs)
    gate = Barrier(len(jobs))

    def run(index: int) -> None:
        try:
            gate.wait()
            results[index] = jobs[index]()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(index,)) for index in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
