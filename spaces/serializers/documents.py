"""What the API reads and shows of documents (flatfile-api.md, section 22)."""

from typing import Any

from rest_framework import serializers

from lib.drf import Free, Input, Text, Texts, present
from lib.times import moment
from spaces.models import Document

LONGEST_BODY = 200_000


class DocumentChange(Input):
    """Body of PATCH /spaces/{spaceId}/documents/{documentId}; every field is optional."""

    title = Text(max_length=255, required=False)
    body = Text(max_length=LONGEST_BODY, required=False, allow_blank=True)
    treatments = Texts(required=False)
    actions = serializers.ListField(child=Free(), required=False, max_length=100)


class NewDocument(DocumentChange):
    """Body of POST /spaces/{spaceId}/documents."""

    title = Text(max_length=255)
    body = Text(max_length=LONGEST_BODY, allow_blank=True)


def document_out(document: Document) -> dict[str, Any]:
    return present(
        id=document.pk,
        title=document.title,
        body=document.body,
        treatments=document.treatments,
        actions=document.actions,
        spaceId=document.space_id,
        environmentId=document.environment_id,
        createdAt=moment(document.created_at),
        updatedAt=moment(document.updated_at),
    )
