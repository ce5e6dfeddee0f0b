"""The WSGI application, and beside it the thread that drains the queue of background work."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from config import worker  # noqa: E402  needs the apps to be loaded

worker.start_embedded()
