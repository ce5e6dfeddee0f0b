"""Addresses of the spaces API."""

from django.urls import path

from spaces import api

urlpatterns = [
    path("spaces", api.Spaces.as_view()),
    path("spaces/<str:space_id>", api.OneSpace.as_view()),
]
