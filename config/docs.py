"""The description of the API, for programs at /api/schema and for people at /api/docs. Neither asks who reads it."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.health import reading_only
from config.openapi import document_text


@reading_only
def schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, in JSON."""
    return HttpResponse(document_text(), content_type="application/json")


# Swagger UI sets styles on its elements, and draws its icons from `data:` addresses.
@csp_update({"style-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:"]})
@reading_only
def docs(request: HttpRequest) -> HttpResponse:
    """Swagger UI, from files of our own."""
    return render(request, "docs.html")
