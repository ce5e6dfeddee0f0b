"""The list of environments, and making, changing and deleting one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from access.actions import Action
from access.policy import require
from access.queries import get_visible
from access.requests import Request
from accounts.models import Account
from config.chrome import proven
from environments import actions
from environments.forms import DeleteEnvironmentForm, EnvironmentForm, NewEnvironmentForm
from environments.models import Environment
from environments.pages.current import environments_of
from lib.pages import answered, with_form


def environments(request: Request) -> HttpResponse:
    return render(request, "environments/list.html", {"rows": environments_of(request)})


@with_form
def new(request: Request) -> HttpResponse:
    account = get_visible(Account, request.actor, request.actor.account_id or "")
    require(request.actor, Action.CREATE_ENVIRONMENT, account.resource)
    form = NewEnvironmentForm(request.POST or None)
    if form.is_valid():
        with form.showing_problems():
            environment = actions.create_environment(request.actor, **form.cleaned_data)
            messages.success(request, f"{environment.word} is ready, with a secret and a publishable key.")
            return redirect("keys", environment.pk)
    return render(request, "environments/new.html", {"form": form})


@with_form
def edit(request: Request, environment_id: str) -> HttpResponse:
    environment = get_visible(Environment, request.actor, environment_id)
    require(request.actor, Action.UPDATE_ENVIRONMENT, environment.resource)
    form = EnvironmentForm.of(environment, request.POST or None)
    if form.is_valid():
        with form.showing_problems():
            changed = actions.update_environment(request.actor, environment, **form.cleaned_data)
            messages.success(request, f"{changed.word} is saved.")
            return redirect("environments")
    return render(request, "environments/edit.html", {"environment": environment, "form": form})


@with_form
def delete(request: Request, environment_id: str) -> HttpResponse:
    environment = get_visible(Environment, request.actor, environment_id)
    require(proven(request.actor), Action.DELETE_ENVIRONMENT, environment.resource)
    given = request.POST if request.method == "POST" else None
    form = DeleteEnvironmentForm(given, request=request, thing=environment)
    if form.is_valid():
        with form.showing_problems():
            actions.delete_environment(request.actor, environment, **form.cleaned_data)
            messages.success(request, f"{environment.word} is deleted, and everything in it.")
            return redirect("environments")
    return answered(render(request, "environments/delete.html", {"environment": environment, "form": form}), form)
