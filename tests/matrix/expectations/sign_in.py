"""The pages on which people sign in and up, and change or reset their password."""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /account/sign-in
  any       200   200   302   302   302   302   302   302
POST /account/sign-in login=ada@northwind.example&password=correct+horse+battery+staple
  any       302   302   302   302   302   302   302   302
GET /account/sign-out
  any       in    in    200   200   200   200   200   200
POST /account/sign-out
  any       in    in    in    in    in    in    in    in
GET /account/sign-up
  any       404   404   302   302   302   302   302   302
POST /account/sign-up account=Acme&name=Max&email=max@acme.example&password1=correct+horse+battery+staple
  any       404   404   302   302   302   302   302   302
GET /account/confirm-email
  any       in    in    302   302   302   302   302   302
POST /account/confirm-email code=ABC123
  any       in    in    302   302   302   302   302   302
GET /account/inactive
  any       200   200   200   200   200   200   200   200
GET /account/forgot-password
  any       200   200   200   200   200   200   200   200
POST /account/forgot-password email=ada@northwind.example
  any       302   302   302   302   302   302   302   302
GET /account/forgot-password/sent
  any       200   200   200   200   200   200   200   200
GET /account/reset-password/{uidb36}-{key}
  any       200   200   200   200   200   200   200   200
POST /account/reset-password/{uidb36}-{key} password1=correct+horse+battery+2&password2=correct+horse+battery+2
  any       200   200   200   200   200   200   200   200
GET /account/reset-password/done
  any       200   200   200   200   200   200   200   200
GET /account/change-password
  any       in    in    200   200   200   200   200   200
POST /account/change-password oldpassword=wrong&password1=correct+horse+battery+2&password2=correct+horse+battery+2
  any       in    in    200   200   200   200   200   200
GET /account/switch
  any       302   302   302   302   302   302   302   302
POST /account/switch account_id={account_id}
  own       404   404   302   302   302   302   302   404
  gone      404   404   404   404   404   404   404   404
"""
