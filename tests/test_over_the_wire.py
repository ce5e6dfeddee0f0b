"""What only a real server shows: bodies in chunks, packed, announced and never sent. Nothing here needs a database."""

import gzip
import json
import os
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings

from tests.settings import SAMPLES

HOST = "127.0.0.1"
GOOD = json.dumps({"type": "nothing of ours"}).encode()  # read, and then refused for what it says
PACKED = gzip.compress(GOOD)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """gunicorn as it is in production, with one process; the port it listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port = found.getsockname()[1]
    folder = tmp_path_factory.mktemp("wire")
    environ = os.environ | SAMPLES | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3",
        "BIND": f"{HOST}:{port}",
        "WEB_CONCURRENCY": "1",
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "gunicorn", "config.wsgi"]
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environ, stdout=log, stderr=log)
        try:
            until(lambda: process.poll() is None and answers(port), (folder / "log"))
            yield port
        finally:
            process.terminate()
            process.wait(20)


def until(happened, log):
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def answers(port):
    try:
        return b"200" in ask(port, b"GET /healthz HTTP/1.1")[0]
    except OSError:
        return False


def ask(port, line, *headers, body=b""):
    """One request as bytes, and all that comes back: status lines and the last body."""
    lines = [line, b"Host: 127.0.0.1", b"Connection: close", *headers, b"", body]
    with socket.create_connection((HOST, port), timeout=10) as wire:
        wire.sendall(b"\r\n".join(lines))
        came = b"".join(iter(lambda: wire.recv(65536), b""))
    head, _, rest = came.rpartition(b"\r\n\r\n")
    return head, rest


def post(port, *headers, body=GOOD, length=None):
    length = str(len(body) if length is None else length).encode()
    return ask(
        port, b"POST /v1/auth HTTP/1.1", b"Content-Type: application/json", b"Content-Length: " + length, *headers,
        body=body,
    )  # fmt: skip


def told(answer):
    head, body = answer
    return int(head.rpartition(b"HTTP/1.1 ")[2][:3]), json.loads(body)["errors"][0]


def test_a_body_is_read(server):
    assert told(post(server))[1]["key"] == "type"


def test_a_packed_body_is_read(server):
    assert told(post(server, b"Content-Encoding: gzip", body=PACKED)) == told(post(server))


def test_a_packed_body_that_ends_early_is_no_body(server):
    assert told(post(server, b"Content-Encoding: gzip", body=PACKED[:-4]))[1]["code"] == "bad_gzip"


def test_two_encodings_are_one_too_many(server):
    status, error = told(post(server, b"Content-Encoding: gzip", b"Content-Encoding: gzip", body=PACKED))

    assert (status, error["code"]) == (415, "unsupported_encoding")


@pytest.mark.parametrize("coding", [b"chunked", b"gzip, chunked"])
def test_a_body_in_chunks_is_refused_in_json(server, coding):
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(GOOD), GOOD)
    line, kind = b"POST /v1/auth HTTP/1.1", b"Content-Type: application/json"

    status, error = told(ask(server, line, kind, b"Transfer-Encoding: " + coding, body=chunks))

    assert status in (400, 411, 501)
    assert error["message"]


def test_a_client_that_waits_to_be_asked_is_asked(server):
    head, body = post(server, b"Expect: 100-continue")

    assert head.startswith(b"HTTP/1.1 100")
    assert b"HTTP/1.1 400" in head
    assert json.loads(body)["errors"][0]["key"] == "type"


def test_what_is_announced_too_large_is_not_waited_for(server):
    began = time.monotonic()

    status, error = told(post(server, b"Expect: 100-continue", body=b"", length=20 * 1024 * 1024))

    assert (status, error["code"]) == (413, "body_too_large")
    assert time.monotonic() - began < 5


def test_a_bomb_costs_a_moment(server):
    bomb = gzip.compress(b"0" * 500 * 1024 * 1024, 9)
    assert len(bomb) < 1024 * 1024
    began = time.monotonic()

    status, error = told(post(server, b"Content-Encoding: gzip", body=bomb))

    assert (status, error["code"]) == (413, "body_too_large")
    assert time.monotonic() - began < 5


def test_a_preflight_is_answered_with_every_header(server):
    head, body = ask(
        server, b"OPTIONS /v1/spaces HTTP/1.1", b"Origin: https://a.example", b"Access-Control-Request-Method: GET"
    )

    assert head.startswith(b"HTTP/1.1 204")
    assert b"Access-Control-Allow-Origin: *" in head
    assert b"X-Content-Type-Options: nosniff" in head
    assert body == b""
