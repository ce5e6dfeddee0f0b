"""Registers lib, whose only rows are counters."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "lib"
