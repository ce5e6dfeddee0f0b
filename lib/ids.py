"""Public ids, which are the primary keys: `us_<kind>_` and 22 base-62 characters of a UUIDv7."""

import re
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from lib import crypto

LENGTH = 40
RANDOM = 22
SHAPE = re.compile(r"us_[a-z]{1,8}_[0-9A-Za-z]{22}", re.ASCII)


def new_id(prefix: str) -> str:
    """A fresh id such as `us_env_0kQ7WcJdT4mZb2RxVnE9aS`: ordered by time to the millisecond, not guessable."""
    return prefix + crypto.base62(crypto.uuid7(), RANDOM)


def is_id(text: object) -> bool:
    return isinstance(text, str) and SHAPE.fullmatch(text) is not None


class IdField(models.CharField):
    """An id as text in byte order on both databases, with one index and no second one for LIKE.

    With a prefix it makes its own values; without one it holds a copy of another row's id.
    """

    def __init__(self, prefix: str = "", **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs["max_length"] = LENGTH
        if prefix:
            kwargs.setdefault("default", Minted(prefix))
            kwargs["editable"] = False
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "default", "editable") if self.prefix else ("max_length",):
            kwargs.pop(key, None)
        if self.prefix:
            kwargs["prefix"] = self.prefix
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        # Spelled out: Django adds a second index for LIKE to its own "varchar" on PostgreSQL.
        return f"character varying({LENGTH})" if connection.vendor == "postgresql" else f"varchar({LENGTH})"

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else "BINARY"
        return {**super().db_parameters(connection), "collation": collation}


class Minted:
    """A default that makes a fresh id, comparable so that migrations see no change."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __call__(self) -> str:
        return new_id(self.prefix)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Minted) and other.prefix == self.prefix

    def __hash__(self) -> int:
        return hash(self.prefix)
