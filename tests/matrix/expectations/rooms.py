"""The pages of a space as its guests see them, which lead everybody else to the door."""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /s/space/{space_id}
  any       302   302   302   302   302   302   302   302
GET /s/space/{space_id}/{rest}
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/{rest}
  any       302   302   302   302   302   302   302   302
GET /space
  any       302   302   302   302   302   302   302   302
GET /space/sign-out
  any       302   302   302   302   302   302   302   302
POST /space/sign-out
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}
  own       302   302   302   302   302   302   302   302
  gone      302   302   302   302   302   302   302   302
GET /space/{space_id}/invite
  any       302   302   302   302   302   302   302   302
POST /space/{space_id}/invite email=new@guest.example
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/contents
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/checklist
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/workbooks/{workbook_id}
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/documents/{document_id}
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/sheets/{sheet_id}
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/sheets/{sheet_id}/download
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/sheets/{sheet_id}/records/new
  any       302   302   302   302   302   302   302   302
POST /space/{space_id}/sheets/{sheet_id}/records/new version=
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/sheets/{sheet_id}/records/{record_id}
  any       302   302   302   302   302   302   302   302
POST /space/{space_id}/sheets/{sheet_id}/records/{record_id} version=1
  any       302   302   302   302   302   302   302   302
GET /space/{space_id}/sheets/{sheet_id}/records/{record_id}/delete
  any       302   302   302   302   302   302   302   302
POST /space/{space_id}/sheets/{sheet_id}/records/{record_id}/delete
  any       302   302   302   302   302   302   302   302
"""
