"""Addresses of the environments API."""

from django.urls import path

from environments.api import environments, keys, secrets, usage

urlpatterns = [
    path("environments", environments.Environments.as_view()),
    path("environments/<str:environment_id>", environments.OneEnvironment.as_view()),
    path("environments/<str:environment_id>/usage", usage.OfEnvironment.as_view()),
    path("auth/api-key", keys.Key.as_view()),
    path("auth/api-keys", keys.AllKeys.as_view()),
    path("auth/api-keys/<str:key_id>", keys.OneKey.as_view()),
    path("auth/api-keys/<str:key_id>/reveal", keys.RevealKey.as_view()),
    path("auth/api-keys/<str:key_id>/rotate", keys.RotateKey.as_view()),
    path("auth/api-keys/<str:key_id>/complete", keys.CompleteRotation.as_view()),
    path("auth/api-keys/<str:key_id>/cancel", keys.CancelRotation.as_view()),
    path("auth/publishable-key", keys.PublishableKey.as_view()),
    path("secrets", secrets.Secrets.as_view()),
    path("secrets/<str:secret_id>", secrets.OneSecret.as_view()),
]
