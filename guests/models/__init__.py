"""People without an account, what each was given, and the links that let them in."""

from guests.models.links import MagicLink
from guests.models.people import Grant, GrantPart, Guest

__all__ = ["Grant", "GrantPart", "Guest", "MagicLink"]
