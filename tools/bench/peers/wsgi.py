"""The WSGI application of the others."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tools.bench.peers.settings")
application = get_wsgi_application()
