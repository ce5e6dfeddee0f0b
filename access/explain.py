"""A decision with its whole trail: every ceiling, then every grant, each with a sentence. Pure, like the judge.

The verdict is `can`'s own. The trail is made of the same pieces: the ceilings are the judge's functions, and a grant
holds where the Area that the judge would make of it holds. A test has them agree over everything there is.
"""

from collections.abc import Mapping
from typing import NamedTuple

from access.about import words_of
from access.actions import Action
from access.actors import Actor, Grant, Kind, Resource
from access.areas import Area, given, includes, role_area
from access.ceilings import (
    FRESH_PROOF,
    PASSED,
    Step,
    kind_forbids,
    lineage_forbids,
    narrowed_by,
    proof_forbids,
    scope_forbids,
    verdict_on,
)
from access.policy import FENCE, KEY_RULES, NO_GRANT, Decision, can, owner_for, reach
from access.scopes import SCOPES
from access.tables import MINTING, OWN, OWNED, UNFENCED, WITHIN, Verdict

Names = Mapping[str, str]
ALIVE = Step("live", True, "It works: it has neither been deleted nor expired, and whoever it belongs to is active.")
# Why a credential opens nothing any more.
REVOKED = Step("revoked", False, "It has been deleted. Nothing opens to it any more.")
EXPIRED = Step("expired", False, "It has expired. Nothing opens to it any more.")
OWNER_INACTIVE = Step("owner_inactive", False, "Its owner is no longer active, or has a new password since.")
PARENT_ENDED = Step("parent_ended", False, "What made this token has ended, and it with that.")
# The ways a member comes in: the kind of credential, and whether its password was given within 10 minutes.
WAYS: dict[str, tuple[Kind, bool]] = {
    "session": (Kind.SESSION, False),
    "fresh_session": (Kind.SESSION, True),
    "password": (Kind.PASSWORD, False),
    "fresh_password": (Kind.PASSWORD, True),
    "client": (Kind.CLIENT, False),
}
# The judge speaks to whoever asks. About somebody else the same is said so.
OF_ANOTHER_MAKER = "It counts for what one has made, and this was made by another."
OF_ANOTHER = {
    "It is your own": "It is their own",
    "It is your own.": "It is their own.",
    NO_GRANT.reason: "None of their roles or grants allows this here.",
    FRESH_PROOF: "Their password must have been given less than 10 minutes ago.",
}


class Principal(NamedTuple):
    """Whoever could knock: the Actor they would be, and why nobody would open, when their credential has ended."""

    actor: Actor
    ended: Step | None = None


class Explanation(NamedTuple):
    """All that was considered. It is allowed when every ceiling passed and one of the grants did."""

    actor: Actor
    action: Action
    resource: Resource
    allowed: bool
    rule: str
    reason: str
    ceilings: tuple[Step, ...]
    grants: tuple[Step, ...]

    @property
    def words(self) -> str:
        """The action in words."""
        return words_of(self.action)

    @property
    def trail(self) -> tuple[Step, ...]:
        return self.ceilings + self.grants

    def closed_by(self, step: Step) -> "Explanation":
        """The same, refused by one more ceiling, which is the sheet's own."""
        return self._replace(allowed=False, rule=step.rule, reason=step.reason, ceilings=(*self.ceilings, step))

    def told_of_another(self) -> "Explanation":
        """The same, said to somebody else than the one it is about."""
        return self._replace(
            rule=OF_ANOTHER.get(self.rule, self.rule),
            reason=OF_ANOTHER.get(self.reason, self.reason),
            ceilings=tuple(map(_of_another, self.ceilings)),
            grants=tuple(map(_of_another, self.grants)),
        )


def explain(
    actor: Actor, action: Action, resource: Resource, names: Names | None = None, ended: Step | None = None
) -> Explanation:
    """Whether the actor may do this to that, and all that speaks for and against it.

    `names`: what environments and spaces are called. `ended`: why the actor's credential opens nothing any more.
    """
    decision = can(actor, action, resource)
    verdict: Decision | Step = ended or decision
    return Explanation(
        actor,
        action,
        resource,
        bool(decision) and ended is None,
        verdict.rule,
        verdict.reason,
        _ceilings(actor, action, resource, ended or ALIVE),
        tuple(_grants(actor, action, resource, names or {})),
    )


def _of_another(step: Step) -> Step:
    return step._replace(rule=OF_ANOTHER.get(step.rule, step.rule), reason=OF_ANOTHER.get(step.reason, step.reason))


# The ceilings


def _ceilings(actor: Actor, action: Action, resource: Resource, life: Step) -> tuple[Step, ...]:
    if actor.kind is Kind.SYSTEM:
        return (life, *PASSED[actor.kind])
    verdict = verdict_on(actor, action)
    steps = [
        life,
        kind_forbids(actor, action, verdict) or PASSED[actor.kind][0],
        scope_forbids(actor, action, verdict) or Step("scope", True, _scope(actor, action)),
        lineage_forbids(actor, action, verdict) or Step("lineage", True, _lineage(action)),
        proof_forbids(actor, action, verdict) or Step("fresh_proof", True, _proof(verdict)),
        _production(actor, verdict, resource),
    ]
    return (*steps, _fence(actor, action, resource)) if actor.kind.is_member else tuple(steps)


def _scope(actor: Actor, action: Action) -> str:
    if actor.credential.scopes is None:
        return "It is not limited to scopes."
    needed = SCOPES.get(action)
    return f"This needs {needed}, which its scopes open." if needed else "This needs no scope."


def _lineage(action: Action) -> str:
    return "No other token made it." if action in MINTING else "What made it matters only for making tokens."


def _proof(verdict: Verdict) -> str:
    if verdict is Verdict.FRESH:
        return "The password was given less than 10 minutes ago."
    return "Only production wants a fresh proof." if verdict is Verdict.GUARDED else "No fresh proof is wanted."


def _production(actor: Actor, verdict: Verdict, resource: Resource) -> Step:
    narrowed = narrowed_by(actor, verdict)
    if narrowed and resource.is_production is not False:
        return narrowed._replace(rule="production")
    if verdict in (Verdict.DEVELOPMENT, Verdict.GUARDED):
        here = "not a production environment" if resource.is_production is False else "production, with a fresh proof"
        return Step("production", True, f"This is {here}.")
    return Step("production", True, "Production is not guarded further against this.")


def _fence(actor: Actor, action: Action, resource: Resource) -> Step:
    if actor.environment_id is None:
        return Step("fence", True, "It is not confined to one environment.")
    if action in UNFENCED:
        return Step("fence", True, "It is confined to one environment, which this does not touch.")
    if actor.environment_id == resource.environment_id:
        return Step("fence", True, "It is confined to one environment, and this lies in it.")
    return FENCE


# The grants


def _grants(actor: Actor, action: Action, resource: Resource, names: Names) -> list[Step]:
    """Each grant with whether it allows this here, in the order in which the judge asks them."""
    account = actor.account_id
    if actor.kind is Kind.SYSTEM or account is None or not actor.is_known:
        return [_held(area, resource, "This lies elsewhere.") for area in reach(actor, action).areas]
    if actor.kind in KEY_RULES:
        place, owner = None if action in UNFENCED else actor.environment_id, owner_for(actor, action)
        area = Area(KEY_RULES[actor.kind], account, place, owner_id=owner)
        beyond = (
            OF_ANOTHER_MAKER
            if owner
            else f"It is a key of {named(names, 'the environment', actor.environment_id)}, and this lies outside."
        )
        return [_held(area, resource, beyond)] if actor.environment_id else []
    if actor.kind.is_guest:
        return [*_given(actor, action, resource), *_other_roles(actor, action, resource, names)]
    steps = []
    if action in OWNED:
        steps.append(_held(Area("It is your own", account, owner_id=actor.id), resource, "This belongs to another."))
    steps += [_role(grant, actor, action, resource, names) for grant in actor.grants]
    if action in UNFENCED:
        steps.append(_held(Area("A member of the account", account), resource, "This is another account."))
    return steps


def _given(actor: Actor, action: Action, resource: Resource) -> list[Step]:
    """What a guest was given for this action, roles included that allow it."""
    areas = given(actor, action) if action in WITHIN else []
    return [_held(area, resource, "This lies outside of what was given.") for area in areas]


def _other_roles(actor: Actor, action: Action, resource: Resource, names: Names) -> list[Step]:
    """A guest's roles that do not include the action."""
    others = [grant for grant in actor.grants if action not in WITHIN or not includes(grant.role, action)]
    return [_role(grant, actor, action, resource, names) for grant in others]


def _role(grant: Grant, actor: Actor, action: Action, resource: Resource, names: Names) -> Step:
    """Whether a role allows this here."""
    area = role_area(grant, actor, action)
    if action not in OWN and includes(grant.role, action):
        is_anothers = area.owner_id is not None and area._replace(owner_id=None).holds(resource)
        beyond = f"It is given on {_place(grant, names)}, and this lies outside."
        return _held(area, resource, OF_ANOTHER_MAKER if is_anothers else beyond)
    if action in OWN:
        return Step(area.rule, False, "No role reaches what belongs to one person.")
    return Step(area.rule, False, f"The role {grant.role} does not include this.")


def _held(area: Area, resource: Resource, beyond: str) -> Step:
    """A grant as a step: what it says where it holds, and where it does not."""
    holds = area.holds(resource)
    return Step(area.rule, holds, f"{area.rule}." if holds else beyond)


def _place(grant: Grant, names: Names) -> str:
    if grant.space_id:
        return named(names, "the space", grant.space_id)
    return named(names, "the environment", grant.environment_id) if grant.environment_id else "another account"


def named(names: Names, noun: str, id: str | None) -> str:
    """A place by its name where it is known, else by its id."""
    return f"{noun} {names.get(id or '', id)}"
