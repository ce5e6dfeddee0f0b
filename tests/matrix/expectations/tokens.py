"""Credentials of people: personal access tokens, client pairs, access tokens."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
POST /v1/auth {"email": "ada@northwind.example", "password": "correct horse battery staple"}
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
POST /v1/auth/refresh-token "{access_token}"
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /v1/auth/whoami
  any       401   401   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
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
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
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
"""
