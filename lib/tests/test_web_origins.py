"""Origins as administrators write them, and the pages that only look as if they were among them."""

import pytest

from lib.web_origins import BadOrigin, is_among, normal


@pytest.mark.parametrize(
    ("entry", "origin"),
    [
        ("https://app.example.com", "https://app.example.com"),
        ("app.example.com", "https://app.example.com"),
        ("  HTTPS://App.Example.COM  ", "https://app.example.com"),
        ("https://app.example.com:443", "https://app.example.com"),
        ("http://app.example.com:80", "http://app.example.com"),
        ("http://app.example.com:443", "http://app.example.com:443"),
        ("https://app.example.com:8443", "https://app.example.com:8443"),
        ("app.example.com:8443", "https://app.example.com:8443"),
        ("*.example.com", "https://*.example.com"),
        ("http://*.Example.com:8080", "http://*.example.com:8080"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("https://[2001:DB8:0:0:0:0:0:1]", "https://[2001:db8::1]"),
        ("intranet", "https://intranet"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("*.BÜCHER.example", "https://*.xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("ｅｘａｍｐｌｅ．com", "https://example.com"),
        ("my_app.example.com", "https://my_app.example.com"),
    ],
)
def test_an_entry_has_one_form(entry, origin):
    assert normal(entry) == origin
    assert normal(origin) == origin


@pytest.mark.parametrize(
    "entry",
    [
        "",
        " ",
        "*",
        "null",
        "https://",
        "https://*",
        "*.",
        "*.com",
        "*.localhost",
        "**.example.com",
        "*.*.example.com",
        "app.*.example.com",
        "*app.example.com",
        "app*.example.com",
        "*.127.0.0.1",
        "https://example.com/",
        "https://example.com/path",
        "https://example.com?query",
        "https://example.com#here",
        "https://example.com\\path",
        "https://user@example.com",
        "https://user:word@example.com",
        "//example.com",
        "ftp://example.com",
        "file://",
        "javascript://example.com",
        "chrome-extension://abc",
        "https:example.com",
        "https://https://example.com",
        "https://example.com.",
        "https://.example.com",
        "https://example..com",
        "https://-example.com",
        "https://example-.com",
        "https://exa mple.com",
        "https://example.com https://evil.com",
        "https://example.com,https://evil.com",
        "https://example.com:",
        "https://example.com:0",
        "https://example.com:080",
        "https://example.com:65536",
        "https://example.com:port",
        "https://example.com:٤٤٣",
        "https://127.1",
        "https://2130706433",
        "https://0x7f000001",
        "https://127.0.0.1.",
        "https://1.2.3.256",
        "https://example.123",
        "https://[::1",
        "https://::1",
        "https://[::1%25eth0]",
        "https://[fe80::1%eth0]",
        "https://[::ffff:127.0.0.1]",
        "https://[127.0.0.1]",
        "https://straße.example",
        "https://example.com\n",
        "https://exam\nple.com",
        "https://exam\0ple.com",
        "https://℀.example/",
        "https://" + "a" * 64 + ".example",
        "https://" + "a." * 126 + "example",
    ],
)
def test_what_is_no_origin_is_refused(entry):
    if entry.endswith("\n"):  # blanks around an entry are nobody's intention
        assert normal(entry) == normal(entry.strip())
        return
    with pytest.raises(BadOrigin):
        normal(entry)


ENTRIES = [
    "https://example.com",
    "https://app.example.com:8443",
    "https://*.wild.example",
    "http://*.dev.example:3000",
    "http://[::1]:3000",
]


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.com",
        "https://app.example.com:8443",
        "https://a.wild.example",
        "https://a.b-c.d_e.wild.example",
        "https://xn--bcher-kva.wild.example",
        "http://a.dev.example:3000",
        "http://[::1]:3000",
    ],
)
def test_a_page_is_among_the_entries(origin):
    assert is_among(origin, ENTRIES)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "*",
        "http://example.com",
        "https://example.com.",
        "https://example.com:443",
        "https://example.com:8443",
        "https://example.com/",
        "https://EXAMPLE.com",
        "https://www.example.com",
        "https://evilexample.com",
        "https://example.com.evil.com",
        "https://example.com@evil.com",
        "https://example.com%2eevil.com",
        "https://evil.com#https://example.com",
        "https://example.com,https://evil.com",
        "https://app.example.com",
        "https://app.example.com:84430",
        "https://wild.example",
        "https://.wild.example",
        "https://evilwild.example",
        "https://a.wild.example.evil.com",
        "https://a.wild.example:8443",
        "http://a.wild.example",
        "https://a..wild.example",
        "https://evil.com/.wild.example",
        "https://evil.com?.wild.example",
        "https://evil.com#.wild.example",
        "https://evil.com\\.wild.example",
        "https://evil.com:443" + "@a.wild.example",
        "https://evil.com:1.wild.example",
        "https://*.wild.example",
        "https://-.wild.example",
        "https://a.wild.example.",
        "https://a\n.wild.example",
        "https://a.wild.example\n",
        "https://é.wild.example",
        "http://a.dev.example",
        "http://dev.example:3000",
        "https://" + "a" * 10_000 + ".wild.example",
    ],
)
def test_a_page_that_looks_like_it_is_not(origin):
    assert not is_among(origin, ENTRIES)


def test_an_empty_list_has_no_page_in_it():
    assert not is_among("https://example.com", [])
