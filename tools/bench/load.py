"""A client that costs little: keep-alive connections on bare sockets, each sending its next request on an answer."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

CONNECTIONS = 16
HEAD_ENDS = b"\r\n\r\n"
LENGTH = b"content-length:"
GIVE_UP = 30.0


class Broken(Exception):
    """An answer other than the one expected, or none."""


@dataclass
class Spent:
    """What one slice of load came to."""

    requests: int
    seconds: float


@dataclass
class Connection:
    """A connection and what has come in on it of the current answer."""

    socket: socket.socket
    received: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        self.received.clear()
        self.socket.sendall(request)

    def is_answered(self) -> bool:
        """Read what is there; whether the answer is complete now. Raises Broken unless it is a 200."""
        piece = self.socket.recv(65536)
        self.received += piece
        if not piece:
            raise Broken("the server closed a connection")
        return is_complete(self.received)

    def status(self, request: bytes) -> int:
        """Send, wait, and tell the status, whatever it is."""
        self.send(request)
        while not is_complete(self.received):
            piece = self.socket.recv(65536)
            if not piece:
                raise Broken("the server closed a connection")
            self.received += piece
        return int(self.received[9:12])


def request(path: str, authorization: str = "", method: str = "GET") -> bytes:
    """One request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "User-Agent: bench", "Accept: */*"]
    if authorization:
        lines.append(f"Authorization: {authorization}")
    return "\r\n".join([*lines, "", ""]).encode()


def connect(port: int, number: int = CONNECTIONS) -> list[Connection]:
    return [Connection(_socket(port)) for _ in range(number)]


def drive(port: int, requests: list[bytes], *, seconds: float, connections: int = CONNECTIONS) -> Spent:
    """Keep that many connections busy with those requests in turn. Raises Broken for an answer that is no 200."""
    opened, texts = connect(port, connections), cycle(requests)
    with selectors.DefaultSelector() as selector:
        for one in opened:
            selector.register(one.socket, selectors.EVENT_READ, one)
            one.send(next(texts))
        spent = _loop(selector, texts, len(opened), seconds)
    for one in opened:
        one.socket.close()
    return spent


def _loop(selector: selectors.BaseSelector, texts: Iterator[bytes], busy: int, seconds: float) -> Spent:
    answered, start = 0, time.perf_counter()
    end = start + seconds
    while busy:
        ready = selector.select(GIVE_UP)
        if not ready:
            raise Broken(f"no answer within {GIVE_UP:.0f} seconds")
        for key, _ in ready:
            if not key.data.is_answered():
                continue
            if not key.data.received.startswith(b"HTTP/1.1 200"):
                raise Broken(bytes(key.data.received[:400]).decode("latin-1"))
            answered += 1
            if time.perf_counter() < end:
                key.data.send(next(texts))
            else:
                busy -= 1
    return Spent(answered, time.perf_counter() - start)


def is_complete(received: bytearray) -> bool:
    head = received.find(HEAD_ENDS)
    if head < 0:
        return False
    at = received.lower().find(LENGTH, 0, head)
    if at < 0:
        raise Broken("an answer without Content-Length")
    length = int(received[at + len(LENGTH) : received.find(b"\r\n", at)])
    return len(received) >= head + len(HEAD_ENDS) + length


def _socket(port: int) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=GIVE_UP)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened
