"""A request once the door has seen it."""

from django.http import HttpRequest

from access.actors import Actor


class Request(HttpRequest):
    """For annotations: Django's own request, on which the door has put the Actor."""

    actor: Actor
