"""The pages about people where allauth's own do not fit: a sign-up that may be closed, going on in another account."""

from typing import Any

from allauth.account.views import ConfirmEmailVerificationCodeView, SignupView
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from access.requests import Request
from accounts import credentials
from lib.pages import posted


class SignUp(SignupView):
    """Does not exist while registration is closed."""

    template_name = "accounts/sign_up.html"

    def closed(self) -> HttpResponse:
        raise Http404


class ConfirmEmail(ConfirmEmailVerificationCodeView):
    """The code that was mailed at sign-up. Whoever is signed in already has nothing to confirm."""

    template_name = "accounts/confirm_email.html"

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect("dashboard")
        return super().dispatch(request, *args, **kwargs)


@posted("dashboard")
def switch_account(request: Request) -> HttpResponse:
    credentials.switch_account(request, request.POST.get("account_id", ""))
    return redirect("dashboard")
