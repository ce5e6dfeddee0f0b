"""Tokens as credentials: what they are exchanged for, and how each becomes an Actor."""

from tokens.credentials.exchange import Issued, exchange_client, exchange_password, refresh_access_token
from tokens.credentials.principals import client_principals, token_principals
from tokens.credentials.resolve import resolve_access_token, resolve_personal_access_token

__all__ = [
    "Issued",
    "client_principals",
    "exchange_client",
    "exchange_password",
    "refresh_access_token",
    "resolve_access_token",
    "resolve_personal_access_token",
    "token_principals",
]
