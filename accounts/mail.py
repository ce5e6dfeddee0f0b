"""Mails to people with a login. The queue holds an address; the secret of a link is minted when the mail is sent."""

from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django_tasks import task

from accounts.models import User
from lib.mail import deliver


@task()
def send_password_reset(address: str) -> None:
    """Mail a link that lets the owner of the mailbox choose a new password; an unknown address gets nothing."""
    user = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        return
    minutes = int(timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).total_seconds()) // 60
    deliver(user.email, "accounts/mail/reset_password", {"url": reset_url(user), "name": user.name, "minutes": minutes})


def reset_url(user: User) -> str:
    """The address of the page that sets a new password, from PUBLIC_URL alone (security.md, ruling 15)."""
    names = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=names)
