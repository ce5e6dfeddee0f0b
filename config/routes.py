"""The routes there are, read from the URLconf: what the authorization matrix is checked against."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from lib.pages import POSTING, READING

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")


def routes() -> list[dict[str, Any]]:
    """Path (parameters in braces), name and methods of every route, in the order they are tried."""
    return [
        {"path": path, "name": pattern.name or "", "methods": sorted(methods_of(pattern.callback))}
        for path, pattern in _walk(get_resolver().url_patterns, "/")
    ]


def methods_of(view: Any) -> set[str]:
    """What a view answers: of the API what its class defines, of pages no more than a browser's forms can send."""
    if api := getattr(view, "cls", None):
        return _defined(api)
    page = getattr(view, "view_class", None)
    return _defined(page) & set(POSTING) if page else set(getattr(view, "methods", READING))


def _defined(view: Any) -> set[str]:
    found = {name.upper() for name in view.http_method_names if hasattr(view, name)} - {"OPTIONS", "HEAD"}
    return found | {"HEAD"} if "GET" in found else found


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield path, pattern


def readable(pattern: str) -> str:
    """An address as written, or as a regular expression, with its parameters in braces."""
    return PARAMETER.sub(r"{\1}", GROUP.sub(r"{\1}", pattern.removeprefix("^").removesuffix("$")))
