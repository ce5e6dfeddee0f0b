"""The API of tokens: the exchanges, personal access tokens, client pairs, and what a credential is."""
