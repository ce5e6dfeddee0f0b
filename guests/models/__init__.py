"""People without an account, what each was given, and the links that let them in."""

from guests.models.clips import ClipLink, ClipShare
from guests.models.links import MagicLink
from guests.models.people import Grant, GrantPart, Guest
from guests.models.shared import SharedLink, why_not_shared

__all__ = ["ClipLink", "ClipShare", "Grant", "GrantPart", "Guest", "MagicLink", "SharedLink", "why_not_shared"]
