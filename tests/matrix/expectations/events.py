"""The log."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
GET /v1/events
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
GET /v1/events/{event_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  security  401   401   200   200   200   200   200   200   403   404   404   200   404   404   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /dashboard/logs
  any       in    in    200   200   200   200   200   200
"""
