"""/spaces/{spaceId}/documents (flatfile-api.md, section 22)."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from lib.drf import data, success
from lib.operations import done, many, one, operation
from lib.problems import NotFound
from spaces import actions
from spaces.models import Document, Space
from spaces.serializers.documents import DocumentChange, NewDocument, document_out
from spaces.shapes import DocumentOut


class Documents(Api):
    """/spaces/{spaceId}/documents"""

    @operation("list_documents", answers=many(DocumentOut))
    def get(self, request: Request, space_id: str) -> Response:
        """List the documents of a space."""
        possible(request.actor, Action.VIEW_DOCUMENT)
        space = get_visible(Space, request.actor, space_id)
        documents = visible(Document, request.actor).filter(space=space).order_by("created_at", "pk")
        return data([document_out(document) for document in documents])

    @operation("create_document", body=NewDocument, answers=one(DocumentOut), refuses=(409,))
    def post(self, request: Request, space_id: str) -> Response:
        """Create a document."""
        given = NewDocument.of(request.data)
        space = get_visible(Space, request.actor, space_id, to=Action.CREATE_DOCUMENT, related=("environment",))
        return data(document_out(actions.create_document(request.actor, space, **given)))


class OneDocument(Api):
    """/spaces/{spaceId}/documents/{documentId}"""

    @operation("get_document", answers=one(DocumentOut))
    def get(self, request: Request, space_id: str, document_id: str) -> Response:
        """Get a document."""
        return data(document_out(_found(request, space_id, document_id, Action.VIEW_DOCUMENT)))

    @operation("update_document", body=DocumentChange, answers=one(DocumentOut))
    def patch(self, request: Request, space_id: str, document_id: str) -> Response:
        """Change a document."""
        given = DocumentChange.of(request.data)
        document = _found(request, space_id, document_id, Action.UPDATE_DOCUMENT)
        return data(document_out(actions.update_document(request.actor, document, **given)))

    @operation("delete_document", answers=done)
    def delete(self, request: Request, space_id: str, document_id: str) -> Response:
        """Delete a document."""
        document = _found(request, space_id, document_id, Action.DELETE_DOCUMENT)
        actions.delete_document(request.actor, document)
        return success()


def _found(request: Request, space_id: str, document_id: str, to: Action) -> Document:
    """The document, if it is one of that space."""
    document = get_visible(Document, request.actor, document_id, to=to, related=("environment",))
    if document.space_id != space_id:
        raise NotFound
    return document
