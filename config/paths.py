"""Which paths speak JSON in every answer, and which hold what no cache may keep."""

from django.http import HttpRequest

CALLS = ("/v1/", "/api/v1/")
API = ("/v1/", "/api/")
PUBLISHED = "/.well-known/"
MACHINES = (PUBLISHED, "/healthz", "/readyz", "/metrics")
PRIVATE = ("/dashboard", "/account/", "/dev/")
GUESTS = ("/space/", "/s/", "/space-init", "/invite", "/sign-in-link", "/shared", "/clip/", "/clip-link")


def is_api(request: HttpRequest) -> bool:
    return f"{request.path_info}/".startswith(API) or request.path_info.startswith(MACHINES)


def is_called(request: HttpRequest) -> bool:
    """Whether the path is an operation of the API, which no page shows and no form is sent to."""
    return request.path_info.startswith(CALLS)


def is_for_other_pages(request: HttpRequest) -> bool:
    """Whether the pages of other origins may ask here at all: the API and its public keys, not what is watched."""
    return f"{request.path_info}/".startswith(API) or request.path_info.startswith(PUBLISHED)


def is_dashboard(request: HttpRequest) -> bool:
    return f"{request.path_info}/".startswith("/dashboard/")


def is_page(request: HttpRequest) -> bool:
    """Whether the path is a person's: of the dashboard, or about signing in."""
    return request.path_info.startswith(PRIVATE)


def is_guest_page(request: HttpRequest) -> bool:
    """Whether the path is a guest's, who has a session of another kind."""
    return f"{request.path_info}/".startswith(GUESTS)


def is_private(request: HttpRequest) -> bool:
    return is_api(request) or is_page(request) or is_guest_page(request)
