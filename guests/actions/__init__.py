"""What can be done to guests: inviting them."""

from guests.actions.invitations import (
    GuestHasNoAddress,
    GuestNotInSpace,
    MagicLinkOff,
    NewInvitation,
    find_invitee,
    invite_guest,
    invite_guests,
    may_invite,
)
from guests.mail import send_link

__all__ = [
    "GuestHasNoAddress",
    "GuestNotInSpace",
    "MagicLinkOff",
    "NewInvitation",
    "find_invitee",
    "invite_guest",
    "invite_guests",
    "may_invite",
    "send_link",
]
