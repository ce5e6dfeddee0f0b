"""The routes there are, read from the URLconf: what the authorization matrix is checked against."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

READ = ["GET", "HEAD"]
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def routes() -> list[dict[str, Any]]:
    """Path (parameters in braces), name and methods of every route, in the order they are tried."""
    return [
        {"path": PARAMETER.sub(r"{\1}", path), "name": pattern.name or "", "methods": _methods(pattern.callback)}
        for path, pattern in _walk(get_resolver().url_patterns, "/")
    ]


def _walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield path, pattern


def _methods(view: Any) -> list[str]:
    """A class answers what it defines; a function what its decorator says (`methods`), else it reads."""
    cls = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if cls is None:
        return list(getattr(view, "methods", READ))
    found = [name.upper() for name in cls.http_method_names if hasattr(cls, name) and name not in ("options", "head")]
    return sorted({*found, "HEAD"} if "GET" in found else found)
