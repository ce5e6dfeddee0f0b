"""What people call things: text on one line whose every character shows, and shows where it stands."""

import unicodedata

from lib.problems import InvalidInput

# Control characters, and what breaks a line. U+200D and its like join the parts of an emoji and stay.
BREAKING = {"Cc", "Cs", "Zl", "Zp"}
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # make text read in another order than it is


class NameUnreadable(InvalidInput):
    code = "name_unreadable"
    message = "There is a character in here that cannot be seen, or that turns the text around. Type it without."
    field = "name"


def readable(name: str, *, field: str = "name") -> str:
    """The name without blanks around it. Raises NameUnreadable; whether it may be empty is for the caller to say."""
    name = name.strip()
    if any(unicodedata.category(one) in BREAKING or unicodedata.bidirectional(one) in TURNING for one in name):
        raise NameUnreadable(field=field)
    if name and not any(one.isprintable() for one in name.replace(" ", "")):
        raise NameUnreadable(field=field)
    return name
