"""A member's own tokens: personal access tokens, and the legacy pairs of client id and secret."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from access.queries import get_visible, visible
from access.requests import Request
from lib.pages import answered, posted, with_form
from lib.paging import keyset
from tokens import actions
from tokens.forms import ClientForm, TokenForm
from tokens.models import ClientCredential, PersonalAccessToken


@with_form
def tokens(request: Request) -> HttpResponse:
    """The list; a POST creates one and shows it this once."""
    form = TokenForm(request.POST if request.method == "POST" else None, request=request, auto_id="new-%s")
    if form.is_valid():
        with form.showing_problems():
            issued = actions.create_token(request.actor, **form.cleaned_data)
            return _tokens_page(request, TokenForm(request=request, auto_id="new-%s"), issued)
    return _tokens_page(request, form)


@posted("tokens")
def delete_token(request: Request, token_id: str) -> HttpResponse:
    token = get_visible(PersonalAccessToken, request.actor, token_id)
    actions.revoke_token(request.actor, token)
    messages.success(request, f"The token “{token.name}” is deleted. Its next request is refused.")
    return redirect("tokens")


@with_form
def clients(request: Request) -> HttpResponse:
    """The list; a POST creates a pair and shows its secret this once."""
    form = ClientForm(request.POST if request.method == "POST" else None, request=request, auto_id="new-%s")
    if form.is_valid():
        with form.showing_problems():
            issued = actions.create_client(request.actor, **form.cleaned_data)
            return _clients_page(request, ClientForm(request=request, auto_id="new-%s"), issued)
    return _clients_page(request, form)


@posted("clients")
def delete_client(request: Request, client_id: str) -> HttpResponse:
    client = get_visible(ClientCredential, request.actor, client_id)
    actions.revoke_client(request.actor, client)
    messages.success(
        request, f"The pair “{client.description or client.client_id}” is deleted. It opens nothing any more."
    )
    return redirect("clients")


def _tokens_page(request: Request, form: TokenForm, issued: actions.IssuedToken | None = None) -> HttpResponse:
    live = visible(PersonalAccessToken, request.actor).live()  # type: ignore[attr-defined]
    page = keyset(live.select_related("environment"), request.GET.get("after"))
    context = {"tokens": page.rows, "older": page.next, "form": form, "issued": issued}
    return answered(render(request, "tokens/tokens.html", context), form)


def _clients_page(request: Request, form: ClientForm, issued: actions.IssuedClient | None = None) -> HttpResponse:
    page = keyset(visible(ClientCredential, request.actor).live(), request.GET.get("after"))  # type: ignore[attr-defined]
    context = {"clients": page.rows, "older": page.next, "form": form, "issued": issued}
    return answered(render(request, "tokens/clients.html", context), form)
