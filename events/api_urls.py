"""Addresses of the events API."""

from django.urls import path

from events import api

urlpatterns = [
    path("events", api.Events.as_view()),
    path("events/<str:event_id>", api.OneEvent.as_view()),
]
