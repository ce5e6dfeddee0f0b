"""`{% icon "plus" %}`: a Lucide icon inside the page, sized by the stylesheet, hidden from screen readers."""

import functools

from django import template
from lucide.templatetags.lucide import lucide

register = template.Library()


# A list of 50 keys draws some 400 icons: kept as text, one costs half a microsecond instead of sixty.
@register.simple_tag
@functools.cache
def icon(name: str, css: str = "i") -> str:
    """The icon as inline SVG. Raises lucide.IconDoesNotExist for a name that Lucide does not have."""
    return lucide(name, size=None, **{"class": css, "aria_hidden": "true"})
