"""Addresses of the API of spaces, workbooks, sheets and documents."""

from django.urls import path

from spaces.api import clips, documents, records, sheets, spaces, workbooks

urlpatterns = [
    path("spaces", spaces.Spaces.as_view()),
    path("spaces/<str:space_id>", spaces.OneSpace.as_view()),
    path("spaces/<str:space_id>/archive", spaces.ArchiveSpace.as_view()),
    path("spaces/<str:space_id>/unarchive", spaces.UnarchiveSpace.as_view()),
    path("spaces/<str:space_id>/documents", documents.Documents.as_view()),
    path("spaces/<str:space_id>/documents/<str:document_id>", documents.OneDocument.as_view()),
    path("workbooks", workbooks.Workbooks.as_view()),
    path("workbooks/<str:workbook_id>", workbooks.OneWorkbook.as_view()),
    path("data-clips", clips.DataClips.as_view()),
    path("data-clips/<str:clip_id>", clips.OneDataClip.as_view()),
    path("data-clips/<str:clip_id>/add-records", clips.ClippedRecords.as_view()),
    path("data-clips/<str:clip_id>/preview", clips.Preview.as_view()),
    path("data-clips/<str:clip_id>/resolutions", clips.Resolutions.as_view()),
    path("data-clips/<str:clip_id>/resolutions/index", clips.ResolutionIndex.as_view()),
    path("data-clips/<str:clip_id>/refresh-resolutions", clips.RefreshedResolutions.as_view()),
    path("sheets", sheets.Sheets.as_view()),
    path("sheets/<str:sheet_id>", sheets.OneSheet.as_view()),
    path("sheets/<str:sheet_id>/lock", sheets.LockSheet.as_view()),
    path("sheets/<str:sheet_id>/unlock", sheets.UnlockSheet.as_view()),
    path("sheets/<str:sheet_id>/records", records.Records.as_view()),
    path("sheets/<str:sheet_id>/counts", records.RecordCounts.as_view()),
    path("sheets/<str:sheet_id>/cells", records.Cells.as_view()),
    path("sheets/<str:sheet_id>/download", records.Download.as_view()),
]
