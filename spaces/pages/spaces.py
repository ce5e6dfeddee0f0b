"""One space: what is in it, and making, changing, archiving and deleting one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from access.actions import Action
from access.policy import can, require
from access.queries import get_visible, visible
from access.requests import Request
from environments.actions import set_secret
from environments.forms import SecretForm
from environments.models import Environment, Secret
from guests.actions import open_space
from lib.dialogs import Dialog, given, opened
from lib.pages import posted, with_form
from lib.paging import keyset
from spaces import actions
from spaces.forms import DeleteSpaceForm, NewSpaceForm, SpaceForm
from spaces.models import Document, Sheet, Space, Workbook
from spaces.pages.lookups import space_of

PAGE = 25
MOST_SECRETS = 200


def space(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    return overview(request, space_of(request, environment_id, space_id))


def overview(
    request: Request, space: Space, dialog: Dialog | None = None, failed: SecretForm | None = None
) -> HttpResponse:
    """The space's first tab: its facts, workbooks and documents."""
    workbooks = keyset(visible(Workbook, request.actor).filter(space=space), request.GET.get("after"), size=PAGE)
    documents = keyset(visible(Document, request.actor).filter(space=space), request.GET.get("documents"), size=PAGE)
    sheets: dict[str, list[Sheet]] = {workbook.pk: [] for workbook in workbooks.rows}
    for sheet in visible(Sheet, request.actor).filter(workbook__in=sheets, is_clip=False).order_by("position", "pk"):
        sheets[sheet.workbook_id].append(sheet)
    context = {
        "space": space,
        "workbooks": [(workbook, sheets[workbook.pk]) for workbook in workbooks.rows],
        "older": workbooks.next,
        "documents": documents.rows,
        "older_documents": documents.next,
        "secrets": _secrets(request, space),
        "new_secret": failed or SecretForm(auto_id="new-secret-%s"),
        "dialog": dialog,
    }
    return render(request, "spaces/space.html", context)


@posted("space", "environment_id", "space_id")
def save_secret(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    """A new secret of the space, or a new value for the one of that name."""
    space = space_of(request, environment_id, space_id)
    form = SecretForm(request.POST, auto_id="new-secret-%s")
    if form.is_valid():
        with form.showing_problems():
            secret = set_secret(request.actor, space.environment, space=space.resource, **form.cleaned_data)
            messages.success(request, f"The secret “{secret.name}” is saved.")
            return redirect("space", environment_id, space_id)
    return overview(request, space, failed=form)


def _secrets(request: Request, space: Space) -> list[Secret]:
    """The secrets of the space alone, for who may see them."""
    if not can(request.actor, Action.VIEW_SECRET, space.environment.resource):
        return []
    found = list(visible(Secret, request.actor).filter(space=space).order_by("name", "pk")[:MOST_SECRETS])
    for secret in found:
        secret.environment = space.environment
    return found


@with_form
def new(request: Request, environment_id: str) -> HttpResponse:
    environment = get_visible(Environment, request.actor, environment_id)
    require(request.actor, Action.CREATE_SPACE, environment.resource)
    form = NewSpaceForm(request.POST or None)
    if form.is_valid():
        with form.showing_problems():
            made = open_space(request.actor, environment, **form.cleaned_data)
            messages.success(request, f"The space “{made.name}” is ready.")
            return redirect("space", environment.pk, made.pk)
    return render(request, "spaces/new.html", {"environment": environment, "form": form})


@with_form
def edit(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    space = space_of(request, environment_id, space_id, Action.UPDATE_SPACE)
    form = SpaceForm.of(space, request.POST or None)
    if form.is_valid():
        with form.showing_problems():
            changed = actions.update_space(request.actor, space, **form.cleaned_data)
            messages.success(request, f"The space “{changed.name}” is saved.")
            return redirect("space", environment_id, space_id)
    return render(request, "spaces/edit.html", {"space": space, "form": form})


@posted("space", "environment_id", "space_id")
def archive(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    space = space_of(request, environment_id, space_id, Action.ARCHIVE_SPACE)
    actions.archive_space(request.actor, space)
    return redirect("space", environment_id, space_id)


@posted("space", "environment_id", "space_id")
def unarchive(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    space = space_of(request, environment_id, space_id, Action.UNARCHIVE_SPACE)
    actions.unarchive_space(request.actor, space)
    messages.success(request, f"The space “{space.name}” is in use again, for everybody who was given it.")
    return redirect("space", environment_id, space_id)


@with_form
def delete(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    space = space_of(request, environment_id, space_id, Action.DELETE_SPACE)
    form = DeleteSpaceForm(given(request), request=request, thing=space, auto_id="delete-%s")
    if form.is_valid():
        with form.showing_problems():
            actions.delete_space(request.actor, space)
            messages.success(request, f"The space “{space.name}” is deleted, with everything in it.")
            return redirect("spaces")
    dialog = Dialog("spaces/_delete.html", form, {"space": space})
    return opened(request, dialog, lambda dialog: overview(request, space, dialog))
