"""API keys: made, renamed, revealed, rotated, deleted."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
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
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /dashboard/keys-and-secrets
  any       in    in    302   302   302   302   404   302
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
"""
