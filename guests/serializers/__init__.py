"""What the API reads and shows of guests, their links, and the public links of spaces."""
