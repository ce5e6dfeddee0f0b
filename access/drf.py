"""The base of the API's views: an Actor on every request, JSON whatever is asked for."""

from typing import Any

from rest_framework.request import Request as DrfRequest
from rest_framework.views import APIView

from access.actors import Actor
from access.permissions import Anyone, Known
from lib.body import LARGEST
from lib.drf import JsonAlways

METHODS = ["get", "post", "put", "patch", "delete", "head"]


class Request(DrfRequest):
    """For annotations: the door has put the Actor there."""

    actor: Actor


class Api(APIView):
    """A view for whoever presents a live credential. `largest_body` is in bytes, unpacked."""

    largest_body = LARGEST
    permission_classes = [Known]
    content_negotiation_class = JsonAlways
    http_method_names = METHODS
    format_kwarg = None

    def initial(self, request: DrfRequest, *args: Any, **kwargs: Any) -> None:
        """DRF's, less what there is nothing of here: versions, formats in addresses, its ways to authenticate."""
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        self.check_permissions(request)


class OpenApi(Api):
    """A view for everybody."""

    permission_classes = [Anyone]
