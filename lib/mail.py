"""Sending one mail as text and HTML; always called by the background worker, so that a slow server delays nobody."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def deliver(address: str, template: str, context: Mapping[str, Any]) -> None:
    """Send `<template>_subject.txt`, `.txt` and `.html` to one address."""
    facts = {**context, "public_url": settings.PUBLIC_URL}
    subject = " ".join(render_to_string(f"{template}_subject.txt", facts).split())
    message = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", facts), to=[address])
    message.attach_alternative(render_to_string(f"{template}.html", facts), "text/html")
    message.send()
