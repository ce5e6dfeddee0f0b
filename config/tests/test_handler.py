"""The WSGI application itself, where a Content-Type cannot make Django fail before there is a request to answer."""

import io
import json

import pytest
from django.core import signals
from django.db import close_old_connections

from config.handler import Handler

# Not config.wsgi: importing that starts the product's background threads in the process of the tests.
application = Handler()

ODD = [
    "application/json; charset=rot13",
    "application/json; charset=hex",
    "application/json; charset=idna",
    "application/json; charset=undefined",
    "application/json; charset=utf-16",
    "application/json; charset=nonsense",
    "application/json; charset=" + "x" * 9_000,
    "application/json; charset*=nonsense'en'x",
    "application/json; charset*=hex'en'x",
    "application/json; charset*=''",
    "application/json; charset*0=a; charset*1=b",
    "text/plain; charset=rot13",
    "application/x-www-form-urlencoded; charset=rot13",
    "multipart/form-data; charset=rot13; boundary=x",
    "multipart/form-data; boundary=" + "x" * 9_000,
    ";",
    "é",
]


@pytest.fixture(autouse=True)
def _kept_connection():
    """The tests' transaction outlives a request, as Django's own test client arranges it too."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


def knock(method, path, query="", content_type="", body=b"", credential=""):
    """The status, headers and body that a server would be given for one request."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "203.0.113.9",
        "HTTP_AUTHORIZATION": f"Bearer {credential}",
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    told = []
    answer = application(environ, lambda status, headers: told.append((int(status[:3]), dict(headers))))
    return *told[0], b"".join(answer)


@pytest.mark.parametrize("content_type", ODD, ids=range(len(ODD)))
def test_a_query_is_utf_8_whatever_charset_is_named(pat, development, content_type):
    status, headers, body = knock("GET", "/v1/spaces", "search=%c3%a9&pageSize=5", content_type, credential=pat)

    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert json.loads(body)["pagination"]["totalCount"] == 0


@pytest.mark.parametrize("content_type", ODD, ids=range(len(ODD)))
def test_a_body_of_an_odd_type_is_refused_in_json(pat, development, content_type):
    status, _headers, body = knock("POST", "/v1/spaces", "a=%c3%a9", content_type, b'{"name": "a"}', pat)

    assert status == 415
    assert json.loads(body)["errors"][0]["code"] == "unsupported_media_type"
    assert not development.spaces.exists()


@pytest.mark.parametrize("content_type", ODD, ids=range(len(ODD)))
def test_a_form_of_an_odd_type_is_no_bug_of_a_page(db, content_type):
    status, headers, _ = knock("POST", "/account/sign-in", "a=%c3%a9", content_type, b"login=a&password=b")

    assert status == 403  # no page of ours sent it
    assert headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/v1/spaces\xff", "/v1/\xed\xa0\x80", "/v1/spaces/\x00", "/\xff\xfe", "/v1/é"])
def test_a_path_that_is_not_utf_8_is_not_found(pat, path):
    assert knock("GET", path, credential=pat)[0] == 404


def test_a_query_with_too_many_parameters_is_refused(pat):
    status, headers, _body = knock("GET", "/v1/spaces", "&".join(f"a{n}=1" for n in range(100_000)), credential=pat)

    assert (status, headers["Content-Type"]) == (400, "application/json")
