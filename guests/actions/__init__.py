"""What can be done to guests: creating, inviting and deleting them, giving and taking spaces, tokens and roles."""

from guests.actions.clip_links import change_clip, make_clip_link, open_clip, revoke_clip_link
from guests.actions.clips import collaborators_of, share_clip
from guests.actions.embedding import issue_space_token, open_embed, open_space
from guests.actions.given import Given, find_environment, find_given
from guests.actions.grants import give_space, withdraw_space
from guests.actions.invitations import (
    GuestHasNoAddress,
    GuestNotInSpace,
    MagicLinkOff,
    NewInvitation,
    find_invitee,
    invite_guest,
    invite_guests,
)
from guests.actions.inviting import may_invite, no_later_than_own
from guests.actions.joining import bring_in
from guests.actions.people import NewGuest, create_guest, create_guests, delete_guest, update_guest
from guests.actions.previewing import preview_clip
from guests.actions.roles import assign_role, find_place, find_role, remove_role
from guests.actions.shared import create_shared_link, revoke_shared_link, update_shared_link
from guests.actions.tokens import end_guest_sessions, has_space, issue_guest_token
from guests.actions.ways_in import ways_into
from guests.actions.welcoming import welcome_guest
from guests.mail import send_link

__all__ = [
    "Given",
    "GuestHasNoAddress",
    "GuestNotInSpace",
    "MagicLinkOff",
    "NewGuest",
    "NewInvitation",
    "assign_role",
    "bring_in",
    "change_clip",
    "collaborators_of",
    "create_guest",
    "create_guests",
    "create_shared_link",
    "delete_guest",
    "end_guest_sessions",
    "find_environment",
    "find_given",
    "find_invitee",
    "find_place",
    "find_role",
    "give_space",
    "has_space",
    "invite_guest",
    "invite_guests",
    "issue_guest_token",
    "issue_space_token",
    "make_clip_link",
    "may_invite",
    "no_later_than_own",
    "open_clip",
    "open_embed",
    "open_space",
    "preview_clip",
    "remove_role",
    "revoke_clip_link",
    "revoke_shared_link",
    "send_link",
    "share_clip",
    "update_guest",
    "update_shared_link",
    "ways_into",
    "welcome_guest",
    "withdraw_space",
]
