"""What the authorization matrix is made of: a world with everything in it, and the reading of a table."""
