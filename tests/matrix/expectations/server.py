"""What belongs to nobody: the documents, the health, and where the dashboard begins."""

API = """
            none  dead  ada   fresh stale pair  child fence scope uma   uma+  dee   gus   sk    pk    sam   sam+  sam.sk
GET /api/schema
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /api/docs
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /.well-known/jwks.json
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /healthz
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /readyz
  any       200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200   200
GET /metrics
  any       404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404   404
"""

PAGES = """
            none  dead  ada   stale uma   dee   gus   sam
GET /
  any       302   302   302   302   302   302   302   302
GET /dashboard
  any       in    in    302   302   302   302   302   302
GET /dev/mail
  any       404   404   404   404   404   404   404   404
GET /dev/mail/{name}
  any       404   404   404   404   404   404   404   404
"""
