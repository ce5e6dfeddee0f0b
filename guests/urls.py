"""Addresses of the pages of guests."""

from django.urls import path

from guests.pages import embedded, links, shared, spaces

urlpatterns = [
    path("invite", links.invitation, name="guest_invitation"),
    path("invite/ask", links.ask, name="guest_ask"),
    path("invite/sent", links.sent, name="guest_link_sent"),
    path("invite/<str:secret>", links.open_invitation, name="guest_invitation_link"),
    path("sign-in-link", links.sign_in, name="guest_sign_in"),
    path("sign-in-link/<str:secret>", links.open_sign_in, name="guest_sign_in_link"),
    path("shared", shared.shared, name="guest_shared"),
    path("shared/<str:secret>", shared.open_shared, name="guest_shared_link"),
    path("space/sign-out", spaces.sign_out, name="guest_sign_out"),
    path("space-init", embedded.space_init, name="guest_space_init"),
    path("s/space-init", embedded.space_init),
    path("s/space/<str:space_id>", embedded.without_prefix),
    path("s/space/<str:space_id>/<path:rest>", embedded.without_prefix),
    path("space/<str:space_id>", spaces.space, name="guest_space"),
    # The last: what no page of ours has.
    path("space/<str:space_id>/<path:rest>", embedded.deep_link, name="guest_deep_link"),
]
