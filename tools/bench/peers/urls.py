"""One small answer behind each way to authenticate, and one without any: the floor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import path
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class Floor(APIView):
    """No authentication and no database: the least that DRF costs."""

    authentication_classes: Any = []
    permission_classes: Any = []

    def get(self, request: Request) -> Response:
        return Response({"data": {"id": "us_usr_0000000000000000000000", "name": "Ada Marsh"}})


class Somebody(APIView):
    """Whoever is authenticated, by name."""

    permission_classes: Any = [IsAuthenticated]

    def get(self, request: Request) -> Response:
        return Response({"data": {"id": request.user.pk, "name": request.user.get_username()}})


urlpatterns = [path("floor", Floor.as_view())]

if not settings.FLOOR_ONLY:  # type: ignore[misc]  # of tools/bench/peers/settings.py
    from knox.auth import TokenAuthentication as KnoxAuthentication
    from rest_framework.authentication import TokenAuthentication
    from rest_framework_api_key.permissions import HasAPIKey
    from rest_framework_simplejwt.authentication import JWTStatelessUserAuthentication

    class Token(Somebody):
        authentication_classes = [TokenAuthentication]

    class Knox(Somebody):
        authentication_classes = [KnoxAuthentication]

    class Key(Floor):
        """A key says that somebody may come in, not who."""

        permission_classes = [HasAPIKey]

    class Jwt(APIView):
        """Believed as it is: nobody can revoke it, and no name is known."""

        authentication_classes = [JWTStatelessUserAuthentication]
        permission_classes = [IsAuthenticated]

        def get(self, request: Request) -> Response:
            return Response({"data": {"id": request.user.pk, "name": "Ada Marsh"}})

    urlpatterns += [
        path("token", Token.as_view()),
        path("knox", Knox.as_view()),
        path("key", Key.as_view()),
        path("jwt", Jwt.as_view()),
    ]
