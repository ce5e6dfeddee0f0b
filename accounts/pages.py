"""The settings of an account; pages about people where allauth's own do not fit: limits, sign-up, another account."""

from typing import Any

from allauth.account.views import ConfirmEmailVerificationCodeView, LoginView, PasswordChangeView, SignupView
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from access.queries import get_visible
from access.requests import Request
from accounts import actions, credentials
from accounts.forms import AccountForm
from accounts.models import Account
from lib.pages import answered, posted, with_form


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


def settings(request: Request) -> HttpResponse:
    return redirect("account_settings")


@with_form
def account_settings(request: Request) -> HttpResponse:
    """The account; its members see it, and whoever may change it has a form."""
    account = get_visible(Account, request.actor, request.actor.account_id or "")
    form = AccountForm.of(account, request.POST or None)
    if form.is_valid():
        with form.showing_problems():
            actions.update_account(request.actor, account, **form.cleaned_data)
            messages.success(request, "The account is saved.")
            return redirect("account_settings")
    return render(request, "accounts/account.html", {"account": account, "form": form})


@posted("dashboard")
def switch_account(request: Request) -> HttpResponse:
    credentials.switch_account(request, request.POST.get("account_id", ""))
    return redirect("dashboard")
