"""The rule about passwords that Django has not: an upper bound."""

from django.core.exceptions import ValidationError

from accounts.actions import PasswordTooLong
from accounts.models import LONGEST_PASSWORD, User


class LongestPassword:
    """At most 1,024 characters, so that hashing one is never an attack (security.md, ruling 23)."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(PasswordTooLong.message, code=PasswordTooLong.code)

    def get_help_text(self) -> str:
        return str(PasswordTooLong.message)
