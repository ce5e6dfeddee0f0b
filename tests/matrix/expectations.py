"""What every route and method answers to each kind of credential; tests/test_authz_matrix.py says how to read it."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
GET /v1/accounts/current
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
PATCH /v1/accounts/current {"name": "Renamed"}
  any       401   401   200   200   200   200   200   403   403   403   403   403   403   403   403   200   200   403
GET /v1/users
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
GET /v1/users/{user_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/users/{user_id}/roles
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   403   403   404   404   403
  beside    401   401   200   200   200   200   200   200   403   200   200   200   200   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
GET /v1/roles
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   403   403   200   200   403
POST /v1/access/explain {"action": "spaces.create_space", "resource": "{environment_id}"}
  own       401   401   200   200   200   200   200   200   404   200   200   200   404   200   200   404   404   404
  beside    401   401   200   200   200   200   200   404   404   200   200   404   404   404   404   404   404   404
  foreign   401   401   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404
  missing   401   401   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404
  malformed 401   401   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404
POST /v1/access/explain {"action": "spaces.view_space", "resource": "{space_id}", "actor": "{user_id}"}
  own       401   401   200   200   200   200   200   403   403   403   403   403   403   403   403   404   404   403
  beside    401   401   200   200   200   200   200   403   403   200   200   403   403   403   403   404   404   403
  foreign   401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
  missing   401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
  malformed 401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
POST /v1/access/who {"action": "spaces.create_space", "resource": "{environment_id}"}
  own       401   401   200   200   200   200   200   403   403   403   403   403   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   403   403   404   404   403
  foreign   401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
  missing   401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
  malformed 401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
POST /v1/access/what {}
  any       401   401   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /v1/environments
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
POST /v1/environments {"name": "staging", "isProd": false}
  any       401   401   200   200   200   200   200   403   403   403   403   403   403   403   403   200   200   403
GET /v1/environments/{environment_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/environments/{environment_id} {"metadata": {"set": "by the matrix"}}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/environments/{environment_id}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   403   403   404   404   403
  beside    401   401   403   200   403   403   403   404   403   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
GET /v1/environments/{environment_id}/usage
  own       401   401   200   200   200   200   200   200   200   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
GET /v1/auth/api-keys?environmentId={environment_id}
  own       401   401   200   200   200   200   200   200   200   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-key?environmentId={environment_id}&type=SECRET
  own       401   401   200   200   200   200   200   200   200   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
DELETE /v1/auth/api-key?environmentId={environment_id}&key={key_id}
  own       401   401   200   200   200   200   200   200   200   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
PATCH /v1/auth/api-keys/{key_id} {"name": "Renamed"}
  own       401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
DELETE /v1/auth/api-keys/{key_id}
  own       401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-keys/{key_id}/rotate {"overlap": "1h"}
  own       401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-keys/{key_id}/complete
  rotating  401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  own       401   401   409   409   409   409   409   409   409   404   404   409   404   403   403   404   404   403
  beside    401   401   409   409   409   409   409   404   409   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-keys/{key_id}/cancel
  rotating  401   401   200   200   200   200   200   200   200   404   404   200   404   403   403   404   404   403
  own       401   401   409   409   409   409   409   409   409   404   404   409   404   403   403   404   404   403
  beside    401   401   409   409   409   409   409   404   409   404   404   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
POST /v1/auth/api-keys/{key_id}/reveal
  own       401   401   403   200   403   403   403   403   403   403   404   403   403   403   403   403   404   403
  beside    401   401   403   200   403   403   403   403   403   403   404   403   403   403   403   403   404   403
  gone      401   401   403   404   403   403   403   403   403   403   404   403   403   403   403   403   404   403
GET /v1/auth/publishable-key?environmentId={environment_id}
  own       401   401   200   200   200   200   200   200   200   200   200   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   200   200   200   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   404   404   404   404   404   403   403   404   404   403
GET /v1/secrets?environmentId={environment_id}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/secrets {"environmentId": "{environment_id}", "name": "NEW", "value": "v"}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/secrets/{secret_id}
  own       401   401   200   200   200   200   200   200   403   404   404   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   404   404   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
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
GET /v1/workbooks
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
POST /v1/workbooks {"spaceId": "{space_id}", "name": "New", "sheets": [{"name": "S", "fields": []}]}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/workbooks/{workbook_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/workbooks/{workbook_id} {"name": "Renamed"}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/workbooks/{workbook_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/sheets?workbookId={workbook_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/sheets/{sheet_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/sheets/{sheet_id} {"name": "Renamed"}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/sheets/{sheet_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/sheets/{sheet_id}/lock
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/sheets/{sheet_id}/unlock
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/invitations [{"guestId": "{guest_id}", "spaceId": "{space_id}"}]
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/invitations/exchange {"email": "gwen@guest.example", "spaceId": "{space_id}"}
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /v1/sheets/{sheet_id}/records?includeCounts=true
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/sheets/{sheet_id}/records [{"name": {"value": "New"}}]
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PUT /v1/sheets/{sheet_id}/records [{"id": "{record_id}", "values": {"age": {"value": 5}}}]
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/sheets/{sheet_id}/records?ids={record_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/sheets/{sheet_id}/counts
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/sheets/{sheet_id}/cells?distinct=true&fieldKey=name
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/sheets/{sheet_id}/download
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/auth {"email": "ada@northwind.example", "password": "correct horse battery staple"}
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
POST /v1/auth/refresh-token "{access_token}"
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /v1/auth/whoami
  any       401   401   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /v1/guests?spaceId={space_id}
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
POST /v1/guests {"environmentId": "{environment_id}", "email": "new@guest.example", "spaces": [{"id": "{space_id}"}]}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/guests/{guest_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/guests/{guest_id} {"name": "Renamed"}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/guests/{guest_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/guests/{guest_id}/token
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/guests/{guest_id}/roles
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/guests/{guest_id}/roles {"roleId": "{role_id}", "resourceId": "{environment_id}"}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
DELETE /v1/guests/{guest_id}/roles/{assignment_id}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   403   403   404   404   403
  beside    401   401   200   200   200   200   200   404   403   403   403   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
GET /v1/auth/personal-access-tokens
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   403   403   200   200   403
POST /v1/auth/personal-access-tokens {"name": "New"}
  any       401   401   200   200   200   200   403   403   403   200   200   200   200   403   403   200   200   403
DELETE /v1/auth/personal-access-tokens/{token_id}
  own       401   401   200   200   200   200   200   404   403   404   404   404   404   403   403   404   404   403
  beside    401   401   404   404   404   404   404   404   403   200   200   404   404   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
GET /v1/users/{user_id}/api-token?tenantId={account_id}
  own       401   401   200   200   200   200   200   403   403   403   403   403   403   403   403   404   404   403
  beside    401   401   403   403   403   403   403   403   403   200   200   403   403   403   403   404   404   403
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   403   403   404   404   403
POST /v1/users/{user_id}/api-token?tenantId={account_id}
  own       401   401   403   200   403   403   403   403   403   403   403   403   403   403   403   403   404   403
  beside    401   401   403   403   403   403   403   403   403   403   200   403   403   403   403   403   404   403
  gone      401   401   403   404   403   403   403   403   403   403   404   403   403   403   403   403   404   403
GET /v1/events
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
GET /v1/events/{event_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  security  401   401   200   200   200   200   200   200   403   404   404   200   404   404   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /api/schema
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /api/docs
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /.well-known/jwks.json
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /healthz
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /readyz
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /metrics
  any       404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /
  any       302   302   302   302   302   302   302   302
GET /dashboard
  any       in    in    302   302   302   302   302   302
GET /dashboard/keys-and-secrets
  any       in    in    302   302   302   302   404   302
GET /dashboard/environments
  any       in    in    200   200   200   200   200   200
GET /dashboard/environments/new
  any       in    in    200   200   403   403   403   200
POST /dashboard/environments/new name=Staging&is_prod=no&guest_authentication=magic_link
  any       in    in    302   302   403   403   403   302
GET /dashboard/environments/{environment_id}
  own       in    in    200   200   403   200   404   404
  beside    in    in    200   200   403   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/environments/{environment_id} name=Renamed&guest_authentication=magic_link
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   403   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/environments/{environment_id}/delete
  own       in    in    200   200   403   200   404   404
  beside    in    in    200   200   403   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/environments/{environment_id}/delete typed_name={environment_name}
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   ask   403   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/home
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys-and-secrets
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/keys type=SECRET&name=Web
  own       in    in    200   ask   403   200   404   404
  beside    in    in    200   ask   403   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/reveal
  own       in    in    200   200   404   200   404   404
  beside    in    in    200   200   404   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/keys/{key_id}/reveal
  own       in    in    200   ask   404   200   404   404
  beside    in    in    200   ask   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/rename
  own       in    in    200   200   404   200   404   404
  beside    in    in    200   200   404   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/keys/{key_id}/rename name=Renamed
  own       in    in    302   302   404   302   404   404
  beside    in    in    302   302   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/delete
  own       in    in    200   200   404   200   404   404
  beside    in    in    200   200   404   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/keys/{key_id}/delete typed_name={key_name}
  own       in    in    302   ask   404   302   404   404
  beside    in    in    302   ask   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/rotate
  own       in    in    200   200   404   200   404   404
  beside    in    in    200   200   404   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/keys/{key_id}/rotate overlap=1h
  own       in    in    200   ask   404   200   404   404
  beside    in    in    200   ask   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/complete
  rotating  in    in    200   200   404   200   404   404
  own       in    in    409   409   404   409   404   404
  beside    in    in    409   409   404   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/keys/{key_id}/complete
  rotating  in    in    302   ask   404   302   404   404
  own       in    in    409   409   404   409   404   404
  beside    in    in    409   409   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/keys/{key_id}/cancel
  rotating  in    in    200   200   404   200   404   404
  own       in    in    409   409   404   409   404   404
  beside    in    in    409   409   404   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/keys/{key_id}/cancel
  rotating  in    in    302   ask   404   302   404   404
  own       in    in    409   409   404   409   404   404
  beside    in    in    409   409   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/secrets
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/secrets name=NEW&value=v
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   403   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/secrets/{secret_id}/edit
  own       in    in    200   200   404   200   404   404
  beside    in    in    200   200   404   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/secrets/{secret_id}/edit value=v2
  own       in    in    302   302   404   302   404   404
  beside    in    in    302   302   404   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/secrets/{secret_id}/delete
  own       in    in    200   200   404   200   404   404
  beside    in    in    200   200   404   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/secrets/{secret_id}/delete
  own       in    in    302   302   404   302   404   404
  beside    in    in    302   302   404   404   404   404
  gone      in    in    404   404   404   404   404   404
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
GET /dashboard/{environment_id}/guests
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/guests/invite
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/guests/invite email=new@guest.example&places={space_id}&is_mailed=on
  own       in    in    302   302   302   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/guests/{guest_id}
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/guests/{guest_id}/edit
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/guests/{guest_id}/edit email=other@guest.example&name=Other
  own       in    in    302   302   302   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/guests/{guest_id}/delete
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/guests/{guest_id}/delete
  own       in    in    302   302   302   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/guests/{guest_id}/sign-out
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/guests/{guest_id}/sign-out
  own       in    in    302   302   302   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/guests/{guest_id}/spaces/{space_id}
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/guests/{guest_id}/spaces/{space_id} reach=sheets
  own       in    in    302   302   302   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/guests/{guest_id}/spaces/{space_id}/withdraw
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/guests/{guest_id}/spaces/{space_id}/withdraw
  own       in    in    302   302   302   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/guests/{guest_id}/spaces/{space_id}/invite
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/guests/{guest_id}/spaces/{space_id}/invite
  own       in    in    302   302   302   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/access
  own       in    in    200   200   200   200   403   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/access?action=spaces.create_space&resource={environment_id}
  own       in    in    200   200   200   200   200   200
  beside    in    in    200   200   200   200   200   200
  foreign   in    in    200   200   200   200   200   200
  missing   in    in    200   200   200   200   200   200
GET /dashboard/access/who?action=spaces.create_space&resource={environment_id}
  own       in    in    200   200   403   403   403   200
  beside    in    in    200   200   403   403   403   200
  foreign   in    in    200   200   403   403   403   200
  missing   in    in    200   200   403   403   403   200
GET /dashboard/access/what?actor={user_id}
  own       in    in    200   200   403   403   403   200
  beside    in    in    200   200   200   403   403   200
  foreign   in    in    200   200   200   200   200   200
  missing   in    in    200   200   200   200   200   200
GET /dashboard/personal-access-tokens
  any       in    in    200   200   200   200   200   200
POST /dashboard/personal-access-tokens name=Laptop
  any       in    in    200   ask   200   200   200   200
GET /dashboard/personal-access-tokens/{token_id}/delete
  any       in    in    302   302   302   302   302   302
POST /dashboard/personal-access-tokens/{token_id}/delete
  own       in    in    302   302   404   404   404   404
  beside    in    in    404   404   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/settings
  any       in    in    302   302   302   302   302   302
GET /dashboard/settings/account
  any       in    in    200   200   200   200   200   200
POST /dashboard/settings/account name=Renamed&allowed_origins=https://app.example.com
  any       in    in    302   302   403   403   403   302
GET /dashboard/settings/personal-tokens
  any       in    in    200   200   200   200   200   200
POST /dashboard/settings/personal-tokens description=Nightly
  any       in    in    200   ask   200   200   200   200
GET /dashboard/settings/personal-tokens/{client_id}/delete
  any       in    in    302   302   302   302   302   302
POST /dashboard/settings/personal-tokens/{client_id}/delete
  own       in    in    302   302   404   404   404   404
  beside    in    in    404   404   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/logs
  any       in    in    200   200   200   200   200   200
GET /account/sign-in
  any       200   200   302   302   302   302   302   302
POST /account/sign-in login=ada@northwind.example&password=correct+horse+battery+staple
  any       302   302   302   302   302   302   302   302
GET /account/sign-out
  any       in    in    200   200   200   200   200   200
POST /account/sign-out
  any       in    in    in    in    in    in    in    in
GET /account/sign-up
  any       404   404   302   302   302   302   302   302
POST /account/sign-up account=Acme&name=Max&email=max@acme.example&password1=correct+horse+battery+staple
  any       404   404   302   302   302   302   302   302
GET /account/confirm-email
  any       in    in    302   302   302   302   302   302
POST /account/confirm-email code=ABC123
  any       in    in    302   302   302   302   302   302
GET /account/inactive
  any       200   200   200   200   200   200   200   200
GET /account/forgot-password
  any       200   200   200   200   200   200   200   200
POST /account/forgot-password email=ada@northwind.example
  any       302   302   302   302   302   302   302   302
GET /account/forgot-password/sent
  any       200   200   200   200   200   200   200   200
GET /account/reset-password/{uidb36}-{key}
  any       200   200   200   200   200   200   200   200
POST /account/reset-password/{uidb36}-{key} password1=correct+horse+battery+2&password2=correct+horse+battery+2
  any       200   200   200   200   200   200   200   200
GET /account/reset-password/done
  any       200   200   200   200   200   200   200   200
GET /account/change-password
  any       in    in    200   200   200   200   200   200
POST /account/change-password oldpassword=wrong&password1=correct+horse+battery+2&password2=correct+horse+battery+2
  any       in    in    200   200   200   200   200   200
GET /account/switch
  any       302   302   302   302   302   302   302   302
POST /account/switch account_id={account_id}
  own       404   404   302   302   302   302   302   404
  gone      404   404   404   404   404   404   404   404
GET /invite
  any       200   200   200   200   200   200   200   200
GET /invite/ask
  any       200   200   200   200   200   200   200   200
POST /invite/ask email=gwen@guest.example
  any       302   302   302   302   302   302   302   302
GET /invite/sent
  any       200   200   200   200   200   200   200   200
POST /invite/sent code=ABCD-EFGH
  any       200   200   200   200   200   200   200   200
GET /invite/{secret}
  any       302   302   302   302   302   302   302   302
GET /sign-in-link
  any       200   200   200   200   200   200   200   200
POST /sign-in-link
  any       302   302   302   302   302   302   302   302
GET /sign-in-link/{secret}
  any       302   302   302   302   302   302   302   302
GET /space/sign-out
  any       302   302   302   302   302   302   302   302
POST /space/sign-out
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}
  own       302   302   302   302   302   302   302   302
  gone      302   302   302   302   302   302   302   302
GET /dev/mail
  any       404   404   404   404   404   404   404   404
GET /dev/mail/{name}
  any       404   404   404   404   404   404   404   404
"""
