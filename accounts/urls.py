"""Addresses of the pages about people: allauth's flows under our templates."""

from allauth.account import views
from django.urls import path, re_path

from accounts import pages

TEMPLATES = "accounts/{}.html".format

sign_in = pages.SignIn.as_view()
sign_out = views.LogoutView.as_view(template_name=TEMPLATES("sign_out"))
sign_up = pages.SignUp.as_view()
confirm_email = pages.ConfirmEmail.as_view()
inactive = views.AccountInactiveView.as_view(template_name=TEMPLATES("inactive"))
forgot_password = views.PasswordResetView.as_view(template_name=TEMPLATES("forgot_password"))
forgot_password_sent = views.PasswordResetDoneView.as_view(template_name=TEMPLATES("forgot_password_sent"))
reset_password = views.PasswordResetFromKeyView.as_view(template_name=TEMPLATES("reset_password"))
reset_password_done = views.PasswordResetFromKeyDoneView.as_view(template_name=TEMPLATES("reset_password_done"))
change_password = pages.ChangePassword.as_view()

urlpatterns = [
    path("sign-in", sign_in, name="account_login"),
    path("sign-out", sign_out, name="account_logout"),
    path("sign-up", sign_up, name="account_signup"),
    path("confirm-email", confirm_email, name="account_email_verification_sent"),
    path("inactive", inactive, name="account_inactive"),
    path("forgot-password", forgot_password, name="account_reset_password"),
    path("forgot-password/sent", forgot_password_sent, name="account_reset_password_done"),
    path("reset-password/done", reset_password_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^reset-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)$",
        reset_password,
        name="account_reset_password_from_key",
    ),
    path("change-password", change_password, name="account_change_password"),
    path("switch", pages.switch_account, name="switch_account"),
]
