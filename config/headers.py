"""The Content-Security-Policy of every answer, written once instead of once for each."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class ContentSecurityPolicy(CSPMiddleware):
    """django-csp's middleware, which builds the policy anew only where a view has changed it, or used its nonce."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.policy = build_policy()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_changed = any(name.startswith("_csp") for name in vars(response))
        if is_changed or hasattr(request, "_csp_nonce"):
            return super().process_response(request, response)
        response.setdefault(HEADER, self.policy)
        return response
