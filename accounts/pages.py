"""The pages about people where allauth's own do not fit: limits, a closed sign-up, going on in another account."""

from typing import Any

from allauth.account.views import ConfirmEmailVerificationCodeView, LoginView, PasswordChangeView, SignupView
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from access.requests import Request
from accounts import credentials
from lib.pages import answered, posted


class SignIn(LoginView):
    """A spent guessing budget is said on the page itself."""

    template_name = "accounts/sign_in.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return answered(super().form_invalid(form), form)


class ChangePassword(PasswordChangeView):
    """So is one that was spent by guessing the current password."""

    template_name = "accounts/change_password.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return answered(super().form_invalid(form), form)


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
