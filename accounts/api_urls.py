"""Addresses of the accounts API."""

from django.urls import path

from accounts import api

urlpatterns = [
    path("accounts/current", api.CurrentAccount.as_view()),
    path("users", api.Users.as_view()),
    path("users/<str:user_id>", api.OneUser.as_view()),
    path("users/<str:user_id>/roles", api.UserRoles.as_view()),
    path("roles", api.Roles.as_view()),
]
