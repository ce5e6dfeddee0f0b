"""The rulings as tables: what each kind of credential, and each role, may at most do."""

# security.md, ruling 18 and section 2. `proof`: yes, once a password has been given within 10 minutes.
CREDENTIAL_TABLE = """
                                      sudo session fresh stale client pat   child sk    pk
accounts.view_account                 Y    Y       Y     Y     Y      Y     Y     Y     -
accounts.update_account               Y    Y       Y     Y     Y      Y     Y     -     -
accounts.view_member                  Y    Y       Y     Y     Y      Y     Y     Y     -
accounts.view_role                    Y    Y       Y     Y     Y      Y     Y     -     -
accounts.view_access                  Y    Y       Y     Y     Y      Y     Y     -     -
accounts.change_password              Y    proof   -     -     -      -     -     -     -
accounts.reauthenticate               Y    Y       -     -     -      -     -     -     -
accounts.sign_out                     Y    Y       -     -     -      -     -     -     -
accounts.add_member                   -    -       -     -     -      -     -     -     -
accounts.open_account                 -    -       -     -     -      -     -     -     -
accounts.sign_in                      -    -       -     -     -      -     -     -     -
accounts.reset_password               -    -       -     -     -      -     -     -     -
environments.view_environment         Y    Y       Y     Y     Y      Y     Y     Y     -
environments.create_environment       Y    Y       Y     Y     Y      Y     Y     -     -
environments.update_environment       Y    Y       Y     Y     Y      Y     Y     Y     -
environments.delete_environment       Y    Y       Y     Y     Y      Y     Y     -     -
 … of production                      Y    proof   Y     proof -      -     -     -     -
environments.view_key                 Y    Y       Y     Y     Y      Y     Y     -     -
environments.view_publishable_key     Y    Y       Y     Y     Y      Y     Y     -     -
environments.create_key               Y    proof   Y     Y     Y      Y     Y     -     -
environments.reveal_key               Y    proof   Y     proof -      -     -     -     -
environments.rename_key               Y    Y       Y     Y     Y      Y     Y     -     -
environments.rotate_key               Y    proof   Y     Y     Y      Y     Y     -     -
environments.complete_rotation        Y    proof   Y     Y     Y      Y     Y     -     -
environments.cancel_rotation          Y    proof   Y     Y     Y      Y     Y     -     -
environments.revoke_key               Y    proof   Y     Y     Y      Y     Y     -     -
environments.rotate_key               Y    proof   Y     Y     Y      Y     Y     -     -
environments.complete_rotation        Y    proof   Y     Y     Y      Y     Y     -     -
environments.cancel_rotation          Y    proof   Y     Y     Y      Y     Y     -     -
environments.view_secret              Y    Y       Y     Y     Y      Y     Y     Y     -
environments.set_secret               Y    Y       Y     Y     Y      Y     Y     Y     -
environments.delete_secret            Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.view_space                     Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.create_space                   Y    Y       Y     Y     Y      Y     Y     Y     Y
spaces.view_workbook                  Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.view_sheet                     Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.view_document                  Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_space                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.archive_space                  Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.unarchive_space                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_space                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.create_workbook                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_workbook                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_workbook                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_sheet                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.lock_sheet                     Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.unlock_sheet                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_sheet                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.insert_records                 Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_records                 Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_records                 Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.create_document                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_document                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.delete_document                Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.view_clip                      Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.create_clip                    Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.update_clip                    Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.fill_clip                      Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.resolve_clip                   Y    Y       Y     Y     Y      Y     Y     Y     -
spaces.merge_clip                     Y    Y       Y     Y     Y      Y     Y     -     -
spaces.delete_clip                    Y    Y       Y     Y     Y      Y     Y     Y     -
guests.view_guest                     Y    Y       Y     Y     Y      Y     Y     Y     -
guests.invite_guest                   Y    Y       Y     Y     Y      Y     Y     Y     -
guests.send_link                      -    -       -     -     -      -     -     -     -
guests.use_link                       -    -       -     -     -      -     -     -     -
guests.open_embed                     Y    Y       Y     Y     Y      Y     Y     Y     Y
guests.issue_space_token              Y    Y       Y     Y     Y      Y     Y     Y     -
guests.view_shared_link               Y    Y       Y     Y     Y      Y     Y     Y     -
guests.create_shared_link             Y    Y       Y     Y     Y      Y     Y     Y     -
guests.update_shared_link             Y    Y       Y     Y     Y      Y     Y     Y     -
guests.revoke_shared_link             Y    Y       Y     Y     Y      Y     Y     Y     -
guests.use_shared_link                -    -       -     -     -      -     -     -     -
guests.sign_out_guest                 -    -       -     -     -      -     -     -     -
guests.create_guest                   Y    Y       Y     Y     Y      Y     Y     Y     -
guests.update_guest                   Y    Y       Y     Y     Y      Y     Y     Y     -
guests.delete_guest                   Y    Y       Y     Y     Y      Y     Y     Y     -
guests.give_space                     Y    Y       Y     Y     Y      Y     Y     Y     -
guests.withdraw_space                 Y    Y       Y     Y     Y      Y     Y     Y     -
guests.issue_guest_token              Y    Y       Y     Y     Y      Y     Y     Y     -
guests.end_guest_sessions             Y    Y       Y     Y     Y      Y     Y     Y     -
guests.assign_role                    Y    Y       Y     Y     Y      Y     Y     -     -
guests.remove_role                    Y    Y       Y     Y     Y      Y     Y     -     -
guests.share_clip                     Y    Y       Y     Y     Y      Y     Y     Y     -
guests.make_clip_link                 Y    Y       Y     Y     Y      Y     Y     Y     -
guests.revoke_clip_link               Y    Y       Y     Y     Y      Y     Y     Y     -
guests.use_clip_link                  -    -       -     -     -      -     -     -     -
tokens.view_token                     Y    Y       Y     Y     Y      Y     Y     -     -
tokens.create_token                   Y    proof   Y     Y     Y      Y     -     -     -
tokens.revoke_token                   Y    Y       Y     Y     Y      Y     Y     -     -
tokens.view_client                    Y    Y       Y     Y     Y      Y     Y     -     -
tokens.create_client                  Y    proof   Y     proof -      -     -     -     -
tokens.revoke_client                  Y    Y       Y     Y     Y      Y     Y     -     -
tokens.exchange_password              -    -       -     -     -      -     -     -     -
tokens.exchange_client                -    -       -     -     -      -     -     -     -
tokens.refresh_access_token           -    -       -     -     -      -     -     -     -
tokens.rotate_signing_key             -    -       -     -     -      -     -     -     -
events.view_event                     Y    Y       Y     Y     Y      Y     Y     Y     -
events.view_security_event            Y    Y       Y     Y     Y      Y     Y     -     -
events.view_usage                     Y    Y       Y     Y     Y      Y     Y     -     -
config.rotate_secrets                  -    -       -     -     -      -     -     -     -
"""
# flatfile-api.md, section 5: the three roles, each given on the account and used with a session in sudo.
ROLE_TABLE = """
                                      admin user guest none
accounts.view_account                 Y     Y    Y     Y
accounts.update_account               Y     -    -     -
accounts.view_member                  Y     Y    Y     Y
accounts.view_role                    Y     Y    Y     Y
accounts.view_access                  Y     -    -     -
environments.view_environment         Y     Y    Y     -
environments.create_environment       Y     -    -     -
environments.update_environment       Y     -    -     -
environments.delete_environment       Y     -    -     -
environments.view_key                 Y     -    -     -
environments.view_publishable_key     Y     Y    -     -
environments.create_key               Y     -    -     -
environments.reveal_key               Y     -    -     -
environments.rename_key               Y     -    -     -
environments.rotate_key               Y     -    -     -
environments.complete_rotation        Y     -    -     -
environments.cancel_rotation          Y     -    -     -
environments.revoke_key               Y     -    -     -
environments.rotate_key               Y     -    -     -
environments.complete_rotation        Y     -    -     -
environments.cancel_rotation          Y     -    -     -
environments.view_secret              Y     -    -     -
environments.set_secret               Y     -    -     -
environments.delete_secret            Y     -    -     -
spaces.view_space                     Y     Y    Y     -
spaces.create_space                   Y     Y    -     -
spaces.view_workbook                  Y     Y    Y     -
spaces.view_sheet                     Y     Y    Y     -
spaces.view_document                  Y     Y    Y     -
spaces.update_space                   Y     Y    -     -
spaces.archive_space                  Y     Y    -     -
spaces.unarchive_space                Y     Y    -     -
spaces.delete_space                   Y     Y    -     -
spaces.create_workbook                Y     Y    -     -
spaces.update_workbook                Y     Y    -     -
spaces.delete_workbook                Y     Y    -     -
spaces.update_sheet                   Y     Y    -     -
spaces.lock_sheet                     Y     Y    -     -
spaces.unlock_sheet                   Y     Y    -     -
spaces.delete_sheet                   Y     Y    -     -
spaces.insert_records                 Y     Y    Y     -
spaces.update_records                 Y     Y    Y     -
spaces.delete_records                 Y     Y    Y     -
spaces.create_document                Y     Y    -     -
spaces.update_document                Y     Y    -     -
spaces.delete_document                Y     Y    -     -
spaces.view_clip                      Y     Y    -     -
spaces.create_clip                    Y     Y    -     -
spaces.update_clip                    Y     Y    -     -
spaces.fill_clip                      Y     Y    -     -
spaces.resolve_clip                   Y     Y    -     -
spaces.merge_clip                     Y     Y    -     -
spaces.delete_clip                    Y     Y    -     -
guests.view_guest                     Y     Y    -     -
guests.invite_guest                   Y     Y    -     -
guests.create_guest                   Y     Y    -     -
guests.update_guest                   Y     Y    -     -
guests.delete_guest                   Y     Y    -     -
guests.give_space                     Y     Y    -     -
guests.withdraw_space                 Y     Y    -     -
guests.issue_guest_token              Y     Y    -     -
guests.end_guest_sessions             Y     Y    -     -
guests.open_embed                     Y     Y    -     -
guests.issue_space_token              Y     Y    -     -
guests.view_shared_link               Y     Y    -     -
guests.create_shared_link             Y     Y    -     -
guests.update_shared_link             Y     Y    -     -
guests.revoke_shared_link             Y     Y    -     -
guests.assign_role                    Y     -    -     -
guests.remove_role                    Y     -    -     -
guests.share_clip                     Y     Y    -     -
guests.make_clip_link                 Y     Y    -     -
guests.revoke_clip_link               Y     Y    -     -
events.view_event                     Y     Y    -     -
events.view_security_event            Y     -    -     -
events.view_usage                     Y     -    -     -
accounts.change_password              own   own  own   own
accounts.reauthenticate               own   own  own   own
accounts.sign_out                     own   own  own   own
tokens.view_token                     own   own  own   own
tokens.create_token                   own   own  own   own
tokens.revoke_token                   own   own  own   own
tokens.view_client                    own   own  own   own
tokens.create_client                  own   own  own   own
tokens.revoke_client                  own   own  own   own
"""


def rows(table):
    """Name → {column: cell}; a row that begins with … is about the action above it."""
    header, *lines = table.strip("\n").splitlines()
    columns, name = header.split(), ""
    for line in lines:
        label, cells = line[:38].strip(), line[38:].split()
        name = f"{name} {label}" if label.startswith("…") else label
        yield name, dict(zip(columns, cells, strict=True))
