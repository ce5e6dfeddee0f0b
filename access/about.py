"""What each action is done to, and what it is called: how it is asked about when access is explained. Pure.

A deed that makes something is about the place it is made in. What is not here is done with a proof or by the system.
"""

from typing import NamedTuple

from access.actions import Action

# Action, the kinds of Resource it is about, and its words in docs/actions.md.
TABLE = """
accounts.view_account               account             See one's own account
accounts.update_account             account             Change the account: its name, its allowed origins
accounts.view_member                account,member      See the members of the account
accounts.view_role                  account,member,role See the roles of the account, and who has which
accounts.view_access                account,member,key,token,client,guest See what somebody or a key may do, and why
accounts.sign_out                   member              Sign out
accounts.reauthenticate             member              Confirm the password before a sensitive deed
accounts.change_password            member              Change the password
environments.view_environment       environment         See an environment
environments.create_environment     account             Create an environment, with one key of each type
environments.update_environment     environment         Change an environment's name and settings
environments.delete_environment     environment         Delete an environment and everything in it
environments.view_key               environment,key     List API keys, secret ones as hints
environments.view_publishable_key   environment,key     See a publishable key
environments.create_key             environment         Create a further API key
environments.reveal_key             key                 See the text of a secret key
environments.rename_key             key                 Give an API key another name
environments.rotate_key             key                 Make a new key beside an old one, which ends after an overlap
environments.complete_rotation      key                 End the old key of a rotation now
environments.cancel_rotation        key                 End the new key of a rotation; the old one goes on
environments.revoke_key             key                 Delete an API key; its next request is refused
environments.view_secret            environment,secret  Read secrets with their values
environments.set_secret             environment,secret  Create a secret, or give it a new value
environments.delete_secret          secret              Delete a secret
spaces.view_space                   environment,space   See a space
spaces.create_space                 environment         Create a space in an environment
spaces.view_workbook                space,workbook      See a workbook
spaces.view_sheet                   space,workbook,sheet See a sheet and its records
spaces.view_document                space,document      Read a document
spaces.update_space                 space               Change a space
spaces.archive_space                space               Archive a space: no guest enters it
spaces.unarchive_space              space               Take a space out of the archive
spaces.delete_space                 space               Delete a space and everything in it
spaces.create_workbook              space               Create a workbook with its sheets
spaces.update_workbook              workbook            Change a workbook, add or change sheets
spaces.delete_workbook              workbook            Delete a workbook with its records
spaces.update_sheet                 sheet               Rename a sheet, or change its slug or metadata
spaces.lock_sheet                   sheet               Let nobody write the records of a sheet
spaces.unlock_sheet                 sheet               Let the records of a sheet be written again
spaces.delete_sheet                 sheet               Delete a sheet with its records
spaces.insert_records               sheet               Add records to a sheet
spaces.update_records               sheet               Change records of a sheet
spaces.delete_records               sheet               Delete records of a sheet
spaces.create_document              space               Create a document
spaces.update_document              document            Change a document
spaces.delete_document              document            Delete a document
spaces.view_clip                    space,clip          See a data clip
spaces.create_clip                  sheet               Make a data clip of a sheet
spaces.update_clip                  clip                Rename a data clip, make it ready, open it again
spaces.fill_clip                    clip                Copy records of the sheet into a data clip
spaces.resolve_clip                 clip                See and settle where a data clip and its sheet differ
spaces.merge_clip                   clip                Write a data clip back into its sheet
spaces.delete_clip                  clip                Delete a data clip with its copies
guests.view_guest                   environment,guest   See a guest, and what they were given
guests.invite_guest                 space               Mail a guest the way into a space they were given
guests.open_embed                    environment         Create a space with a guest of its own, and their token
guests.issue_space_token             space               Get an access token that opens a space
guests.view_shared_link             space,shared_link   See the public link of a space, which lets its reader in
guests.create_shared_link           space               Make a new public link for a space, in place of its old one
guests.update_shared_link           shared_link         Change the end, limit or password of a public link
guests.revoke_shared_link           shared_link         Revoke a public link; whoever came in by it is out
guests.sign_out_guest               guest               Sign out of the guests' pages
guests.create_guest                 environment,space   Create a guest, in an environment or right in a space
guests.update_guest                 guest               Change a guest's name or address
guests.delete_guest                 guest               Delete a guest with everything they were given
guests.give_space                   space               Give a guest a space, or parts of it; widen or narrow that
guests.withdraw_space               space               Take from a guest what they were given of a space
guests.issue_guest_token            guest               Get an access token that acts as a guest
guests.end_guest_sessions           guest               Sign a guest out everywhere
guests.assign_role                  environment,space   Give a guest a role on an environment or space
guests.remove_role                  environment,space   Take a role from a guest
guests.share_clip                   clip                Say which guests work on a data clip, preview what they see
guests.make_clip_link               clip                Make the link by which anybody works on a data clip
guests.revoke_clip_link             clip                End the link of a data clip, with all who came by it
tokens.view_token                   member,token        List personal access tokens
tokens.create_token                 member              Create a personal access token
tokens.revoke_token                 token               Delete a personal access token; its next request is refused
tokens.view_client                  member,client       List client pairs (the legacy `clientId` and `secret`)
tokens.create_client                member              Create a client pair
tokens.revoke_client                client              Delete a client pair and the access tokens it gave
events.view_event                   account,environment,space Read the events about environments, secrets and spaces
events.view_usage                   environment         See how many requests the keys of an environment made
events.view_security_event account,environment Read the events about keys, tokens, sign-ins, people and refusals
"""


# Kinds of thing that lie in an environment, and in a space of it: all that a role given there can be about.
IN_SPACE = frozenset({"space", "workbook", "sheet", "document", "clip", "shared_link"})
IN_ENVIRONMENT = IN_SPACE | {"environment", "key", "secret", "guest"}


class About(NamedTuple):
    """The kinds of thing an action is done to, and the action in words."""

    kinds: frozenset[str]
    words: str


def _read(table: str) -> dict[Action, About]:
    rows = [line.split(maxsplit=2) for line in table.strip().splitlines()]
    return {Action(name): About(frozenset(kinds.split(",")), words) for name, kinds, words in rows}


ABOUT = _read(TABLE)


def is_about(action: Action, kind: str) -> bool:
    """Whether it makes sense to ask for this action on that kind of thing."""
    return action not in ABOUT or kind in ABOUT[action].kinds


def words_of(action: Action) -> str:
    """The action in words."""
    return ABOUT[action].words.replace("`", "") if action in ABOUT else action.value
