"""Spaces as the embeds open them: with a publishable key, by what the browser SDKs send."""

import json

from tests.knock import call, shown

INIT = "/v1/internal/spaces/init?publishableKey="
PEOPLE = {"name": "People", "slug": "people", "fields": [{"key": "name", "type": "string"}]}
METADATA = {"sidebarConfig": {"showSidebar": False}, "userInfo": {"name": "Jo"}}
BODY = {
    "space": {"name": "Embedded Space", "labels": ["embedded"], "namespace": "portal", "metadata": METADATA},
    "workbook": {"name": "Import", "sheets": [PEOPLE]},
    "document": {"title": "Read me", "body": "# Hello"},
}


def init(key, body=BODY, **extra):
    return call("POST", INIT + key, body=json.dumps(body).encode(), content_type="text/plain", **extra)


def opened(key, **more):
    return shown(init(key, BODY | more))


def spaces_of(token):
    answer = call("GET", "/v1/spaces", token)
    return [one["id"] for one in answer.json()["data"]] if answer.status_code == 200 else answer.status_code
