"""What the API reads and shows of access explained. All of it is ours, so unknown fields are refused."""

from typing import Any

from rest_framework import serializers

from access.actions import Action
from access.actors import Actor, Resource
from access.ceilings import Step
from access.explain import WAYS, Explanation
from access.reached import Place, Reached
from config.everybody import FRESH, SIZE, Everybody, May
from lib.drf import Strict, Text, Whole, present
from lib.paging import LARGEST_PAGE

KINDS = {"members": "member", "keys": "key", "tokens": "token", "guests": "guest"}


class Question(Strict):
    """Body of POST /access/explain: may that actor (else oneself) do this to that?"""

    action = serializers.ChoiceField(choices=[action.value for action in Action])
    resource = Text(max_length=40)
    actor = Text(max_length=40, required=False)
    credential = serializers.ChoiceField(choices=list(WAYS), required=False)


class WhoQuestion(Strict):
    """Body of POST /access/who: who may do this to that?"""

    action = serializers.ChoiceField(choices=[action.value for action in Action])
    resource = Text(max_length=40)
    kind = serializers.ChoiceField(choices=list(KINDS), default="members")
    credential = serializers.ChoiceField(choices=list(WAYS), default=FRESH)
    pageSize = Whole(least=1, most=LARGEST_PAGE, default=SIZE)
    after = Text(required=False, allow_blank=True, default="")


class WhatQuestion(Strict):
    """Body of POST /access/what: what may that actor (else oneself) do, and where?"""

    actor = Text(max_length=40, required=False)
    credential = serializers.ChoiceField(choices=list(WAYS), required=False)


def explanation_out(found: Explanation) -> dict[str, Any]:
    return {
        "allowed": found.allowed,
        "action": found.action.value,
        "rule": found.rule,
        "reason": found.reason,
        "actor": actor_out(found.actor),
        "resource": resource_out(found.resource),
        "trail": [
            *(_step_out(step, "ceiling") for step in found.ceilings),
            *(_step_out(step, "grant") for step in found.grants),
        ],
    }


def everybody_out(found: Everybody) -> list[dict[str, Any]]:
    return [_may_out(one) for one in found.found]


def reached_out(found: Reached) -> dict[str, Any]:
    return {
        "action": found.action.value,
        "allowed": bool(found.places),
        "rule": found.rule,
        "reason": found.reason,
        "areas": [_place_out(place) for place in found.places],
    }


def actor_out(actor: Actor) -> dict[str, Any]:
    """Who, and with what: the credential's own id where it has one."""
    return present(
        id=actor.id,
        name=actor.name,
        kind=actor.kind.value,
        credentialId=actor.credential.id if actor.credential.id not in ("", actor.id) else None,
        isFresh=actor.is_fresh,
    )


def resource_out(resource: Resource) -> dict[str, Any]:
    return {"id": resource.id, "kind": resource.kind, "label": resource.label}


def _step_out(step: Step, part: str) -> dict[str, Any]:
    return {"rule": step.rule, "passed": step.passed, "reason": step.reason, "part": part}


def _may_out(one: May) -> dict[str, Any]:
    shown = actor_out(one.actor) | {"name": one.label}
    return {"actor": shown, "rule": one.rule, "reason": one.reason, "needsFreshProof": one.wants_fresh_proof}


def _place_out(place: Place) -> dict[str, Any]:
    return present(rule=place.rule, words=place.words, environmentId=place.environment_id, spaceId=place.space_id)
