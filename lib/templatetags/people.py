"""`{{ name|initials }}`: what stands in a person's circle."""

from django import template

register = template.Library()


@register.filter
def initials(name: str) -> str:
    """Of the first and the last word of a name: `AM` for Ada Marsh."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()
