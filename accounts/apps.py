"""Registers accounts, and the signals that allauth alone offers."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import allauth  # noqa: F401
