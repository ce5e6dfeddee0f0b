"""The official SDK against a server of its own."""
