"""The policy is written once, and still changes where a view changes it."""

from csp.constants import NONCE
from csp.decorators import csp_update
from django.http import HttpResponse
from django.test import RequestFactory

from config.headers import ContentSecurityPolicy

POLICY = "Content-Security-Policy"


def answered(view, touch=lambda request: None):
    request = RequestFactory().get("/")

    def respond(given):
        touch(given)
        return view(given)

    return ContentSecurityPolicy(respond)(request)[POLICY]


def plain(request):
    return HttpResponse()


def test_every_answer_has_the_policy_of_the_settings():
    assert "default-src 'none'" in answered(plain)
    assert "script-src 'self'" in answered(plain)


def test_a_view_may_relax_it_for_itself_alone():
    relaxed = csp_update({"style-src": "'unsafe-inline'"})(plain)

    assert "style-src 'self' 'unsafe-inline'" in answered(relaxed)
    assert "unsafe-inline" not in answered(plain)


def test_a_nonce_is_in_the_policy_of_the_page_that_used_it_alone():
    used = []
    scripted = csp_update({"script-src": [NONCE]})(plain)

    policy = answered(scripted, touch=lambda request: used.append(str(request.csp_nonce)))

    assert f"'nonce-{used[0]}'" in policy
    assert "nonce" not in answered(plain, touch=lambda request: str(request.csp_nonce))


def test_a_policy_that_a_view_has_written_stays():
    def sandboxed(request):
        return HttpResponse(headers={POLICY: "sandbox"})

    assert answered(sandboxed) == "sandbox"
