"""Addresses of the dashboard's pages about guests, and about who was given a space."""

from django.urls import path

from guests.pages import grants, listing, people, sharing

GUEST = "<str:environment_id>/guests/<str:guest_id>"
SHARING = "<str:environment_id>/spaces/<str:space_id>/sharing"
GIVEN = f"{GUEST}/spaces/<str:space_id>"

urlpatterns = [
    path("<str:environment_id>/guests", listing.guests, name="guests"),
    path("<str:environment_id>/guests/invite", people.invite, name="guests_invite"),
    path(GUEST, people.guest, name="guest"),
    path(f"{GUEST}/edit", people.edit, name="guest_edit"),
    path(f"{GUEST}/delete", people.delete, name="guest_delete"),
    path(f"{GUEST}/sign-out", people.sign_out_everywhere, name="guest_end_sessions"),
    path(GIVEN, grants.change, name="grant_change"),
    path(f"{GIVEN}/withdraw", grants.withdraw, name="grant_withdraw"),
    path(f"{GIVEN}/invite", grants.invite_again, name="grant_invite"),
    path("<str:environment_id>/spaces/<str:space_id>/access", grants.access, name="space_access"),
    path(SHARING, sharing.sharing, name="space_sharing"),
    path(f"{SHARING}/link", sharing.create_link, name="space_link_create"),
    path(f"{SHARING}/link/change", sharing.change_link, name="space_link_change"),
    path(f"{SHARING}/link/revoke", sharing.revoke_link, name="space_link_revoke"),
]
