"""Access check: may somebody do something, who may, and what may somebody. Asked by the address of the page alone."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from access.about import ABOUT
from access.actions import Action
from access.questions import AccessForm, by_app
from access.requests import Request
from config.choosing import choices_for
from config.everybody import FRESH, check_may_ask, explain_everybody
from config.explaining import explain_access, explain_reach
from lib.problems import Problem

T = TypeVar("T")
SHOWN = {400, 404}
UNKNOWN = "There is nothing under that id that you can see. Check the id, or choose from the list."


def check(request: Request) -> HttpResponse:
    """May this actor do this to that?"""
    form, found = _form(request), None
    given = form.given
    if _is_asked(given):
        deed = (request.actor, Action(given["action"]), given["resource"])
        who, way = _who(given)
        found = _shown(form, lambda: explain_access(*deed, who=who, way=way))
    return _page(request, "check", form, found=found)


def who(request: Request) -> HttpResponse:
    """Who may do this to that?"""
    check_may_ask(request.actor)
    form, found = _form(request), None
    given = form.given
    way = given.get("credential") or FRESH
    if _is_asked(given):
        deed = (request.actor, Action(given["action"]), given["resource"])
        how: dict[str, Any] = {"kind": given.get("kind") or "member", "way": way, "after": request.GET.get("after", "")}
        found = _shown(form, lambda: explain_everybody(*deed, **how))
    asked = urlencode({name: given.get(name, "") for name in ("action", "resource")})
    return _page(request, "who", form, found=found, way=way, asked=asked)


def what(request: Request) -> HttpResponse:
    """What may this actor do, and where?"""
    form = _form(request)
    who, way = _who(form.given)
    principal, reached = _shown(form, lambda: explain_reach(request.actor, who=who, way=way)) or (None, [])
    by_action = {one.action: one for one in reached}
    groups = [(app, [by_action[action] for action in actions]) for app, actions in by_app(ABOUT) if by_action]
    return _page(request, "what", form, principal=principal, groups=groups)


def _form(request: Request) -> AccessForm:
    actors, resources = choices_for(request.actor)
    return AccessForm(request.GET, actors=actors, resources=resources)


def _is_asked(given: dict[str, Any]) -> bool:
    return bool(given.get("action") and given.get("resource"))


def _who(given: dict[str, Any]) -> tuple[str, str]:
    """The id of whom it is about, empty for oneself, and how they come in."""
    return given.get("actor", ""), given.get("credential", "")


def _shown(form: AccessForm, ask: Callable[[], T]) -> T | None:
    """The answer; None when the question cannot be answered, which the form then says."""
    if form.errors:
        return None
    try:
        return ask()
    except Problem as problem:
        if problem.status not in SHOWN:
            raise
        form.add_error(None, UNKNOWN if problem.status == 404 else problem.message)
        return None


def _page(request: Request, name: str, form: AccessForm, **context: Any) -> HttpResponse:
    asked = urlencode({field: value for field, value in form.given.items() if value})
    return render(request, f"access/{name}.html", {**context, "form": form, "query": asked})
