"""The API's face of guests."""
