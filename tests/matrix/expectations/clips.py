"""Data clips, on both sides: where they are made, and where their guests work on them."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
GET /v1/data-clips
  any       401   401   200   200   200   200   200   200   403   200   200   200   200   200   403   200   200   200
POST /v1/data-clips {"name": "New", "sourceSheetId": "{sheet_id}"}
  own       401   401   200   200   200   200   200   200   403   200   200   200   403   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/data-clips/{clip_id}
  own       401   401   200   200   200   200   200   200   403   200   200   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/data-clips/{clip_id} {"name": "Renamed"}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
DELETE /v1/data-clips/{clip_id}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
POST /v1/data-clips/{clip_id}/add-records {"recordIds": ["{record_id}"]}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/data-clips/{clip_id}/preview
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/data-clips/{clip_id}/resolutions
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/data-clips/{clip_id}/resolutions {"resolvedRecords": [{"recordId": "{clip_record_id}", "resolves": []}]}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
GET /v1/data-clips/{clip_id}/resolutions/index?filterConflicts=false&id={clip_record_id}
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
PATCH /v1/data-clips/{clip_id}/refresh-resolutions
  own       401   401   200   200   200   200   200   200   403   403   403   200   404   200   403   404   404   404
  beside    401   401   200   200   200   200   200   404   403   200   200   404   404   404   403   404   404   404
  gone      401   401   404   404   404   404   404   404   403   404   404   404   404   404   403   404   404   404
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /dashboard/{environment_id}/spaces/{space_id}/clips
  own       in    in    200   200   200   200   403   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/new
  own       in    in    200   200   200   200   403   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/{space_id}/clips/new name=New&sheet={sheet_id}
  own       in    in    302   302   302   302   403   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}
  own       in    in    200   200   200   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/state
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/state status=READY
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/records
  own       in    in    200   200   403   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/records ids={record_id}
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/conflicts
  own       in    in    200   200   403   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/conflicts {conflict_place}=main
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/preview
  own       in    in    200   200   403   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/share
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/share guests={guest_id}
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/link
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/link until=2031-01-01T00:00
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/link/end
  any       in    in    302   302   302   302   302   302
POST /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/link/end
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/delete
  own       in    in    200   200   403   200   404   404
  beside    in    in    200   200   200   404   404   404
  gone      in    in    404   404   404   404   404   404
POST /dashboard/{environment_id}/spaces/{space_id}/clips/{clip_id}/delete
  own       in    in    302   302   403   302   404   404
  beside    in    in    302   302   302   404   404   404
  gone      in    in    404   404   404   404   404   404
GET /clip-link
  any       200   200   200   200   200   200   200   200
POST /clip-link
  any       302   302   302   302   302   302   302   302
GET /clip-link/{secret}
  any       302   302   302   302   302   302   302   302
GET /clip/{clip_id}
  own       302   302   302   302   302   302   302   302
  gone      302   302   302   302   302   302   302   302
GET /clip/{clip_id}/sheets/{sheet_id}
  any       302   302   302   302   302   302   302   302
GET /clip/{clip_id}/sheets/{sheet_id}/download
  any       302   302   302   302   302   302   302   302
GET /clip/{clip_id}/sheets/{sheet_id}/records/new
  any       302   302   302   302   302   302   302   302
POST /clip/{clip_id}/sheets/{sheet_id}/records/new
  any       302   302   302   302   302   302   302   302
GET /clip/{clip_id}/sheets/{sheet_id}/records/{record_id}
  any       302   302   302   302   302   302   302   302
POST /clip/{clip_id}/sheets/{sheet_id}/records/{record_id}
  any       302   302   302   302   302   302   302   302
GET /clip/{clip_id}/sheets/{sheet_id}/records/{record_id}/delete
  any       302   302   302   302   302   302   302   302
POST /clip/{clip_id}/sheets/{sheet_id}/records/{record_id}/delete
  any       302   302   302   302   302   302   302   302
"""
