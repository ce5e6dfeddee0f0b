"""Origins of web pages: an entry of an account's list in one written form, and whether an origin is among the entries.

An entry is `https://app.example.com`, with a port where it is not the scheme's own; `app.example.com` means the same.
`*.example.com` stands for whatever is in front of `.example.com`, one label or several, and not for `example.com`.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable

from lib.problems import InvalidInput

LONGEST = 255
DEFAULT_PORTS = {"https": "443", "http": "80"}
DEVIATING = re.compile("[\u00df\u03c2\u1e9e\u200c\u200d]")  # browsers and Python's IDNA write these differently
LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*")
NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)")
PORT = re.compile(r"[1-9][0-9]{0,4}")


class BadOrigin(InvalidInput):
    code, message = "bad_origin", "Write an origin, such as https://app.example.com or *.example.com."


def normal(entry: str) -> str:
    """The entry as it is kept and compared: with its scheme, in lower case and punycode. Raises BadOrigin."""
    if DEVIATING.search(entry):
        raise BadOrigin("Write this name in punycode (xn--…): browsers and servers disagree about one of its letters.")
    text = unicodedata.normalize("NFKC", entry).strip().lower()
    scheme, found, rest = text.partition("://")
    scheme, rest = (scheme, rest) if found else ("https", text)
    if text in ("*", "null"):
        raise BadOrigin("This would allow pages that are nobody's in particular. Name each origin.")
    if scheme not in DEFAULT_PORTS:
        raise BadOrigin("Begin with https:// or http://, or with the name itself.")
    if re.search(r"[/?#\\]", rest):
        raise BadOrigin("Leave out the path: everything from the slash after the name on.")
    if "@" in rest:
        raise BadOrigin("Leave out the user name: everything up to the @.")
    host, port = _apart(rest)
    wanted = "" if port in ("", DEFAULT_PORTS[scheme]) else f":{port}"
    origin = f"{scheme}://{_host(host)}{wanted}"
    if len(origin) > LONGEST:
        raise BadOrigin
    return origin


def is_among(origin: str, entries: Iterable[str]) -> bool:
    """Whether an Origin header names one of the entries, which are in normal form as the header is by its nature."""
    return any(_is_below(origin, entry) if "*" in entry else origin == entry for entry in entries)


def _is_below(origin: str, entry: str) -> bool:
    scheme, _, parent = entry.partition("*")
    if not (origin.startswith(scheme) and origin.endswith(parent)):
        return False
    return NAME.fullmatch(origin[len(scheme) : -len(parent)]) is not None


def _apart(rest: str) -> tuple[str, str]:
    """Host and port; an address in brackets holds colons of its own."""
    end = rest.rfind("]") + 1
    host, found, port = rest[end:].partition(":")
    if found and not (PORT.fullmatch(port) and int(port) < 2**16):
        raise BadOrigin("A port is a number from 1 to 65535.")
    return rest[:end] + host, port


def _host(host: str) -> str:
    if host.startswith("["):
        return _address_in_brackets(host)
    star, host = ("*.", host[2:]) if host.startswith("*.") else ("", host)
    if "*" in host:
        raise BadOrigin("A star stands at the beginning alone, for whole labels: *.example.com.")
    if host.endswith("."):
        raise BadOrigin("Leave out the dot at the end.")
    try:
        name = host.encode("idna").decode()
    except UnicodeError:
        raise BadOrigin from None
    if not NAME.fullmatch(name):
        raise BadOrigin
    if NUMBER.fullmatch(name.rpartition(".")[2]):  # what browsers take for an address of four numbers
        return _address(name, star)
    if star and "." not in name:
        raise BadOrigin("This would allow a whole top-level domain. Name the domain below it: *.example.com.")
    return star + name


def _address(name: str, star: str) -> str:
    try:
        address = ipaddress.IPv4Address(name)
    except ValueError:
        raise BadOrigin("Write an address as four numbers.") from None
    if star:
        raise BadOrigin("There is nothing below an address. Leave out the star.")
    return str(address)


def _address_in_brackets(host: str) -> str:
    try:
        address = ipaddress.IPv6Address(host[1:-1])
    except ValueError:
        raise BadOrigin from None
    if address.scope_id or address.ipv4_mapped:  # no browser says either of them like this
        raise BadOrigin
    return f"[{address.compressed}]"
