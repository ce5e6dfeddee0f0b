"""The counters behind every limit; no domain rows."""

from django.db import models


class Counter(models.Model):
    """How often something happened in one window of time. The key is a digest: it may stem from an address."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField(help_text="Start of the window, in seconds since 1970.")
    count = models.IntegerField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_counter_per_key_and_window")]

    def __str__(self) -> str:
        return f"{self.count} in {self.window}"
