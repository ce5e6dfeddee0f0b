"""Who may come in to a view of the API at all: nobody, unless it says otherwise."""

from typing import Any

from rest_framework.permissions import BasePermission

from lib.problems import NoCredential


class Nobody(BasePermission):
    """The default of every view that forgot to say who may come in."""

    def has_permission(self, request: Any, view: Any) -> bool:
        raise NoCredential


class Known(BasePermission):
    """A live credential. What it may do is asked by what the view calls."""

    def has_permission(self, request: Any, view: Any) -> bool:
        actor = request._request.actor.itself
        if not actor.is_known:
            raise NoCredential
        request.actor = request._request.actor = actor
        return True


class Anyone(BasePermission):
    """Open: the proof is in the body, and Authorization is not read (the official SDK sends a dummy there)."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return True
