"""Registers the credentials of people and of programs that act for them."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "tokens"
