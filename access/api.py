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
from access.shapes import ExplanationOut, MayOut, PrincipalOut, ReachedOut, ResourceOut
from config.everybody import explain_everybody
from config.explaining import explain_access, explain_reach
from lib.drf import data
from lib.operations import NEXT, many, one, operation


class Explain(Api):
    """/access/explain"""

    @operation("explain_access", body=Question, answers=one(ExplanationOut), refuses=(404,))
    def post(self, request: Request) -> Response:
        """Explain whether somebody may do something: the rule that decided, and every other."""
        given = Question.of(request.data)
        how = {"who": given.get("actor", ""), "way": given.get("credential", "")}
        return data(explanation_out(explain_access(request.actor, Action(given["action"]), given["resource"], **how)))


class Who(Api):
    """/access/who"""

    @operation(
        "explain_everybody", body=WhoQuestion, answers=many(MayOut, resource=ResourceOut, next=NEXT), refuses=(404,)
    )
    def post(self, request: Request) -> Response:
        """List who may do something to one thing."""
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

    @operation("explain_reach", body=WhatQuestion, answers=many(ReachedOut, actor=PrincipalOut), refuses=(404,))
    def post(self, request: Request) -> Response:
        """List what somebody may do, and where."""
        given = WhatQuestion.of(request.data)
        who, way = given.get("actor", ""), given.get("credential", "")
        principal, found = explain_reach(request.actor, who=who, way=way)
        return data([reached_out(one) for one in found], actor=actor_out(principal.actor))
