"""What the API reads and shows of spaces and of what is in them."""
