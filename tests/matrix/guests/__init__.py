"""What the API answers to guests: whatever has no row here, none of them may ever do."""

from tests.matrix.guests.cast import beyond, guests_of
from tests.matrix.guests.clips import CLIPS
from tests.matrix.guests.spaces import API

__all__ = ["API", "CLIPS", "beyond", "guests_of"]
