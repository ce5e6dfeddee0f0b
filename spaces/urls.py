"""Addresses of the dashboard's pages about spaces."""

from django.urls import path

from spaces.pages import clips, listing, sharing, spaces

CLIPS = "<str:environment_id>/spaces/<str:space_id>/clips"

urlpatterns = [
    path("spaces", listing.spaces, name="spaces"),
    path("<str:environment_id>/spaces/new", spaces.new, name="space_new"),
    path("<str:environment_id>/spaces/<str:space_id>", spaces.space, name="space"),
    path("<str:environment_id>/spaces/<str:space_id>/secrets", spaces.save_secret, name="space_secret_set"),
    path("<str:environment_id>/spaces/<str:space_id>/edit", spaces.edit, name="space_edit"),
    path("<str:environment_id>/spaces/<str:space_id>/archive", spaces.archive, name="space_archive"),
    path("<str:environment_id>/spaces/<str:space_id>/unarchive", spaces.unarchive, name="space_unarchive"),
    path("<str:environment_id>/spaces/<str:space_id>/delete", spaces.delete, name="space_delete"),
    path(f"{CLIPS}", clips.clips, name="space_clips"),
    path(f"{CLIPS}/new", clips.new, name="space_clip_new"),
    path(f"{CLIPS}/<str:clip_id>", clips.clip, name="space_clip"),
    path(f"{CLIPS}/<str:clip_id>/state", clips.state, name="space_clip_state"),
    path(f"{CLIPS}/<str:clip_id>/records", clips.records, name="space_clip_records"),
    path(f"{CLIPS}/<str:clip_id>/conflicts", clips.conflicts, name="space_clip_conflicts"),
    path(f"{CLIPS}/<str:clip_id>/preview", clips.preview, name="space_clip_preview"),
    path(f"{CLIPS}/<str:clip_id>/share", sharing.share, name="space_clip_share"),
    path(f"{CLIPS}/<str:clip_id>/link", sharing.make_link, name="space_clip_link"),
    path(f"{CLIPS}/<str:clip_id>/link/end", sharing.revoke_link, name="space_clip_link_end"),
    path(f"{CLIPS}/<str:clip_id>/delete", clips.delete, name="space_clip_delete"),
]
