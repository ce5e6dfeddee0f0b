"""The last net under every log line: nothing in it looks like a credential."""

import json
import logging

import pytest
import structlog

from config.logs import LONGEST_HOST_LINE, MASK, configuration, mask
from lib import crypto
from tests.knock import call

JWT = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ1c191c3JfMSJ9.c2lnbmF0dXJl-_x"


def secrets():
    return [
        crypto.mint_token("sk_"),
        crypto.mint_token("pk_"),
        crypto.mint_token("pat_"),
        crypto.mint_token("inv_"),
        crypto.mint_token("link_"),
        JWT,
    ]


@pytest.mark.parametrize(
    "around", ["{}", "Bearer {}", "key={}&x=1", '{{"token": "{}"}}', "/auth/api-key?key={}", "'{}'\n"]
)
def test_a_credential_is_masked_wherever_it_stands(around):
    for secret in secrets():
        line = mask(None, "info", {"event": around.format(secret)})["event"]

        assert secret[4:] not in line
        assert MASK in line


def test_values_inside_values_are_masked_too():
    for secret in secrets():
        event = {"deep": {"list": [secret, ("a", {"b": f"x {secret}"})]}, "number": 7, "none": None}

        assert secret not in json.dumps(mask(None, "info", event))


def test_everything_else_is_left_as_it_is():
    event = {"event": "key us_key_0kQ7WcJdT4mZb2RxVnE9aS renamed to sk_dev", "status": 404, "ids": ["us_env_1"]}

    assert mask(None, "info", event) == event


def logged(formatter, record):
    return json.loads(formatter.format(record))


@pytest.fixture
def formatter():
    declared = configuration("INFO")["formatters"]["json"]
    return structlog.stdlib.ProcessorFormatter(
        processors=declared["processors"], foreign_pre_chain=declared["foreign_pre_chain"]
    )


def test_a_line_of_any_library_is_json_with_time_level_and_no_credential(formatter):
    secret = crypto.mint_token("sk_")
    record = logging.LogRecord("some.library", logging.WARNING, "f.py", 1, "called with %s", (secret,), None)

    line = logged(formatter, record)

    assert line["level"] == "warning"
    assert line["timestamp"].endswith("Z")
    assert secret not in json.dumps(line)


def test_a_traceback_is_masked(formatter):
    secret = crypto.mint_token("pat_")
    try:
        raise ValueError(f"bad token {secret}")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "f.py", 1, "failed", (), (ValueError, error, error.__traceback__)
        )

    line = logged(formatter, record)

    assert "ValueError" in line["exception"]
    assert secret not in json.dumps(line)


def test_a_line_break_in_a_message_makes_no_second_line(formatter):
    record = logging.LogRecord("x", logging.INFO, "f.py", 1, "one\r\ntwo\x1b[31m\x00", (), None)

    text = formatter.format(record)

    assert not {"\n", "\r", "\x1b", "\0"} & set(text)


def test_lines_carry_the_id_of_the_request(formatter):
    structlog.contextvars.bind_contextvars(request_id="abc123")
    try:
        line = logged(formatter, logging.LogRecord("x", logging.INFO, "f.py", 1, "hello", (), None))
    finally:
        structlog.contextvars.clear_contextvars()

    assert line["request_id"] == "abc123"


@pytest.mark.django_db
def test_a_foreign_host_is_one_quiet_line(formatter, monkeypatch):
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(logged(formatter, record))
    logger = logging.getLogger("django.security.DisallowedHost")
    monkeypatch.setattr(logger, "handlers", [handler])

    call("GET", "/v1/spaces", HTTP_HOST="evil.example" + "x" * 900)

    (line,) = lines
    assert (line["level"], "exception" in line) == ("warning", False)
    assert "evil.example" in line["event"]
    assert len(line["event"]) <= LONGEST_HOST_LINE
