"""The data clips of a space: the list of them, making one, its state, its records, its preview and its end."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render

from access.actions import Action
from access.policy import require
from access.queries import get_visible, visible
from access.requests import Request
from guests import actions as sharing
from lib.dialogs import Dialog, given, opened
from lib.forms import Form
from lib.pages import answered, posted, with_form
from lib.paging import keyset
from lib.problems import NotFound, Problem
from spaces import actions
from spaces.clip_forms import ConflictsForm, NewClipForm, PickForm
from spaces.models import DataClip, Sheet, Space
from spaces.pages.clip_views import picking, previewed, summary_of
from spaces.pages.lookups import space_of
from spaces.records.differences import compared

PAGE = 25
AROUND = ("environment", "space__environment", "source__environment", "source__space", "sheet__environment")
SAID = {
    "OPEN": "The clip is open again: its records can be changed.",
    "READY": "The clip is ready: nobody changes its records now. Settle its conflicts, then merge it.",
    "MERGED": "The clip is merged. What was changed in it is in the sheet now.",
}


def clips(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    space = space_of(request, environment_id, space_id, Action.VIEW_CLIP)
    rows = visible(DataClip, request.actor).filter(space=space).select_related("source")
    page = keyset(rows.annotate(records=F("sheet__records_count")), request.GET.get("after"), size=PAGE)
    context = {"space": space, "clips": page.rows, "older": page.next, "may_make": bool(_sheets(request, space))}
    return render(request, "clips/list.html", context)


@with_form
def new(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    space = space_of(request, environment_id, space_id, Action.VIEW_CLIP)
    form = NewClipForm(request.POST or None, sheets=_sheets(request, space))
    if form.is_valid():
        source = get_visible(
            Sheet,
            request.actor,
            form.cleaned_data.pop("sheet"),
            to=Action.CREATE_CLIP,
            related=("environment", "space"),
        )
        with form.showing_problems():
            made = actions.create_clip(request.actor, source, **form.cleaned_data)
            return redirect("space_clip_records", environment_id, space_id, made.pk)
    return render(request, "clips/new.html", {"space": space, "form": form})


def clip(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    return shown(request, clip_of(request, environment_id, space_id, clip_id))


@posted("space_clip", "environment_id", "space_id", "clip_id")
def state(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    """Ready, open again, merged: what stands against it is said on the page."""
    found = clip_of(request, environment_id, space_id, clip_id)
    status = request.POST.get("status", "")
    if status not in SAID:
        raise NotFound
    try:
        sharing.change_clip(request.actor, found, status=status)
    except Problem as problem:
        if problem.status != 409:
            raise
        messages.error(request, problem.message)
    else:
        messages.success(request, SAID[status])
    return redirect("space_clip", environment_id, space_id, clip_id)


@with_form
def records(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    """The records of the sheet, to be picked; those that are in the clip already are marked."""
    found = clip_of(request, environment_id, space_id, clip_id, Action.FILL_CLIP)
    form = PickForm(given(request))
    if form.is_valid():
        with form.showing_problems():
            added = actions.fill_clip(request.actor, found, form.cleaned_data["ids"])
            messages.success(request, f"{len(added)} record{'' if len(added) == 1 else 's'} added.")
            return redirect("space_clip", environment_id, space_id, clip_id)
    context = picking(request.actor, found, request.GET) | {"clip": found, "space": found.space, "form": form}
    return answered(render(request, "clips/pick.html", context), form)


@with_form
def conflicts(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    """Where the clip and its sheet were both changed, with what each holds; one of them is chosen."""
    found = clip_of(request, environment_id, space_id, clip_id, Action.RESOLVE_CLIP)
    form = ConflictsForm(given(request), records=[one for one in compared(found) if one.has_conflict])
    if form.is_valid() and form.decisions:
        with form.showing_problems():
            actions.resolve_clip(request.actor, found, form.decisions)
            messages.success(request, "Settled.")
            return redirect("space_clip", environment_id, space_id, clip_id)
    context = {"clip": found, "space": found.space, "form": form}
    return answered(render(request, "clips/conflicts.html", context), form)


def preview(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    """Everything that whoever works on the clip sees."""
    found = clip_of(request, environment_id, space_id, clip_id, Action.SHARE_CLIP)
    asked = {"sheet_id": request.GET.get("sheet", ""), "after": request.GET.get("after", "")}
    sheets = sharing.preview_clip(request.actor, found, size=PAGE, **asked)
    context = {"clip": found, "space": found.space, "sheets": [previewed(one) for one in sheets]}
    return render(request, "clips/preview.html", context)


@with_form
def delete(request: Request, environment_id: str, space_id: str, clip_id: str) -> HttpResponse:
    found = clip_of(request, environment_id, space_id, clip_id, Action.DELETE_CLIP)
    if request.method == "POST":
        actions.delete_clip(request.actor, found)
        messages.success(request, f"The data clip “{found.name}” is deleted.")
        return redirect("space_clips", environment_id, space_id)
    dialog = Dialog("clips/_delete.html", Form(), {"clip": found})
    return opened(request, dialog, lambda dialog: shown(request, found, dialog=dialog))


def clip_of(request: Request, environment_id: str, space_id: str, clip_id: str, to: Action | None = None) -> DataClip:
    """The clip of the address. Raises NotFound, Forbidden."""
    found = get_visible(DataClip, request.actor, clip_id, related=AROUND)
    if (found.environment_id, found.space_id) != (environment_id, space_id):
        raise NotFound
    if to:
        require(request.actor, to, found.resource)
    return found


def shown(request: Request, clip: DataClip, **context: Any) -> HttpResponse:
    """The page of one clip."""
    return render(request, "clips/clip.html", summary_of(request.actor, clip) | context)


def _sheets(request: Request, space: Space) -> list[tuple[str, str]]:
    """The sheets of the space that a clip can be made of."""
    found = visible(Sheet, request.actor, to=Action.CREATE_CLIP).filter(space=space, is_clip=False)
    rows = found.order_by("workbook__name", "position", "pk").values_list("pk", "workbook__name", "name")
    return [(id, f"{workbook} · {name}") for id, workbook, name in rows[:1_000]]
