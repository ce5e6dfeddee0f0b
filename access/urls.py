"""Addresses of the pages that explain access."""

from django.urls import path

from access import pages

urlpatterns = [
    path("access", pages.check, name="access"),
    path("access/who", pages.who, name="access_who"),
    path("access/what", pages.what, name="access_what"),
]
