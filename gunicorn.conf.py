"""How gunicorn serves Latchkey: processes, limits, logs without secrets, refusals in JSON.

Everything gunicorn says itself, before Django sees a request or after it answered, is decided here.
"""

import json
import logging
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from gunicorn import util
from gunicorn.glogging import Logger as GunicornLogger
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

LARGEST_HEAD = 16 * 1024

# -- Processes. Never preload_app: the embedded worker's thread would stay behind in the parent.
bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 8
timeout = 30
graceful_timeout = 30
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108  (heartbeats never wait for a disk)
control_socket_disable = True

# -- What a request may bring. Which proxies to believe is decided by the application alone (TRUSTED_PROXIES).
limit_request_line = 8190
limit_request_field_size = LARGEST_HEAD
limit_request_fields = 100
forwarded_allow_ips = ""

accesslog = "-"
errorlog = "-"
loglevel = "warning"


def pre_request(worker: ThreadWorker, req: Any) -> None:
    """Limit the headers as a whole too, not only each one of them."""
    if sum(len(name) + len(value) for name, value in req.headers) > LARGEST_HEAD:
        raise errors.LimitRequestHeaders("headers")


# -- Logs: JSON lines in UTC, of a request no query, no Referer, no header but its id.

# Keys and tokens, JWTs, links to a new password or for guests, and as a second net any word too long to be an id.
CREDENTIAL = re.compile(
    r"(?<![A-Za-z0-9])(?P<kind>(?:sk|pk|pat|inv|link|share|clip)_)[A-Za-z0-9]{8,}"
    r"|eyJ[\w-]{8,}[\w.-]*"
    r"|(?<=reset-password/)[^/\s]+"
    r"|(?<=/invite/)(?!ask$|sent$)[^/\s]+"
    r"|(?<=/sign-in-link/)[^/\s]+"
    r"|[\w-]{40,}"
)
QUERY = re.compile(r"\?\S*")


def masked(text: str) -> str:
    """Return the text without query strings and without anything that looks like a credential."""
    return CREDENTIAL.sub(lambda found: f"{found['kind'] or ''}***", QUERY.sub("", text))


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = {"timestamp": at, "level": record.levelname.lower()}
        if isinstance(record.msg, dict):
            return json.dumps(line | record.msg)
        line |= {"event": masked(record.getMessage())}
        if record.exc_info:
            line |= {"exception": masked(self.formatException(record.exc_info))}
        return json.dumps(line)


class Logger(GunicornLogger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(JsonFormatter())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        if self.access_log_enabled:
            self.access_log.info(
                {
                    "event": "request",
                    "method": environ["REQUEST_METHOD"][:20],
                    "path": masked(environ["PATH_INFO"].encode("latin-1").decode(errors="replace"))[:500],
                    "status": int(str(resp.status)[:3]),
                    "ms": round(request_time.total_seconds() * 1000, 1),
                    "bytes": resp.sent,
                    "request_id": header(resp.headers, "x-request-id"),
                }
            )


def header(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    return next((value for given, value in headers if given.lower() == name), None)


# -- Refusals of the server itself, in the shape of the API.

FAILED = ("500 Internal Server Error", "internal_error", "Something went wrong on our side.")
REFUSALS: list[tuple[type[Exception], str, str, str]] = [
    (errors.InvalidResponseHeader, *FAILED),
    (errors.InvalidResponseHeaderName, *FAILED),
    (errors.LimitRequestLine, "414 URI Too Long", "uri_too_long", "This address is too long."),
    (
        errors.LimitRequestHeaders,
        "431 Request Header Fields Too Large",
        "headers_too_large",
        "The headers of this request are too large. All of them together may be 16 kB.",
    ),
    (errors.ParseException, "400 Bad Request", "bad_request", "This is not a well-formed HTTP request."),
]


class Worker(ThreadWorker):
    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that Django never saw; its text stays out of the log and out of the answer."""
        known = (refusal[1:] for refusal in REFUSALS if isinstance(exc, refusal[0]))
        status, code, message = next(known, FAILED)
        request_id = uuid4().hex
        said = {"event": code, "status": int(status[:3]), "reason": type(exc).__name__, "request_id": request_id}
        self.log.warning(said)
        if status == FAILED[0]:
            self.log.exception("The application failed outside of its own error handling.")
        try:
            util.write_nonblock(client, answer(status, code, message, request_id))
        except OSError:
            self.log.debug("The client was gone before it could be told.")


def answer(status: str, code: str, message: str, request_id: str) -> bytes:
    body = json.dumps({"errors": [{"key": code, "message": message}]}).encode()
    headers = {
        "Content-Type": "application/json",
        "Content-Length": len(body),
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Request-Id": request_id,
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body


logger_class = Logger
worker_class = Worker
