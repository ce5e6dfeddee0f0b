"""Addresses of the tokens API."""

from django.urls import path

from tokens.api import exchange, tokens

urlpatterns = [
    path("auth", exchange.Auth.as_view()),
    path("auth/refresh-token", exchange.Refresh.as_view()),
    path("auth/whoami", exchange.WhoAmI.as_view()),
    path("auth/personal-access-tokens", tokens.Tokens.as_view()),
    path("auth/personal-access-tokens/<str:token_id>", tokens.OneToken.as_view()),
    path("users/<str:user_id>/api-token", tokens.Clients.as_view()),
]
