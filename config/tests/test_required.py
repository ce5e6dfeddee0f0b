"""What production refuses to start without, each refusal saying what to set."""

import base64
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from config.checks import no_debug_in_public, registration_is_open_or_closed
from config.required import Required, is_loopback

STRONG = "kV8x-2mQz_7LpTn4RwYb9HsJc3DfGa6EuXoBi1NdPlZrMvKqWy0"
KEY = base64.urlsafe_b64encode(bytes(range(1, 33))).decode()


@pytest.fixture
def read(monkeypatch):
    """Reads one variable that holds this text, or none at all."""

    def read(text, how, **kwargs):
        monkeypatch.delenv("VARIABLE", raising=False)
        if text is not None:
            monkeypatch.setenv("VARIABLE", text)
        return getattr(Required(Env()), how)("VARIABLE", **kwargs)

    return read


def test_a_strong_secret_is_taken_as_it_is(read):
    assert read(STRONG, "text", at_least=50) == STRONG


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (None, "Set VARIABLE"),
        ("", "Set VARIABLE"),
        (STRONG[:49], "at least 50"),
        ("a" * 60, "sample"),
        ("abcabcabc" * 8, "sample"),
        ("change-me-" + STRONG, "sample"),
        ("django-INSECURE-" + STRONG, "sample"),
        ("my-Secret-key-" + STRONG, "sample"),
        (STRONG + "-example", "sample"),
        ("x" * 10 + "Xxxx" + STRONG, "sample"),
    ],
)
def test_a_missing_short_or_sample_secret_is_refused(read, text, word):
    with pytest.raises(ImproperlyConfigured, match=word) as refusal:
        read(text, "text", at_least=50)

    assert "VARIABLE" in str(refusal.value)
    assert "python3 -c" in str(refusal.value)
    assert text is None or len(text) < 5 or text not in str(refusal.value)


def test_several_secrets_are_read_in_order_and_each_is_checked(read):
    other = STRONG[::-1]

    assert read(f"{STRONG}, {other}", "texts", at_least=32) == [STRONG, other]
    for weak in (f"{STRONG},", f"{STRONG},short", f",{STRONG}"):
        with pytest.raises(ImproperlyConfigured):
            read(weak, "texts", at_least=32)


def test_what_is_optional_may_be_missing_but_not_weak(read):
    assert read(None, "texts", at_least=50, optional=True) == read(" ", "texts", at_least=50, optional=True) == []
    assert read(f"{STRONG},{STRONG[::-1]}", "texts", at_least=50, optional=True) == [STRONG, STRONG[::-1]]
    for weak in (f"{STRONG},", ",", STRONG[:49], "example" + STRONG):
        with pytest.raises(ImproperlyConfigured, match="VARIABLE"):
            read(weak, "texts", at_least=50, optional=True)


def test_field_keys_are_32_bytes_each(read):
    assert read(f"{KEY},{KEY}", "keys") == [KEY, KEY]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        STRONG,
        KEY[:-4],
        KEY + KEY,
        KEY.rstrip("="),
        base64.urlsafe_b64encode(b"\0" * 32).decode(),
        base64.urlsafe_b64encode(b"abcd" * 8).decode(),
        f"{KEY},",
        f"{KEY} {KEY}",
    ],
)
def test_any_other_field_key_is_refused(read, text):
    with pytest.raises(ImproperlyConfigured, match="VARIABLE") as refusal:
        read(text, "keys")

    assert "base64" in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://latchkey.example.com", "https://latchkey.example.com"),
        ("https://latchkey.example.com/", "https://latchkey.example.com"),
        ("https://latchkey.example.com:8443", "https://latchkey.example.com:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_public_address_is_https_or_loopback(read, text, url):
    assert read(text, "public_url", debug=False) == url


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "latchkey.example.com",
        "//latchkey.example.com",
        "ftp://latchkey.example.com",
        "https://",
        "https://latchkey.example.com/app",
        "https://latchkey.example.com?x=1",
        "https://latchkey.example.com#x",
        "https://me@latchkey.example.com",
        "http://latchkey.example.com",
        "http://10.0.0.5:8000",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
    ],
)
def test_any_other_public_address_is_refused(read, text):
    with pytest.raises(ImproperlyConfigured, match="VARIABLE"):
        read(text, "public_url", debug=False)


def test_plain_http_elsewhere_is_for_debugging(read):
    assert read("http://10.0.0.5:8000", "public_url", debug=True) == "http://10.0.0.5:8000"


def test_hosts_are_named_one_by_one(read):
    assert read("latchkey.example.com, 127.0.0.1", "hosts") == ["latchkey.example.com", "127.0.0.1"]


@pytest.mark.parametrize("text", [None, "", " , ", "*", "latchkey.example.com,*", "*.example.com"])
def test_no_host_or_every_host_is_refused(read, text):
    with pytest.raises(ImproperlyConfigured, match="VARIABLE"):
        read(text, "hosts")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("", False),
        ("localhost.example.com", False),
    ],
)
def test_loopback_is_this_machine(host, loopback):
    assert is_loopback(host) is loopback


def start(**changes):
    """Import the settings in a process of its own, with these variables changed."""
    environ = os.environ | {"PYTHONPATH": str(settings.BASE_DIR)} | changes
    return subprocess.run(
        [sys.executable, "-c", "import config.settings"], env=environ, capture_output=True, text=True, cwd="/"
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "TOKEN_PEPPER", "FIELD_KEYS", "PUBLIC_URL", "ALLOWED_HOSTS"])
def test_the_settings_themselves_do_not_load_without_it(name):
    started = start(**{name: ""})

    assert started.returncode == 1
    assert f"Set {name}" in started.stderr.splitlines()[-1]


def test_a_weak_former_secret_key_is_refused_as_well():
    started = start(SECRET_KEY_FALLBACKS="too-short")

    assert started.returncode == 1
    assert "SECRET_KEY_FALLBACKS needs at least 50" in started.stderr.splitlines()[-1]


def test_the_settings_load_when_all_are_there():
    assert start().returncode == 0


def test_debug_in_public_is_an_error_of_the_system_check(settings):
    settings.DEBUG, settings.PUBLIC_URL = True, "https://latchkey.example.com"

    assert [error.id for error in no_debug_in_public()] == ["latchkey.E001"]


def test_debug_on_this_machine_is_none(settings):
    settings.DEBUG, settings.PUBLIC_URL = True, "http://127.0.0.1:8000"

    assert no_debug_in_public() == []


def test_registration_is_one_of_two_words(settings):
    settings.REGISTRATION = "yes"

    assert [error.id for error in registration_is_open_or_closed()] == ["latchkey.E002"]
