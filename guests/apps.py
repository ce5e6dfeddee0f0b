"""Registers guests: people without an account. The layer is in place; what they can do is not built yet."""

from django.apps import AppConfig


class GuestsConfig(AppConfig):
    name = "guests"
