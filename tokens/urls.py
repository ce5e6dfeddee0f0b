"""Addresses of the pages about tokens."""

from django.urls import path

from tokens import pages

urlpatterns = [
    path("personal-access-tokens", pages.tokens, name="tokens"),
    path("personal-access-tokens/<str:token_id>/delete", pages.delete_token, name="token_delete"),
    path("settings/personal-tokens", pages.clients, name="clients"),
    path("settings/personal-tokens/<str:client_id>/delete", pages.delete_client, name="client_delete"),
]
