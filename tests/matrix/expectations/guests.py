"""Guests and what they were given, as those see it who give it."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
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
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
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
"""
