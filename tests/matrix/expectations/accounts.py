"""Accounts, their people and roles, and the settings."""

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
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /dashboard/settings
  any       in    in    302   302   302   302   302   302
GET /dashboard/settings/account
  any       in    in    200   200   200   200   200   200
POST /dashboard/settings/account name=Renamed&allowed_origins=https://app.example.com
  any       in    in    302   302   403   403   403   302
"""
