"""Addresses of the pages of guests."""

from django.urls import path

from guests.pages import clip_links, clips, embedded, inviting, links, records, shared, sheets, spaces

urlpatterns = [
    path("invite", links.invitation, name="guest_invitation"),
    path("invite/ask", links.ask, name="guest_ask"),
    path("invite/sent", links.sent, name="guest_link_sent"),
    path("invite/<str:secret>", links.open_invitation, name="guest_invitation_link"),
    path("sign-in-link", links.sign_in, name="guest_sign_in"),
    path("sign-in-link/<str:secret>", links.open_sign_in, name="guest_sign_in_link"),
    path("clip-link", clip_links.landing, name="guest_clip_link"),
    path("clip-link/<str:secret>", clip_links.open_link, name="guest_clip_link_link"),
    path("clip/<str:clip_id>", clips.clip, name="guest_clip"),
    path("clip/<str:clip_id>/sheets/<str:sheet_id>", clips.sheet, name="guest_clip_sheet"),
    path("clip/<str:clip_id>/sheets/<str:sheet_id>/download", clips.download, name="guest_clip_download"),
    path("clip/<str:clip_id>/sheets/<str:sheet_id>/records/new", clips.new_record, name="guest_clip_record_new"),
    path("clip/<str:clip_id>/sheets/<str:sheet_id>/records/<str:record_id>", clips.record, name="guest_clip_record"),
    path(
        "clip/<str:clip_id>/sheets/<str:sheet_id>/records/<str:record_id>/delete",
        clips.delete_record,
        name="guest_clip_record_delete",
    ),
    path("shared", shared.shared, name="guest_shared"),
    path("shared/<str:secret>", shared.open_shared, name="guest_shared_link"),
    path("space", spaces.home, name="guest_home"),
    path("space/sign-out", spaces.sign_out, name="guest_sign_out"),
    path("space-init", embedded.space_init, name="guest_space_init"),
    path("s/space-init", embedded.space_init),
    path("s/space/<str:space_id>", embedded.without_prefix),
    path("s/space/<str:space_id>/<path:rest>", embedded.without_prefix),
    path("space/<str:space_id>", spaces.space, name="guest_space"),
    path("space/<str:space_id>/contents", spaces.contents, name="guest_contents"),
    path("space/<str:space_id>/invite", inviting.invite, name="guest_invite"),
    path("space/<str:space_id>/checklist", spaces.checklist, name="guest_checklist"),
    path("space/<str:space_id>/workbooks/<str:workbook_id>", spaces.workbook, name="guest_workbook"),
    path("space/<str:space_id>/documents/<str:document_id>", spaces.document, name="guest_document"),
    path("space/<str:space_id>/sheets/<str:sheet_id>", sheets.sheet, name="guest_sheet"),
    path("space/<str:space_id>/sheets/<str:sheet_id>/download", sheets.download, name="guest_download"),
    path("space/<str:space_id>/sheets/<str:sheet_id>/records/new", records.new_record, name="guest_record_new"),
    path("space/<str:space_id>/sheets/<str:sheet_id>/records/<str:record_id>", records.record, name="guest_record"),
    path(
        "space/<str:space_id>/sheets/<str:sheet_id>/records/<str:record_id>/delete",
        records.delete_record,
        name="guest_record_delete",
    ),
    # The last: what no page of ours has.
    path("space/<str:space_id>/<path:rest>", embedded.deep_link, name="guest_deep_link"),
]
