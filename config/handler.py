"""Django's WSGI handler, whose requests read everything as UTF-8 whatever charset a Content-Type names."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """Django would decode the query by that charset, even `rot13`, and fail before there is a request to answer."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (ValueError, LookupError):
            self.content_type, self.content_params = "", {}
            meta["CONTENT_TYPE"] = ""


class Handler(WSGIHandler):
    request_class = Request
