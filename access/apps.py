"""Registers access, which stores nothing: it only judges."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "access"
