"""Registers environments, their keys and their secrets."""

from django.apps import AppConfig


class EnvironmentsConfig(AppConfig):
    name = "environments"
