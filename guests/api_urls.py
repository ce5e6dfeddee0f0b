"""Addresses of the guests API."""

from django.urls import path

from guests.api import embedding, guests, invitations, roles, shared

urlpatterns = [
    path("invitations", invitations.Invitations.as_view()),
    path("invitations/exchange", invitations.Exchange.as_view()),
    path("internal/spaces/init", embedding.Init.as_view()),
    path("shared-links", shared.SharedLinks.as_view()),
    path("shared-links/<str:shared_link_id>", shared.OneSharedLink.as_view()),
    path("guests", guests.Guests.as_view()),
    path("guests/<str:guest_id>", guests.OneGuest.as_view()),
    path("guests/<str:guest_id>/token", guests.GuestToken.as_view()),
    path("guests/<str:guest_id>/roles", roles.GuestRoles.as_view()),
    path("guests/<str:guest_id>/roles/<str:assignment_id>", roles.OneGuestRole.as_view()),
]
