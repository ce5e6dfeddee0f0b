"""The ways in for guests: invitations, sign-in links, shared links, embeds."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
POST /v1/invitations [{"guestId": "{guest_id}", "spaceId": "{space_id}"}]
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/invitations/exchange {"email": "gwen@guest.example", "spaceId": "{space_id}"}
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
POST /v1/internal/spaces/init?publishableKey={publishable_key} {"space": {"name": "Embedded"}, "externalActorId": "one"}
  own       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /v1/shared-links?spaceId={space_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
POST /v1/shared-links {"spaceId": "{space_id}", "mostUses": 5}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/shared-links/{shared_link_id} {"mostUses": 5}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/shared-links/{shared_link_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /dashboard/{environment_id}/spaces/{space_id}/sharing
  own       in    in    200   200   200   200   403   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/{space_id}/sharing follows=own&ways=shared_link
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/sharing/link
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/sharing/link most_uses=3
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/sharing/link/change
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/sharing/link/change most_uses=4
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/sharing/link/revoke
  own       in    in    200   200   200   200   403   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/{space_id}/sharing/link/revoke
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
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
GET /shared
  any       200   200   200   200   200   200   200   200
POST /shared
  any       200   200   200   200   200   200   200   200
GET /shared/{secret}
  any       302   302   302   302   302   302   302   302
GET /space-init
  any       200   200   200   200   200   200   200   200
GET /s/space-init
  any       200   200   200   200   200   200   200   200
"""
