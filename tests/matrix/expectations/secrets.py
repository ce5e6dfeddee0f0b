"""The secrets that an environment or a space keeps."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
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
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
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
GET /dashboard/{environment_id}/spaces/{space_id}/secrets
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/secrets name=NEW&value=v
  own       in    in    302   302   403   302   403   404
  beside    in    in    302   302   403   404   404   404
  gone      in    in    404   404   404   404   404   404
"""
