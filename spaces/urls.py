"""Addresses of the dashboard's pages about spaces."""

from django.urls import path

from spaces.pages import listing, spaces

urlpatterns = [
    path("spaces", listing.spaces, name="spaces"),
    path("<str:environment_id>/spaces/new", spaces.new, name="space_new"),
    path("<str:environment_id>/spaces/<str:space_id>", spaces.space, name="space"),
    path("<str:environment_id>/spaces/<str:space_id>/secrets", spaces.save_secret, name="space_secret_set"),
    path("<str:environment_id>/spaces/<str:space_id>/edit", spaces.edit, name="space_edit"),
    path("<str:environment_id>/spaces/<str:space_id>/archive", spaces.archive, name="space_archive"),
    path("<str:environment_id>/spaces/<str:space_id>/unarchive", spaces.unarchive, name="space_unarchive"),
    path("<str:environment_id>/spaces/<str:space_id>/delete", spaces.delete, name="space_delete"),
]
