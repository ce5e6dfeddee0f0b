"""What a program calls itself, made short."""

import pytest

from lib.templatetags.clients import client

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
CHROME = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/156.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("", ""),
        ("curl/8.5.0", "curl 8.5.0"),
        ("python-requests/2.32.3", "python-requests 2.32.3"),
        ("@flatfile/api/1.23.1", "@flatfile/api 1.23.1"),
        ("@flatfile/api 1.23", "@flatfile/api 1.23"),
        ("node", "node"),
        ("shop.northwind.example", "shop.northwind.example"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0",
            "Firefox 143 on macOS",
        ),
        (CHROME, "Chrome 156 on Windows"),
        (f"{CHROME} Edg/156.0.0.0", "Edge 156 on Windows"),
        ("Mozilla/5.0 (compatible)", "A browser"),
    ],
)
def test_a_person_recognises_it(text, short):
    assert client(text) == short


def test_it_never_grows_long():
    assert len(client("x" * 255)) == 40
