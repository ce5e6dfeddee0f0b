"""The pages of guests: the way in, and what they find behind it."""
