"""What can be done to environments, their keys and their secrets."""

from environments.actions.environments import create_environment, delete_environment, update_environment
from environments.actions.keys import IssuedKey, create_key, rename_key, reveal_key, revoke_key
from environments.actions.rotation import cancel_rotation, complete_rotation, rotate_key
from environments.actions.secrets import change_secret, delete_secret, set_secret

__all__ = [
    "IssuedKey",
    "cancel_rotation",
    "change_secret",
    "complete_rotation",
    "create_environment",
    "create_key",
    "delete_environment",
    "delete_secret",
    "rename_key",
    "reveal_key",
    "revoke_key",
    "rotate_key",
    "set_secret",
    "update_environment",
]
