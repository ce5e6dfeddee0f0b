"""What guests may do, as a table: how much of a space they must have been given, and by which of their tokens."""

from enum import StrEnum

from access.actors import Kind


class Within(StrEnum):
    """How much of a space a guest must have been given for an action."""

    SELF = "self"  # nothing: it is about the guest alone
    ENVIRONMENT = "environment"  # anything in the environment
    SPACE = "space"  # the space or any part of it
    WHOLE_SPACE = "whole"
    WORKBOOK = "workbook"  # the workbook or a sheet of it
    SHEET = "sheet"
    READ_SHEET = "reading"  # the sheet, or records of it that a data clip refers to
    CLIP = "clip"
    OWN_CLIP = "own-clip"  # a clip that the guest has made


# What guests may do: within what they were given, by their session on guest pages, their own access token of 1 h, or
# the access token of an embedded space. What has no row here, no guest ever does.
GUESTS = """
                                    within        page      guest   space
environments.view_environment       environment   yes       yes     yes
spaces.view_space                   space         yes       yes     yes
spaces.view_workbook                workbook      yes       yes     yes
spaces.view_sheet                   reading       yes       yes     yes
spaces.view_document                whole         yes       yes     yes
spaces.update_space                 whole         -         -       yes
spaces.archive_space                whole         -         -       yes
spaces.create_workbook              whole         -         -       yes
spaces.create_document              whole         -         -       yes
spaces.insert_records               sheet           yes       yes     yes
spaces.update_records               sheet           yes       yes     yes
spaces.delete_records               sheet           yes       yes     yes
spaces.view_clip                    clip          yes       yes     -
spaces.create_clip                  sheet         yes       yes     -
spaces.update_clip                  own-clip      yes       yes     -
spaces.fill_clip                    own-clip      yes       yes     -
spaces.resolve_clip                 own-clip      yes       yes     -
spaces.merge_clip                   own-clip      yes       yes     -
spaces.delete_clip                  own-clip      yes       yes     -
guests.view_guest                   self          yes       yes     yes
guests.invite_guest                 whole         yes       yes     -
guests.sign_out_guest               self          yes       -       -
guests.create_guest                 whole         yes       yes     -
guests.give_space                   whole         yes       yes     -
events.view_event                   whole         yes       yes     yes
"""

GUEST_KINDS = (Kind.GUEST_SESSION, Kind.GUEST, Kind.SPACE)
