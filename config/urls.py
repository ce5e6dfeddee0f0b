"""Every address: the API under both prefixes, the dashboard, and what watches over the process."""

from collections import defaultdict
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, include, path, reverse

from access import api_urls as access
from accounts import api_urls as accounts
from config import devmail, docs, health
from environments import api_urls as environments
from events import api_urls as events
from guests import api_urls as guests
from spaces import api_urls as spaces
from tokens import api_urls as tokens
from tokens.api.exchange import Jwks


def root(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("dashboard"))


def by_noun(addresses: Iterable[URLPattern]) -> list[URLResolver]:
    """Grouped by their first word, so that a request is compared with the addresses of its own noun alone."""
    groups = defaultdict(list)
    for address in addresses:
        noun, slash, rest = str(address.pattern).partition("/")
        groups[noun].append(path(slash + rest, address.callback, name=address.name))
    return [path(noun, include(group)) for noun, group in groups.items()]


API = by_noun(
    [
        *accounts.urlpatterns,
        *environments.urlpatterns,
        *spaces.urlpatterns,
        *guests.urlpatterns,
        *tokens.urlpatterns,
        *events.urlpatterns,
        *access.urlpatterns,
    ]
)

urlpatterns = [
    path("", root, name="root"),
    path("v1/", include((API, "api"))),
    path("api/v1/", include((API, "api"), namespace="api-alias")),
    path("api/schema", docs.schema, name="schema"),
    path("api/docs", docs.docs, name="docs"),
    path(".well-known/jwks.json", Jwks.as_view()),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("account/", include("accounts.urls")),
    path("dashboard", include("environments.urls")),
    path("dashboard/", include("accounts.settings_urls")),
    path("dashboard/", include("tokens.urls")),
    path("dashboard/", include("events.urls")),
    path("dashboard/", include("spaces.urls")),
    path("dashboard/", include("guests.pages.urls")),
    path("", include("guests.urls")),
    path("dashboard/", include("access.urls")),
    path("dev/mail", devmail.mails, name="dev_mail"),
    path("dev/mail/<str:name>", devmail.one_mail, name="dev_mail_one"),
]

handler400 = "config.answers.bad_request"
handler403 = "config.answers.permission_denied"
handler404 = "config.answers.page_not_found"
handler500 = "config.answers.server_error"
