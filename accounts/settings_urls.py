"""Addresses of the settings of an account, below the dashboard."""

from django.urls import path

from accounts import pages

urlpatterns = [
    path("settings", pages.settings, name="settings"),
    path("settings/account", pages.account_settings, name="account_settings"),
]
