"""The only judge: what an actor may do, to what, and why. Pure: no database, no framework.

Every ceiling must pass, then any grant may allow, else no. `reach` computes both once; `can` asks it about one
resource, `access.queries` turns it into a filter, so a list and a decision cannot disagree.
"""

from typing import Any, NamedTuple

from access.actions import Action
from access.actors import Actor, Kind, Resource
from access.areas import Area, given, roles
from access.ceilings import CHECKS, FRESH_PROOF, PASSED, Step, narrowed_by, verdict_on
from access.tables import OF_MAKER_ALONE, OWN, OWNED, UNFENCED
from lib.problems import NoCredential, Problem

KEY_RULES = {kind: f"{kind.words.capitalize()} of this environment" for kind in Kind if kind.is_key}
FENCE = Step("fence", False, "This credential is confined to one environment, and this lies outside it.")
NO_GRANT = Step(
    "no_grant", False, "None of your roles or grants allows this here. Ask an administrator of the account."
)


class Decision(NamedTuple):
    """Yes or no, the rule that decided, its reason in a sentence, and the steps before it."""

    allowed: bool
    action: Action
    rule: str
    reason: str
    resource: Resource
    trail: tuple[Step, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


class Reach(NamedTuple):
    """Everything an actor may do one action to. `never` is set when no resource at all could be allowed."""

    action: Action
    areas: tuple[Area, ...]
    trail: tuple[Step, ...]
    never: Step | None = None
    narrowed: Step | None = None
    unfenced: tuple[Area, ...] = ()

    def contains(self, resource: Resource) -> Decision:
        if self.never:
            return self._no(self.never, resource)
        for area in self.areas:
            if area.holds(resource):
                return Decision(True, self.action, area.rule, f"{area.rule}.", resource, self.trail)
        if self.narrowed and any(area._replace(is_production=None).holds(resource) for area in self.areas):
            return self._no(self.narrowed, resource)
        fenced = any(area.holds(resource) for area in self.unfenced)
        return self._no(FENCE if fenced else NO_GRANT, resource)

    def _no(self, step: Step, resource: Resource) -> Decision:
        return Decision(False, self.action, step.rule, step.reason, resource, (*self.trail, step))


class Forbidden(Problem):
    """You may know that it exists, but may not do this; the body says which action, rule and reason."""

    code, status, message = "forbidden", 403, "This credential may not do that."

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(decision.reason)

    @property
    def facts(self) -> dict[str, Any]:
        return {"action": self.decision.action.value, "rule": self.decision.rule, "reason": self.decision.reason}

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="latchkey", error="insufficient_scope"'}


class FreshProofNeeded(Forbidden):
    code, message = "fresh_proof_required", FRESH_PROOF


def require(actor: Actor, action: Action, resource: Resource) -> Decision:
    """The decision, when it is yes. Raises NoCredential for nobody, Forbidden or FreshProofNeeded otherwise."""
    if not actor.is_known:
        raise NoCredential
    decision = can(actor, action, resource)
    if not decision:
        raise refusal(decision)
    return decision


def can(actor: Actor, action: Action, resource: Resource) -> Decision:
    """Whether the actor may do this to that, and why."""
    return reach(actor, action).contains(resource)


def refusal(decision: Decision) -> Forbidden:
    return FreshProofNeeded(decision) if decision.rule == "fresh_proof" else Forbidden(decision)


def reach(actor: Actor, action: Action) -> Reach:
    """The set of things the actor may do this to: ceilings first, which only narrow, then grants."""
    if actor.kind is Kind.SYSTEM:
        return Reach(action, (Area(f"The system: {actor.name}", account_id=actor.account_id),), ())
    verdict = verdict_on(actor, action)
    for check in CHECKS:
        never = check(actor, action, verdict)
        if never is not None:
            return Reach(action, (), (), never)
    areas = unfenced = _grants(actor, action)
    if actor.environment_id and action not in UNFENCED:
        areas = _fenced(areas, actor.environment_id)
    narrowed = narrowed_by(actor, verdict)
    if narrowed:
        areas = [area._replace(is_production=False) for area in areas]
    fence = tuple(unfenced) if areas is not unfenced and actor.kind.is_member else ()
    return Reach(action, tuple(areas), PASSED[actor.kind], None, narrowed, fence)


# The grants


def _grants(actor: Actor, action: Action) -> list[Area]:
    account, is_key = actor.account_id, actor.kind in KEY_RULES
    if account is None or (is_key and actor.environment_id is None):
        return []  # what is None leaves an Area open, and no place must never mean every place
    if is_key:
        return [Area(KEY_RULES[actor.kind], account, owner_id=owner_for(actor, action))]
    if actor.kind.is_guest:
        return given(actor, action)
    areas = []
    if action in OWNED:
        areas.append(Area("It is your own", account_id=account, owner_id=actor.id))
    if action not in OWN:
        areas += roles(actor, action)
    if action in UNFENCED:
        areas.append(Area("A member of the account", account_id=account))
    return areas


def owner_for(key: Actor, action: Action) -> str | None:
    """Whose the thing must be for a key to do this: what one key has made is every key's of its environment."""
    return key.environment_id if action in OF_MAKER_ALONE else None


def _fenced(areas: list[Area], environment_id: str) -> list[Area]:
    """What of the areas lies inside the credential's environment."""
    inside = [area for area in areas if area.environment_id in (None, environment_id)]
    return [area._replace(environment_id=environment_id) for area in inside]
