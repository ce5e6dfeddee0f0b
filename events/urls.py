"""Addresses of the pages about the log."""

from django.urls import path

from events import pages

urlpatterns = [path("logs", pages.logs, name="logs")]
