"""Sending one mail as text and HTML; always called by the background worker, so that a slow server delays nobody."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lib import crypto

SEALED_FOR = "queued mail"


def queue(message: EmailMultiAlternatives) -> None:
    """Send a finished mail from the background, its text sealed meanwhile: a copy of the queue reads nothing."""
    html = [str(content) for content, _ in message.alternatives]
    text = json.dumps([message.subject, message.body, html])
    send_sealed.enqueue(message.to[0], crypto.seal(text, SEALED_FOR).hex())


@task()
def send_sealed(address: str, sealed: str) -> None:
    """Send what `queue` has sealed."""
    subject, body, alternatives = json.loads(crypto.unseal(bytes.fromhex(sealed), SEALED_FOR))
    message = EmailMultiAlternatives(subject, body, to=[address])
    for html in alternatives:
        message.attach_alternative(html, "text/html")
    message.send()


def queued() -> QuerySet[DBTaskResult]:
    """The tasks whose sealed text may still be sent."""
    unsent = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return DBTaskResult.objects.filter(task_path=send_sealed.module_path, status__in=unsent)


def resealed(_id: UUID, stored: dict[str, Any]) -> dict[str, Any] | None:
    """The columns that keep a queued mail under the newest field key; None when it is. Raises crypto.Unreadable."""
    address, text = stored["args"]
    sealed = crypto.resealed(bytes.fromhex(text), SEALED_FOR)
    return {"args_kwargs": stored | {"args": [address, sealed.hex()]}} if sealed else None


def deliver(address: str, template: str, context: Mapping[str, Any]) -> None:
    """Send `<template>_subject.txt`, `.txt` and `.html` to one address."""
    facts = {**context, "public_url": settings.PUBLIC_URL}
    subject = " ".join(render_to_string(f"{template}_subject.txt", facts).split())
    message = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", facts), to=[address])
    message.attach_alternative(render_to_string(f"{template}.html", facts), "text/html")
    message.send()
