"""The API of environments, their keys and their secrets."""
