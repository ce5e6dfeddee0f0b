"""Logs as JSON lines in UTC, with the request id; a last net masks whatever looks like a credential."""

import logging
import re
from typing import Any

import structlog

CREDENTIAL = re.compile(r"\b(sk_|pk_|pat_|inv_|link_|share_|clip_)[0-9A-Za-z]{8,}|\beyJ[\w-]+\.[\w-]+\.[\w-]*")
MASK = "[credential]"
LONGEST_HOST_LINE = 300


def mask(_: Any, __: str, event: Any) -> Any:
    """Replace every credential in the values of a log line."""
    return {key: _masked(value) for key, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return CREDENTIAL.sub(MASK, value)
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_masked(item) for item in value]
    return value


class ForeignHost(logging.Filter):
    """Makes one quiet line of a request for a host that is not ours: scanners send them all day."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = record.getMessage()[:LONGEST_HOST_LINE], ()
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
        return True


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def structlog_configuration() -> dict[str, Any]:
    return {
        "processors": [*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        "logger_factory": structlog.stdlib.LoggerFactory(),
        "cache_logger_on_first_use": True,
    }


def configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING. Requests themselves are logged by the server, without query strings."""
    final = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        mask,
        structlog.processors.JSONRenderer(),
    ]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": final, "foreign_pre_chain": SHARED}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "filters": {"foreign_host": {"()": ForeignHost}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {"django.request": {"level": "CRITICAL"}, "django.server": {"level": "WARNING"}}
        | {"django.security.DisallowedHost": {"filters": ["foreign_host"]}},
    }
