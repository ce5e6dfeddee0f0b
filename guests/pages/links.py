"""A guest's way in: from the invitation to the sign-in link, and through it. Only a POST asks for or spends one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access.requests import Request
from guests import credentials
from guests.credentials import LinkExpired
from guests.forms import AskForm, CodeForm
from guests.links import SIGN_IN_LIFETIME, find_link, get_link
from guests.models import MagicLink
from guests.pages.carried import carried, carry, put_down
from lib.pages import answered, with_form
from tokens.models import AccessToken

SESSION = AccessToken.Kind.GUEST_SESSION
INVITATION, SIGN_IN = MagicLink.Kind.INVITATION, MagicLink.Kind.SIGN_IN


def open_invitation(request: Request, secret: str) -> HttpResponse:
    """The address in mail 1."""
    return _taken_out(request, secret, INVITATION, "guest_invitation")


def open_sign_in(request: Request, secret: str) -> HttpResponse:
    """The address in mail 2. Opening it, once or often, by whatever program, uses nothing up."""
    return _taken_out(request, secret, SIGN_IN, "guest_sign_in")


def invitation(request: Request) -> HttpResponse:
    """Who invites, to which space, until when; and a button that has the sign-in link mailed."""
    link = _good(request, INVITATION)
    return render(request, "guests/invitation.html", {"link": link}) if link else _expired(request)


@with_form
def sign_in(request: Request) -> HttpResponse:
    """The button that spends the sign-in link. A second press finds the guest inside already."""
    link = _known(request)
    if link and request.actor.id == link.guest.pk:
        return redirect("guest_space", space_id=link.space.pk)
    if request.method == "POST":
        return _spent(request, link)
    good = _good(request, SIGN_IN)
    return render(request, "guests/sign_in.html", {"link": good}) if good else _expired(request)


@with_form
def ask(request: Request) -> HttpResponse:
    """Have a sign-in link mailed: to the owner of the link one came with, else to the address that is typed."""
    link = _known(request)
    if request.method == "POST" and link and "email" not in request.POST:
        return _asked(request, link.email, link.space.pk, link)
    form = AskForm(request.POST or None, initial={"space": request.GET.get("space", "")})
    if form.is_valid():
        with form.showing_problems():
            return _asked(request, form.cleaned_data["email"], form.cleaned_data["space"], None)
    return render(request, "guests/ask.html", {"form": form})


@with_form
def sent(request: Request) -> HttpResponse:
    """That a link is on its way, the same whoever was named; and the field for the code in it."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        with form.showing_problems():
            asked, typed = carried(request).asked, form.cleaned_data["code"]
            return _let_in(request, credentials.use_code(asked, typed, request.actor.origin, kind=SESSION))
    minutes = int(SIGN_IN_LIFETIME.total_seconds()) // 60
    page = render(request, "guests/sent.html", {"form": form, "link": _known(request), "minutes": minutes})
    return answered(page, form)


def _taken_out(request: Request, secret: str, kind: MagicLink.Kind, page: str) -> HttpResponse:
    """The secret leaves the address before anything is shown; the browser goes on with the link's id."""
    link = find_link(secret)
    response = carry(request, redirect(page), link=link.pk if link and link.kind == kind else "")
    response["Referrer-Policy"] = "no-referrer"
    return response


def _spent(request: Request, link: MagicLink | None) -> HttpResponse:
    try:
        return _let_in(request, credentials.use_link(link.pk if link else "", request.actor.origin, kind=SESSION))
    except LinkExpired:
        return redirect("guest_sign_in")


def _let_in(request: Request, token: AccessToken) -> HttpResponse:
    response = redirect("guest_space", space_id=token.space_id)
    return put_down(credentials.begin_session(response, token, replaced=request.actor))


def _asked(request: Request, email: str, space_id: str, link: MagicLink | None) -> HttpResponse:
    """A limit that was met is not told: the browser then keeps what the code in its last mail belongs to."""
    asked = credentials.ask_link(email, space_id, request.actor.origin, has_link=link is not None)
    kept = asked or carried(request).asked
    return carry(request, redirect("guest_link_sent"), link=link.pk if link else "", asked=kept)


def _expired(request: Request) -> HttpResponse:
    """One page for whatever opens nothing. With a link of ours it knows where to mail the next one."""
    link = _known(request)
    return render(request, "guests/expired.html", {"link": link, "form": None if link else AskForm()})


def _known(request: Request) -> MagicLink | None:
    """The link one came with, good or not; none whose guest has another address since."""
    link = get_link(carried(request).link)
    return link if link and link.email == link.guest.email else None


def _good(request: Request, kind: MagicLink.Kind) -> MagicLink | None:
    link = _known(request)
    return link if link and link.kind == kind and not link.why_dead(timezone.now()) else None
