"""Environments: made, changed, deleted, their usage and their home."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
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
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
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
"""
