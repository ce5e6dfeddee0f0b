"""Addresses of the guests API."""

from django.urls import path

from guests.api import invitations

urlpatterns = [
    path("invitations", invitations.Invitations.as_view()),
    path("invitations/exchange", invitations.Exchange.as_view()),
]
