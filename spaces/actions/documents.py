"""Creating, changing and deleting documents."""

from typing import Any

from django.db import transaction

from access.actions import Action
from access.actors import Actor
from access.policy import require
from events.actions import record
from lib import names
from lib.changes import put
from lib.locks import hold
from lib.problems import InvalidInput, Problem
from spaces.models import Document, Space

MOST_DOCUMENTS = 1_000
CHANGEABLE = ("title", "body", "treatments", "actions")


class DocumentTitleMissing(InvalidInput):
    code, message = "document_title_missing", "A document needs a title of 1 to 255 characters."
    field = "title"


class TooManyDocuments(Problem):
    code, status = "too_many_documents", 409
    message = f"A space has at most {MOST_DOCUMENTS} documents. Delete one first."


@transaction.atomic
def create_document(actor: Actor, space: Space, *, title: str, body: str, **config: Any) -> Document:
    """A text in the space (flatfile-api.md, section 22). Raises DocumentTitleMissing, TooManyDocuments."""
    require(actor, Action.CREATE_DOCUMENT, space.resource)
    space = hold(space)
    if space.documents.count() >= MOST_DOCUMENTS:
        raise TooManyDocuments
    at = {"account_id": space.account_id, "environment_id": space.environment_id, "space": space}
    document = Document(**at, title=_title(title), body=body, **config)
    document.save(force_insert=True)
    record(actor, Action.CREATE_DOCUMENT, document.resource, payload=_facts(document))
    return document


@transaction.atomic
def update_document(actor: Actor, document: Document, **changes: Any) -> Document:
    """Change what is named in CHANGEABLE. Raises DocumentTitleMissing."""
    require(actor, Action.UPDATE_DOCUMENT, document.resource)
    document = hold(document)
    if "title" in changes:
        changes["title"] = _title(changes["title"])
    if changed := list(put(document, changes, CHANGEABLE)):
        document.save(update_fields=[*changed, "updated_at"])
        record(actor, Action.UPDATE_DOCUMENT, document.resource, payload=_facts(document) | {"changed": changed})
    return document


@transaction.atomic
def delete_document(actor: Actor, document: Document) -> None:
    """Delete a document. Twice is not an error."""
    require(actor, Action.DELETE_DOCUMENT, document.resource)
    resource, facts = document.resource, _facts(document)
    if Document.objects.filter(pk=document.pk).delete()[0]:
        record(actor, Action.DELETE_DOCUMENT, resource, payload=facts)


def _title(title: str) -> str:
    title = names.readable(title)
    if not 1 <= len(title) <= 255:
        raise DocumentTitleMissing
    return title


def _facts(document: Document) -> dict[str, Any]:
    return {"documentId": document.pk, "spaceId": document.space_id, "title": document.title}
