"""The only judge: what an actor may do, to what, and why. Pure: no database, no framework.

Every ceiling must pass, then any grant may allow, else no. `reach` computes both once; `can` asks it about one
resource, `access.queries` turns it into a filter, so a list and a decision cannot disagree.
"""

from dataclasses import dataclass, replace
from typing import Any

from access.actions import Action
from access.actors import Actor, Kind, Resource, Role
from access.tables import CEILINGS, COLUMNS, MINTING, OWN, ROLES, UNFENCED, Verdict
from lib.problems import NoCredential, Problem

FACTS = ("account_id", "environment_id", "space_id", "owner_id", "is_production")


@dataclass(frozen=True, slots=True)
class Step:
    """One rule on the way to a decision, for the explanation."""

    rule: str
    passed: bool
    reason: str


NO_GRANT = Step(
    "no_grant", False, "None of your roles or grants allows this here. Ask an administrator of the account."
)


@dataclass(frozen=True, slots=True)
class Area:
    """All resources whose facts equal the ones given; None leaves a fact open. `rule` is the grant it stems from."""

    rule: str
    account_id: str | None = None
    environment_id: str | None = None
    space_id: str | None = None
    owner_id: str | None = None
    is_production: bool | None = None

    def holds(self, resource: Resource) -> bool:
        return all((wanted := getattr(self, fact)) is None or getattr(resource, fact) == wanted for fact in FACTS)


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, the rule that decided, its reason in a sentence, and the steps before it."""

    allowed: bool
    action: Action
    rule: str
    reason: str
    resource: Resource
    trail: tuple[Step, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything an actor may do one action to. `never` is set when no resource at all could be allowed."""

    action: Action
    areas: tuple[Area, ...]
    trail: tuple[Step, ...]
    never: Step | None = None
    narrowed: Step | None = None

    def contains(self, resource: Resource) -> Decision:
        if self.never:
            return self._no(self.never, resource)
        for area in self.areas:
            if area.holds(resource):
                return Decision(True, self.action, area.rule, f"{area.rule}.", resource, self.trail)
        if self.narrowed and any(replace(area, is_production=None).holds(resource) for area in self.areas):
            return self._no(self.narrowed, resource)
        return self._no(NO_GRANT, resource)

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
    code, message = "fresh_proof_required", "Confirm your password first: this needs a proof less than 10 minutes old."


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
    verdict = CEILINGS[action][COLUMNS[actor.kind]] if actor.kind in COLUMNS else Verdict.NO
    never = _never(actor, action, verdict)
    if never:
        return Reach(action, (), (), never)
    passed = (Step("kind", True, f"{actor.kind.words.capitalize()} may do this."),)
    areas = tuple(fenced for area in _grants(actor, action) if (fenced := _fence(actor, action, area)))
    narrowed = _narrowed(actor, verdict)
    if narrowed:
        areas = tuple(replace(area, is_production=False) for area in areas)
    return Reach(action, areas, passed, None, narrowed)


def _never(actor: Actor, action: Action, verdict: Verdict) -> Step | None:
    """Why no resource could be allowed: the kind of credential, its lineage, or a proof that is too old."""
    if verdict is Verdict.NO:
        return Step("kind", False, f"{actor.kind.words.capitalize()} can never do this.")
    if action in MINTING and actor.credential.is_child:
        return Step("lineage", False, "A token that was made by another token cannot make tokens.")
    if verdict is Verdict.FRESH and not actor.is_fresh:
        return Step("fresh_proof", False, FreshProofNeeded.message)
    return None


def _narrowed(actor: Actor, verdict: Verdict) -> Step | None:
    """Why production is out of reach although the rest is not."""
    if verdict is Verdict.DEVELOPMENT:
        return Step("kind", False, f"{actor.kind.words.capitalize()} can never do this to a production environment.")
    if verdict is Verdict.GUARDED and not actor.is_fresh:
        return Step("fresh_proof", False, FreshProofNeeded.message)
    return None


def _grants(actor: Actor, action: Action) -> list[Area]:
    account = actor.account_id
    if actor.kind in (Kind.SECRET_KEY, Kind.PUBLISHABLE_KEY):
        return [Area(f"{actor.kind.words.capitalize()} of this environment", account_id=account)]
    areas = []
    if action in OWN:
        areas.append(Area("It is your own", account_id=account, owner_id=actor.id))
    for grant in actor.grants:
        if action not in OWN and (grant.role is Role.ADMIN or action in ROLES[grant.role]):
            place = "space" if grant.space_id else "environment" if grant.environment_id else "account"
            rule = f"{grant.role} on the {place}"
            areas.append(Area(rule, account, grant.environment_id, grant.space_id))
    if action in UNFENCED:
        areas.append(Area("A member of the account", account_id=account))
    return areas


def _fence(actor: Actor, action: Action, area: Area) -> Area | None:
    """The area inside the credential's environment, or nothing when it lies outside."""
    if actor.environment_id is None or action in UNFENCED:
        return area
    if area.environment_id not in (None, actor.environment_id):
        return None
    return replace(area, environment_id=actor.environment_id)
