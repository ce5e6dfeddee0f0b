"""What the API answers to those who were given a space or a workbook of it."""

# gwen: a guest of the whole space; wes: of its first workbook; emb: the access token of the space, embedded.
# `own` is in that space and workbook, `sibling` in another space and its workbook, `second` in the second workbook.
API = """
                                            gwen  wes   emb
POST /v1/access/explain {"action": "spaces.create_space", "resource": "{environment_id}"}
  own                                       200   200   200
  beside                                    404   404   404
  foreign                                   404   404   404
  missing                                   404   404   404
  malformed                                 404   404   404
POST /v1/access/what {}
  any                                       200   200   200
GET /v1/environments
  any                                       200   200   200
GET /v1/environments/{environment_id}
  own                                       200   200   200
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/spaces
  any                                       200   200   200
GET /v1/spaces/{space_id}
  own                                       200   200   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
PATCH /v1/spaces/{space_id}
  own                                       403   403   200
  sibling                                   403   403   404
  beside                                    403   403   404
  gone                                      403   403   404
POST /v1/spaces/{space_id}/archive
  own                                       403   403   200
  sibling                                   403   403   404
  beside                                    403   403   404
  gone                                      403   403   404
GET /v1/spaces/{space_id}/documents
  own                                       200   200   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
POST /v1/spaces/{space_id}/documents
  own                                       403   403   200
  sibling                                   403   403   404
  beside                                    403   403   404
  gone                                      403   403   404
GET /v1/spaces/{space_id}/documents/{document_id}
  own                                       200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/workbooks
  any                                       200   200   200
POST /v1/workbooks
  own                                       403   403   200
  sibling                                   403   403   404
  beside                                    403   403   404
  gone                                      403   403   404
GET /v1/workbooks/{workbook_id}
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}/records
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
POST /v1/sheets/{sheet_id}/records
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
PUT /v1/sheets/{sheet_id}/records
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
DELETE /v1/sheets/{sheet_id}/records
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}/counts
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}/cells
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}/download
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/guests
  any                                       200   200   200
POST /v1/guests
  own                                       200   403   403
  sibling                                   404   404   403
  beside                                    404   404   403
  gone                                      404   404   403
POST /v1/invitations
  own                                       200   403   403
  sibling                                   404   404   403
  beside                                    404   404   403
  gone                                      404   404   403
GET /v1/guests/{guest_id}
  own                                       200   404   404
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/guests/{guest_id}/roles
  own                                       200   404   404
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/data-clips
  any                                       200   200   403
POST /v1/data-clips
  own                                       200   200   403
  second                                    200   404   403
  sibling                                   404   404   403
  beside                                    404   404   403
  gone                                      404   404   403
GET /v1/data-clips/{clip_id}
  own                                       404   404   403
  gone                                      404   404   403
PATCH /v1/data-clips/{clip_id}
  own                                       404   404   403
  gone                                      404   404   403
DELETE /v1/data-clips/{clip_id}
  own                                       404   404   403
  gone                                      404   404   403
POST /v1/data-clips/{clip_id}/add-records
  own                                       404   404   403
  gone                                      404   404   403
GET /v1/data-clips/{clip_id}/preview
  any                                       403   403   403
GET /v1/data-clips/{clip_id}/resolutions
  own                                       404   404   403
  gone                                      404   404   403
PATCH /v1/data-clips/{clip_id}/resolutions
  own                                       404   404   403
  gone                                      404   404   403
GET /v1/data-clips/{clip_id}/resolutions/index
  own                                       404   404   403
  gone                                      404   404   403
PATCH /v1/data-clips/{clip_id}/refresh-resolutions
  own                                       404   404   403
  gone                                      404   404   403
GET /v1/auth/whoami
  any                                       200   200   200
GET /v1/events
  any                                       200   200   200
GET /v1/events/{event_id}
  own                                       200   404   200
  beside                                    404   404   404
  gone                                      404   404   404
"""
