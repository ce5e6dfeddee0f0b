"""What Latchkey asks of django-allauth: its flows, with our proof, our mails and our record. Its signals end here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import password_changed, user_logged_in, user_logged_out
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from access.actors import Actor
from access.origins import origin_of
from accounts.credentials import prove_password, sign_in, sign_out
from accounts.models import User
from lib import emails
from lib.mail import queue
from lib.network import client_ip


class Adapter(DefaultAccountAdapter):
    """allauth's hooks: one proof for every pathway, links from PUBLIC_URL, no messages of its own."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        return prove_password(credentials.get("email", ""), credentials.get("password", ""), origin_of(request))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.REGISTRATION == "open")

    def clean_email(self, email: str) -> str:
        try:
            return emails.canonical(email)
        except emails.BadEmail as problem:
            raise ValidationError(problem.message) from None

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request) or "0.0.0.0"  # noqa: S104  an unknown address, not one to bind

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("dashboard")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say for themselves what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        queue(self.render_mail(template_prefix, email, {"email": email, **context}))

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Notices go through our own queue."""


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    if isinstance(user, User):
        sign_in(request, user)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: AbstractBaseUser | None, **_: Any) -> None:
    sign_out(getattr(request, "actor", None) or Actor.nobody(timezone.now()))


@receiver(password_changed)
def kept_session(request: HttpRequest, **_: Any) -> None:
    """The session that changed the password goes on; `sign_ins_not_before` has just ended all older ones."""
    request.session["signed_in_at"] = request.session["proven_at"] = timezone.now().timestamp()
