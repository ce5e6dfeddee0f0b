"""The WSGI application, and beside it the thread that drains the queue of background work."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django.setup(set_prefix=False)

from config import worker  # noqa: E402  needs the apps to be loaded
from config.handler import Handler  # noqa: E402

application = Handler()

worker.start_embedded()
