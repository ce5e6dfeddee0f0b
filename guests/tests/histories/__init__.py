"""Random histories of guests, told to the system and to a small model side by side: see `history` for both."""
