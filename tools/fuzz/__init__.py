"""Fuzzing: the API called from its own OpenAPI document, with what it says is good and with what it says is not."""
