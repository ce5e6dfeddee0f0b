"""Times as the API writes them (flatfile-api.md, section 2.4)."""

from datetime import UTC, datetime


def moment(value: datetime | None) -> str | None:
    return iso(value) if value else None


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and Z, such as 2023-10-30T16:59:45.735Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
