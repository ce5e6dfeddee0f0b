"""Programs for working on Latchkey: standard library only, none of them is part of the server."""
