"""Spaces and their documents."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
GET /v1/spaces
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
POST /v1/spaces {"environmentId": "{environment_id}", "name": "New"}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   200   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   404   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   404   404   404   404
GET /v1/spaces/{space_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/spaces/{space_id} {"metadata": {"sidebarConfig": {"defaultPage": {}}}}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/spaces/{space_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/spaces?spaceIds={space_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/spaces/{space_id}/archive
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/spaces/{space_id}/unarchive
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/spaces/{space_id}/documents
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/spaces/{space_id}/documents {"title": "New", "body": "Text"}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/spaces/{space_id}/documents/{document_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/spaces/{space_id}/documents/{document_id} {"title": "Renamed"}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/spaces/{space_id}/documents/{document_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /dashboard/spaces
  any       in    in    200   200   200   200   200   200
GET /dashboard/{environment_id}/spaces/new
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/new name=New
  own       in    in    302   302   302   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}
  own       in    in    200   200   200   200   200   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/edit
  own       in    in    200   200   200   200   403   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/{space_id}/edit name=Renamed
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/delete
  own       in    in    200   200   200   200   403   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/{space_id}/delete typed_name={space_name}
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/archive
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/archive
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/unarchive
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/unarchive
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
"""
