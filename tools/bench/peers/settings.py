"""What `startproject` writes, with a database on PostgreSQL whose connections last."""

from __future__ import annotations

import os

FLOOR_ONLY = bool(os.environ.get("FLOOR_ONLY"))
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tools.bench.peers.urls"
WSGI_APPLICATION = "tools.bench.peers.wsgi.application"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "rest_framework",
]
if not FLOOR_ONLY:
    INSTALLED_APPS += ["rest_framework.authtoken", "knox", "rest_framework_api_key", "rest_framework_simplejwt"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "peers",
        "USER": "postgres",
        "HOST": os.environ.get("PGHOST", ""),
        "CONN_MAX_AGE": 600,  # with Django's own 0 every one of them would be several times slower
    }
}
