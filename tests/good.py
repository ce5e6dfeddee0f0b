"""A good request to every route of the API, from which the hostile ones differ in one thing."""

from typing import Any

# {…} stands for an id, or for a token.
GOOD: dict[str, dict[str, Any]] = {
    "GET /v1/accounts/current": {},
    "PATCH /v1/accounts/current": {
        "body": {
            "name": "Northwind",
            "defaultAppId": "us_app_a1B2c3D4",
            "embeddedDomainWhitelist": ["https://app.northwind.example"],
        }
    },
    "GET /v1/users": {"query": {"search": "Ada", "sortField": "name", "sortDirection": "asc", "pageSize": 5}},
    "GET /v1/users/{user_id}": {},
    "GET /v1/users/{user_id}/roles": {},
    "GET /v1/users/{user_id}/api-token": {"query": {"tenantId": "{account_id}", "pageSize": 5, "pageNumber": 1}},
    "POST /v1/users/{user_id}/api-token": {"query": {"tenantId": "{account_id}"}},
    "GET /v1/roles": {},
    "POST /v1/access/explain": {
        "body": {
            "action": "environments.create_key",
            "resource": "{environment_id}",
            "actor": "{user_id}",
            "credential": "session",
        }
    },
    "POST /v1/access/who": {
        "body": {
            "action": "environments.create_key",
            "resource": "{environment_id}",
            "kind": "members",
            "credential": "fresh_session",
            "pageSize": 5,
            "after": "",
        }
    },
    "POST /v1/access/what": {"body": {"actor": "{user_id}", "credential": "client"}},
    "POST /v1/invitations": {
        "body": {"guestId": "{guest_id}", "spaceId": "{space_id}", "fromName": "Ada", "message": "Have a look."}
    },
    "POST /v1/invitations/exchange": {"body": {"email": "gwen@guest.example", "spaceId": "{space_id}"}},
    "GET /v1/environments": {"query": {"pageSize": 5, "pageNumber": 1}},
    "POST /v1/environments": {
        "body": {
            "name": "staging",
            "isProd": False,
            "guestAuthentication": ["magic_link"],
            "metadata": {"a": 1},
            "translationsPath": "x",
            "namespaces": ["space:a"],
            "languageOverride": "de",
        }
    },
    "GET /v1/environments/{environment_id}": {},
    "PATCH /v1/environments/{environment_id}": {"body": {"name": "sandbox", "isProd": False, "metadata": {"a": 1}}},
    "DELETE /v1/environments/{environment_id}": {},
    "GET /v1/environments/{environment_id}/usage": {"query": {"days": 30}},
    "GET /v1/auth/api-keys": {"query": {"environmentId": "{environment_id}", "usedAfterEnd": "false"}},
    "GET /v1/auth/publishable-key": {"query": {"environmentId": "{environment_id}"}},
    "POST /v1/auth/api-key": {
        "query": {
            "environmentId": "{environment_id}",
            "type": "SECRET",
            "name": "Web",
            "expiresAt": "2031-01-01T00:00:00Z",
        }
    },
    "DELETE /v1/auth/api-key": {"query": {"environmentId": "{environment_id}", "key": "{key_id}"}},
    "PATCH /v1/auth/api-keys/{key_id}": {"body": {"name": "Web"}},
    "DELETE /v1/auth/api-keys/{key_id}": {},
    "POST /v1/auth/api-keys/{key_id}/reveal": {},
    "POST /v1/auth/api-keys/{key_id}/rotate": {"body": {"overlap": "1h"}},
    "POST /v1/auth/api-keys/{rotating_key_id}/complete": {},
    "POST /v1/auth/api-keys/{rotating_key_id}/cancel": {},
    "GET /v1/secrets": {"query": {"environmentId": "{environment_id}"}},
    "POST /v1/secrets": {"body": {"name": "TOKEN", "value": "x", "environmentId": "{environment_id}"}},
    "DELETE /v1/secrets/{secret_id}": {},
    "GET /v1/spaces": {
        "query": {
            "environmentId": "{environment_id}",
            "search": "Thing",
            "archived": "true",
            "isAppTemplate": "false",
            "sortField": "name",
            "sortDirection": "asc",
            "pageSize": 5,
            "pageNumber": 1,
        }
    },
    "POST /v1/spaces": {
        "body": {
            "name": "Acme",
            "environmentId": "{environment_id}",
            "displayOrder": 3,
            "guestAuthentication": ["magic_link"],
            "metadata": {"a": 1},
            "settings": {"a": 1},
            "actions": [{"a": 1}],
            "access": ["upload"],
            "namespace": "space:a",
            "labels": ["pinned"],
            "isAppTemplate": False,
        }
    },
    "PATCH /v1/spaces/{space_id}": {
        "body": {
            "name": "Renamed",
            "displayOrder": 2,
            "guestAuthentication": ["magic_link"],
            "metadata": {"a": 1},
            "settings": {"omitActions": ["a"]},
            "access": ["*"],
            "labels": ["a"],
            "primaryWorkbookId": "{workbook_id}",
        }
    },
    "DELETE /v1/spaces/{space_id}": {},
    "DELETE /v1/spaces": {"query": {"spaceIds": "{space_id}"}},
    "POST /v1/spaces/{space_id}/archive": {},
    "POST /v1/spaces/{space_id}/unarchive": {},
    "GET /v1/spaces/{space_id}/documents": {},
    "POST /v1/spaces/{space_id}/documents": {"body": {"title": "New", "body": "# Text", "treatments": ["a"]}},
    "GET /v1/spaces/{space_id}/documents/{document_id}": {},
    "PATCH /v1/spaces/{space_id}/documents/{document_id}": {"body": {"title": "New", "body": "Text"}},
    "DELETE /v1/spaces/{space_id}/documents/{document_id}": {},
    "GET /v1/workbooks": {
        "query": {"spaceId": "{space_id}", "name": "-x", "namespace": "n", "label": "-l", "includeSheets": "true"}
    },
    "POST /v1/workbooks": {
        "body": {
            "spaceId": "{space_id}",
            "name": "People",
            "namespace": "n",
            "labels": ["pinned"],
            "sheets": [{"name": "People", "slug": "people", "fields": [{"key": "name", "type": "string"}]}],
            "metadata": {"a": 1},
            "settings": {"a": 1},
            "folder": "f",
        }
    },
    "GET /v1/workbooks/{workbook_id}": {},
    "PATCH /v1/workbooks/{workbook_id}": {
        "body": {"name": "Folk", "labels": ["a"], "sheets": [{"name": "S", "slug": "s", "fields": []}]}
    },
    "DELETE /v1/workbooks/{workbook_id}": {},
    "GET /v1/sheets": {"query": {"workbookId": "{workbook_id}"}},
    "GET /v1/sheets/{sheet_id}": {},
    "PATCH /v1/sheets/{sheet_id}": {"body": {"name": "Folk", "slug": "folk", "metadata": {"a": 1}}},
    "DELETE /v1/sheets/{sheet_id}": {},
    "POST /v1/sheets/{sheet_id}/lock": {},
    "POST /v1/sheets/{sheet_id}/unlock": {},
    "GET /v1/sheets/{sheet_id}/records": {
        "query": {"pageSize": 5, "pageNumber": 1, "includeCounts": "true", "includeLinks": "true"}
        | {"includeLength": "true", "includeMessages": "false"}
    },
    "POST /v1/sheets/{sheet_id}/records": {"body": [{"name": {"value": "x"}}]},
    "PUT /v1/sheets/{sheet_id}/records": {"body": [{"id": "{record_id}", "values": {"age": {"value": 5}}}]},
    "DELETE /v1/sheets/{sheet_id}/records": {"query": {"ids": "{record_id}"}},
    "GET /v1/sheets/{sheet_id}/counts": {},
    "GET /v1/sheets/{sheet_id}/cells": {"query": {"distinct": "true", "includeCounts": "true", "pageSize": 5}},
    "GET /v1/sheets/{sheet_id}/download": {},
    "GET /v1/data-clips": {"query": {"spaceId": "{space_id}", "sheetId": "{sheet_id}", "status": "OPEN"}},
    "POST /v1/data-clips": {
        "body": {
            "name": "For review",
            "sourceSheetId": "{sheet_id}",
            "description": "The last of the year",
            "collaborators": ["{guest_id}"],
            "sharedLinkAccess": "restricted",
        }
    },
    "GET /v1/data-clips/{clip_id}": {},
    "PATCH /v1/data-clips/{clip_id}": {
        "body": {"name": "Reviewed", "description": "", "status": "READY", "collaborators": ["{guest_id}"]}
        | {"sharedLinkAccess": "public"}
    },
    "DELETE /v1/data-clips/{clip_id}": {},
    "POST /v1/data-clips/{clip_id}/add-records": {"body": {"recordIds": ["{record_id}"]}},
    "GET /v1/data-clips/{clip_id}/preview": {"query": {"sheetId": "{clip_sheet_id}", "pageSize": 5, "after": ""}},
    "GET /v1/data-clips/{clip_id}/resolutions": {
        "query": {"includeRecords": "true", "includeSummary": "true", "filterConflicts": "false", "pageSize": 5}
        | {"pageNumber": 1}
    },
    "PATCH /v1/data-clips/{clip_id}/resolutions": {
        "body": {
            "resolvedRecords": [{"recordId": "{clip_record_id}", "resolves": [{"field": "x", "type": "conflict"}]}]
        }
    },
    "GET /v1/data-clips/{clip_id}/resolutions/index": {"query": {"filterConflicts": "false", "id": "{clip_record_id}"}},
    "PATCH /v1/data-clips/{clip_id}/refresh-resolutions": {},
    "GET /v1/spaces/{space_id}": {},
    "GET /v1/guests": {
        "query": {
            "spaceId": "{space_id}",
            "environmentId": "{environment_id}",
            "email": "gwen@guest.example",
            "search": "gwen",
            "pageSize": 5,
            "pageNumber": 1,
        }
    },
    "POST /v1/internal/spaces/init": {
        "query": {"publishableKey": "{publishable_key}"},
        "body": {
            "space": {"name": "Embedded", "metadata": {"sidebarConfig": {"showSidebar": False}}},
            "workbook": {"name": "People", "sheets": [{"name": "People", "fields": []}]},
            "document": {"title": "Read me", "body": "# Hello"},
            "externalActorId": "one",
        },
    },
    "GET /v1/shared-links": {"query": {"spaceId": "{space_id}", "pageSize": 5, "pageNumber": 1}},
    "POST /v1/shared-links": {
        "body": {
            "spaceId": "{space_id}",
            "expiresAt": "2031-01-01T00:00:00Z",
            "mostUses": 10,
            "password": "open sesame",
        }
    },
    "PATCH /v1/shared-links/{shared_link_id}": {"body": {"expiresAt": None, "mostUses": None, "password": None}},
    "DELETE /v1/shared-links/{shared_link_id}": {},
    "POST /v1/guests": {
        "body": {"environmentId": "{environment_id}", "email": "new@guest.example", "name": "New", "spaces": []}
    },
    "GET /v1/guests/{guest_id}": {},
    "PATCH /v1/guests/{guest_id}": {"body": {"email": "other@guest.example", "name": "Other", "spaces": []}},
    "DELETE /v1/guests/{guest_id}": {"query": {"spaceId": "{space_id}"}},
    "GET /v1/guests/{guest_id}/token": {"query": {"spaceId": "{space_id}"}},
    "GET /v1/guests/{guest_id}/roles": {},
    "POST /v1/guests/{guest_id}/roles": {"body": {"roleId": "{role_id}", "resourceId": "{environment_id}"}},
    "DELETE /v1/guests/{guest_id}/roles/{assignment_id}": {},
    "POST /v1/auth": {"body": {"email": "ada@northwind.example", "password": "correct horse battery staple"}},
    "POST /v1/auth/refresh-token": {"body": "{access_token}"},
    "GET /v1/auth/whoami": {},
    "GET /v1/auth/personal-access-tokens": {},
    "POST /v1/auth/personal-access-tokens": {
        "body": {"name": "CI", "scopes": ["spaces:read"], "expiresAt": "2031-01-01T00:00:00Z"}
    },
    "DELETE /v1/auth/personal-access-tokens/{token_id}": {},
    "GET /v1/events": {
        "query": {"environmentId": "{environment_id}", "topic": "space:created", "pageSize": 5, "pageNumber": 1}
        | {"since": "2020-01-01T00:00:00Z", "includeAcknowledged": "true"}
    },
    "GET /v1/events/{event_id}": {},
    "GET /.well-known/jwks.json": {},
    "GET /healthz": {},
    "GET /readyz": {},
}
