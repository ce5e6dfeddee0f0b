"""Addresses of the pages about environments."""

from django.urls import path

from environments.pages import current, environments, home, keys, rotation, secrets

urlpatterns = [
    path("", current.dashboard, name="dashboard"),
    path("/keys-and-secrets", keys.keys_default, name="keys_default"),
    path("/environments", environments.environments, name="environments"),
    path("/environments/new", environments.new, name="environment_new"),
    path("/environments/<str:environment_id>", environments.edit, name="environment_edit"),
    path("/environments/<str:environment_id>/delete", environments.delete, name="environment_delete"),
    path("/<str:environment_id>/home", home.home, name="home"),
    path("/<str:environment_id>/keys-and-secrets", keys.keys, name="keys"),
    path("/<str:environment_id>/keys", keys.create, name="key_create"),
    path("/<str:environment_id>/keys/<str:key_id>/reveal", keys.reveal, name="key_reveal"),
    path("/<str:environment_id>/keys/<str:key_id>/rename", keys.rename, name="key_rename"),
    path("/<str:environment_id>/keys/<str:key_id>/delete", keys.delete, name="key_delete"),
    path("/<str:environment_id>/keys/<str:key_id>/rotate", rotation.rotate, name="key_rotate"),
    path("/<str:environment_id>/keys/<str:key_id>/complete", rotation.complete, name="rotation_complete"),
    path("/<str:environment_id>/keys/<str:key_id>/cancel", rotation.cancel, name="rotation_cancel"),
    path("/<str:environment_id>/secrets", secrets.save, name="secret_set"),
    path("/<str:environment_id>/secrets/<str:secret_id>/edit", secrets.edit, name="secret_edit"),
    path("/<str:environment_id>/secrets/<str:secret_id>/delete", secrets.delete, name="secret_delete"),
]
