"""Questions about access: what, who, and why."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
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
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
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
"""
