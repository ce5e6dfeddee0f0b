"""Who works on a data clip: the guests of its space who are named, and whoever has its link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from access.actions import Action
from access.requests import Request
from guests import actions as guests
from lib.pages import posted
from lib.problems import Problem
from spaces.clip_forms import ShareForm, UntilForm
from spaces.pages.clip_views import guests_of
from spaces.pages.clips import clip_of, shown

HERE = ("environment_id", "space_id", "clip_id")


@posted("space_clip", *HERE)
def share(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    """Have exactly the guests that are ticked work on it."""
    clip = clip_of(request, environment_id, space_id, clip_id, Action.SHARE_CLIP)
    form = ShareForm(request.POST, guests=guests_of(request.actor, clip))
    if form.is_valid():
        with form.showing_problems():
            guests.share_clip(request.actor, clip, form.kept(guests.collaborators_of(clip)))
            messages.success(request, "Saved. It holds from their next request on.")
            return redirect("space_clip", environment_id, space_id, clip_id)
    return shown(request, clip, share=form)


@posted("space_clip", *HERE)
def make_link(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    clip = clip_of(request, environment_id, space_id, clip_id, Action.MAKE_CLIP_LINK)
    form = UntilForm(request.POST)
    if form.is_valid():
        try:
            guests.make_clip_link(request.actor, clip, expires_at=form.cleaned_data["until"])
        except Problem as problem:
            form.add_problem(problem)
        else:
            messages.success(request, "Whoever has the link works on the clip now.")
            return redirect("space_clip", environment_id, space_id, clip_id)
    return shown(request, clip, until=form)


@posted("space_clip", *HERE)
def revoke_link(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    clip = clip_of(request, environment_id, space_id, clip_id, Action.REVOKE_CLIP_LINK)
    guests.revoke_clip_link(request.actor, clip)
    messages.success(request, "The link has ended, and everybody who came by it is out.")
    return redirect("space_clip", environment_id, space_id, clip_id)
