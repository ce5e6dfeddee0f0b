"""/access: decisions explained (ours)."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.serializers import (
    KINDS,
    Question,
    WhatQuestion,
    WhoQuestion,
    actor_out,
    everybody_out,
    explanation_out,
    reached_out,
    resource_out,
)
from config.everybody import explain_everybody
from config.explaining import explain_access, explain_reach
from lib.drf import data


class Explain(Api):
    """/access/explain"""

    def post(self, request: Request) -> Response:
        given = Question.of(request.data)
        how = {"who": given.get("actor", ""), "way": given.get("credential", "")}
        return data(explanation_out(explain_access(request.actor, Action(given["action"]), given["resource"], **how)))


class Who(Api):
    """/access/who"""

    def post(self, request: Request) -> Response:
        given = WhoQuestion.of(request.data)
        found = explain_everybody(
            request.actor,
            Action(given["action"]),
            given["resource"],
            kind=KINDS[given["kind"]],
            way=given["credential"],
            after=given["after"],
            size=given["pageSize"],
        )
        return data(everybody_out(found), resource=resource_out(found.resource), next=found.next)


class What(Api):
    """/access/what"""

    def post(self, request: Request) -> Response:
        given = WhatQuestion.of(request.data)
        who, way = given.get("actor", ""), given.get("credential", "")
        principal, found = explain_reach(request.actor, who=who, way=way)
        return data([reached_out(one) for one in found], actor=actor_out(principal.actor))
