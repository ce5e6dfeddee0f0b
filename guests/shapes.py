"""What the API answers about guests and their links (flatfile-api.md, sections 8 and 11)."""

from lib.shapes import Shape, flag, text


class ExchangedOut(Shape):
    """What a link was exchanged for, or whom a new one was sent to."""

    valid = flag("Whether there is a token.")
    token = text("An access token of the guest, for one hour.", optional=True, pattern="^eyJ")
    sentTo = text("The address, whether or not there is such a guest.", optional=True)
