"""`{% icon "plus" %}`: a Lucide icon inside the page, sized by the stylesheet, hidden from screen readers."""

import functools
import re

from django import template
from django.utils.safestring import mark_safe
from lucide.templatetags.lucide import lucide

register = template.Library()

# How all of them are drawn is said once, in the stylesheet: half of a long list would be these words.
PEN = ' fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
GAPS = re.compile(r"(?<=>)\s+(?=<)")


# A list of 50 keys draws some 400 icons: kept as text, one costs half a microsecond instead of sixty.
@register.simple_tag
@functools.cache
def icon(name: str, css: str = "i") -> str:
    """The icon as inline SVG. Raises lucide.IconDoesNotExist for a name that Lucide does not have."""
    drawn = lucide(name, size=None, **{"class": css, "aria_hidden": "true"})
    return mark_safe(GAPS.sub("", drawn.replace(PEN, "")))  # noqa: S308  our own drawing
