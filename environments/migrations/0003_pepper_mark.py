"""Rows say which pepper made their digest."""

from django.conf import settings
from django.db import migrations, models

from lib import crypto

MODELS = ("ApiKey",)


def mark_what_is_certain(apps, schema_editor):
    """With one pepper set, whatever still opens anything was made by it; with several, use or rotation will tell."""
    if len(settings.TOKEN_PEPPERS) == 1:
        for name in MODELS:
            apps.get_model("environments", name).objects.update(pepper_mark=crypto.pepper_marks()[0])


class Migration(migrations.Migration):

    dependencies = [
        ("environments", "0002_knocking_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="apikey",
            name="pepper_mark",
            field=models.CharField(blank=True, default="", help_text="Which pepper made the digest; blank: unknown.", max_length=8),
            preserve_default=False,
        ),
        migrations.RunPython(mark_what_is_certain, migrations.RunPython.noop),
    ]
