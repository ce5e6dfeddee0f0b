"""Moments as people read them: relative on the pages, absolute in the log, always with the exact time in UTC behind."""

from datetime import UTC, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# What is younger than the first is told in the second: `Just now`, `2 min ago`, … `3 years ago`.
STEPS = (
    (HOUR, MINUTE, "{} min ago", "{} min ago"),
    (DAY, HOUR, "{} hour ago", "{} hours ago"),
    (2 * DAY, DAY, "Yesterday", ""),
    (30 * DAY, DAY, "", "{} days ago"),
    (365 * DAY, 30 * DAY, "{} month ago", "{} months ago"),
    (timedelta.max, 365 * DAY, "{} year ago", "{} years ago"),
)


@register.filter
def ago(moment: datetime | None) -> SafeString | str:
    """How long ago, such as `2 min ago`; nothing for no moment."""
    return _time(moment, _relative(timezone.now() - moment)) if moment else ""


@register.filter
def day(moment: datetime | None) -> SafeString | str:
    """The day, such as `12 Mar 2026`; what happened within the last day is told as how long ago."""
    if not moment:
        return ""
    age = timezone.now() - moment
    return _time(moment, _relative(age) if age < DAY else f"{moment.astimezone(UTC):%-d %b %Y}")


@register.filter
def until(moment: datetime) -> SafeString:
    """A moment ahead, such as `22 Feb 2027, 14:00`, in UTC."""
    return _time(moment, f"{moment.astimezone(UTC):%-d %b %Y, %H:%M}")


@register.filter
def clock(moment: datetime) -> SafeString:
    """The time of day in UTC, such as `17:40:12`."""
    return _time(moment, f"{moment.astimezone(UTC):%H:%M:%S}")


@register.filter
def date_line(moment: datetime) -> str:
    """The heading of a day of the log: `Today, 24 November`, `Yesterday, 23 November`, `12 March 2026`."""
    date, today = moment.astimezone(UTC).date(), timezone.now().astimezone(UTC).date()
    if date == today:
        return f"Today, {date:%-d %B}"
    return f"Yesterday, {date:%-d %B}" if date == today - DAY else f"{date:%-d %B %Y}"


def _relative(age: timedelta) -> str:
    if age < MINUTE:
        return "Just now"
    for limit, unit, one, many in STEPS:
        if age < limit:
            count = age // unit
            return (one if count == 1 else many).format(count)
    return ""


def _time(moment: datetime, text: str) -> SafeString:
    exact = moment.astimezone(UTC)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', f"{exact:%Y-%m-%dT%H:%M:%SZ}", f"{exact:%Y-%m-%d %H:%M} UTC", text
    )
