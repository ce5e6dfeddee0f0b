"""Bodies sent with Content-Encoding: gzip, and how large a body may be, packed or not, by what the view says."""

import gzip
import json

import pytest
from django.test import Client
from django.urls import include, path

from access.drf import Api, Request
from config.urls import urlpatterns as ours
from lib.body import LARGEST, LARGEST_OF_RECORDS
from lib.drf import data
from tests.knock import call, refused, shown

SPACES = "/v1/spaces"
RECORDS = "/v1/test-records"


class Records(Api):
    """What a view that writes records declares: one line."""

    largest_body = LARGEST_OF_RECORDS

    def post(self, request: Request):
        return data(len(request.data["text"]))


API = [path("test-records", Records.as_view())]
urlpatterns = [path("v1/", include(API)), *ours]
handler404 = "config.answers.page_not_found"
handler500 = "config.answers.server_error"


@pytest.fixture
def records(settings):
    settings.ROOT_URLCONF = __name__


def text_of(size):
    """A JSON body of exactly so many bytes."""
    around = len('{"text": ""}')
    return b'{"text": "' + b"a" * (size - around) + b'"}'


def pack(body):
    return gzip.compress(body if isinstance(body, bytes) else json.dumps(body).encode(), 1)


def send(path, credential, body, encoding="gzip", **extra):
    return call("POST", path, credential, body, HTTP_CONTENT_ENCODING=encoding, **extra)


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "x-gzip", " gzip "])
def test_a_packed_body_is_read(secret_key, development, encoding):
    space = shown(send(SPACES, secret_key, pack({"name": "Packed"}), encoding))

    assert space["name"] == "Packed"
    assert development.spaces.get().name == "Packed"


@pytest.mark.parametrize("encoding", ["", "identity"])
def test_a_body_that_is_not_packed_may_say_so(secret_key, encoding):
    assert shown(send(SPACES, secret_key, {"name": "Plain"}, encoding))["name"] == "Plain"


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "compress", "gzip, gzip", "gzip,br", "*", "x" * 1000])
def test_any_other_encoding_is_a_415_that_says_what_is_read(secret_key, development, encoding):
    answer = send(SPACES, secret_key, pack({"name": "a"}), encoding)

    refused(answer, 415, "unsupported_encoding")
    assert answer["Accept-Encoding"] == "gzip"
    assert not development.spaces.exists()


@pytest.mark.parametrize(
    "body",
    [pack({"name": "a"})[:-1], pack({"name": "a"}) + b"x", b'{"name": "a"}', b"\x1f\x8b", pack("a") * 50],
)
def test_a_body_that_is_not_what_it_says_is_a_400(secret_key, body):
    refused(send(SPACES, secret_key, body), 400, "bad_gzip")


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"{", b"\xef\xbb\xbf{}", b"\xff", b"[" * 33 + b"]" * 33, b'{"a": NaN}', b'{"a": 1, "a": 1}']
)
def test_what_was_packed_is_read_as_strictly_as_what_was_not(secret_key, body):
    refused(send(SPACES, secret_key, pack(body)), 400, "bad_json")


def test_a_packed_body_is_still_json(secret_key):
    for kind in ("", "text/plain", "application/gzip", "application/json; charset=utf-16"):
        refused(send(SPACES, secret_key, pack({"name": "a"}), content_type=kind), 415, "unsupported_media_type")


def test_an_empty_body_is_no_body_whatever_it_says(secret_key):
    assert shown(send(SPACES, secret_key, b""))["name"] == "Untitled space"


def test_a_body_nobody_reads_is_not_unpacked(secret_key):
    assert call("GET", SPACES, secret_key, b"no gzip", HTTP_CONTENT_ENCODING="gzip").status_code == 200


def test_nothing_is_unpacked_for_a_stranger(db, monkeypatch):
    monkeypatch.setattr("lib.body.inflate", lambda *_, **__: pytest.fail("unpacked"))

    refused(send(SPACES, "", pack({"name": "a"})), 401)
    refused(send(SPACES, "sk_" + "a" * 36, pack({"name": "a"})), 401)


def test_a_page_reads_no_packed_form(db):
    answer = Client().post("/account/sign-in", pack(b"login=a"), "text/plain", HTTP_CONTENT_ENCODING="gzip")

    assert answer.status_code == 200  # an empty form, with its errors


def test_a_body_may_be_a_mebibyte_packed_or_not(secret_key):
    for size, status in ((LARGEST, 200), (LARGEST + 1, 413), (20 * LARGEST, 413)):
        for answer in (send(SPACES, secret_key, pack(text_of(size))), send(SPACES, secret_key, text_of(size), "")):
            assert answer.status_code == status


def test_where_records_are_written_it_may_be_sixteen(records, secret_key):
    for size in (LARGEST + 1, LARGEST_OF_RECORDS):
        for answer in (send(RECORDS, secret_key, pack(text_of(size))), send(RECORDS, secret_key, text_of(size), "")):
            assert shown(answer) == size - len('{"text": ""}')


def test_and_not_one_byte_more(records, secret_key):
    body = text_of(LARGEST_OF_RECORDS + 1)

    for answer in (send(RECORDS, secret_key, pack(body)), send(RECORDS, secret_key, body, "")):
        assert "16 MiB" in refused(answer, 413, "body_too_large")["message"]


@pytest.mark.parametrize("size", [20 * LARGEST, 300 * LARGEST])
def test_a_bomb_is_refused_wherever_it_is_sent(records, secret_key, size):
    bomb = pack(b"0" * size)

    refused(send(RECORDS, secret_key, bomb), 413, "body_too_large")
    refused(send(SPACES, secret_key, bomb), 413, "body_too_large")


def test_a_length_that_is_announced_too_large_is_refused_before_it_is_read(records, secret_key):
    for path_, most in ((SPACES, LARGEST), (RECORDS, LARGEST_OF_RECORDS), ("/v1/nothing", LARGEST_OF_RECORDS)):
        refused(call("POST", path_, secret_key, b"{}", CONTENT_LENGTH=str(most + 1)), 413, "body_too_large")
