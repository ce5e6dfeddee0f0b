"""The API's way past what only pages need: sessions, forms, flash messages, files and frames."""

import threading
from collections.abc import Callable

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse

from config.paths import is_called

GetResponse = Callable[[HttpRequest], HttpResponse]


class _Built(threading.local):
    """Middleware is built from the inside out, in one thread: the layer built last before the shortcut is its end."""

    end: GetResponse


_built = _Built()


class ShortcutEnd:
    """Mixed into the innermost layer, where both ways meet."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        _built.end = convert_exception_to_response(self)  # type: ignore[arg-type, assignment]


class Shortcut:
    """Hands a call of the API straight to the innermost layer; every other request to the next one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.of_pages, self.of_calls = get_response, _built.end

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return (self.of_calls if is_called(request) else self.of_pages)(request)
