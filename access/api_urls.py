"""Addresses of the access API."""

from django.urls import path

from access import api

urlpatterns = [
    path("access/explain", api.Explain.as_view()),
    path("access/who", api.Who.as_view()),
    path("access/what", api.What.as_view()),
]
