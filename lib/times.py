"""Times as the API writes them (flatfile-api.md, section 2.4)."""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and Z, such as 2023-10-30T16:59:45.735Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
