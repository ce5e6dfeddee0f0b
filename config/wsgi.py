"""The WSGI application, and beside it the thread that drains the queue of background work."""

import gc
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django.setup(set_prefix=False)

from django.urls import get_resolver  # noqa: E402  needs the apps to be loaded, as do the next

from config import worker  # noqa: E402
from config.handler import Handler  # noqa: E402

application = Handler()
get_resolver().url_patterns  # noqa: B018  loads every view

# What is there by now stays; looking through it again and again for garbage would be a tenth of each request.
gc.collect()
gc.freeze()

worker.start_embedded()
