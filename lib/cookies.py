"""Cookies that live inside another site's frame: partitioned by the site around it (CHIPS)."""

from http.cookies import Morsel
from typing import Any

from django.http import HttpResponse

# Python learns of the attribute in 3.14.
MORSEL: Any = Morsel
MORSEL._reserved.setdefault("partitioned", "Partitioned")
MORSEL._flags.add("partitioned")


def partition(response: HttpResponse, name: str) -> None:
    """Have the browser keep a cookie of this answer apart for each site that frames us."""
    response.cookies[name]["partitioned"] = True
