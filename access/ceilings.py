"""The ceilings, which only narrow: one function each, that returns the step that fails, or None. Pure."""

from typing import NamedTuple

from access.actions import Action
from access.actors import Actor, Kind
from access.scopes import SCOPES, in_scope
from access.tables import CEILINGS, COLUMNS, MINTING, Verdict

FRESH_PROOF = "Confirm your password first: this needs a proof less than 10 minutes old."


class Step(NamedTuple):
    """One rule on the way to a decision, for the explanation."""

    rule: str
    passed: bool
    reason: str


PASSED = {kind: (Step("kind", True, f"{kind.words.capitalize()} may do this."),) for kind in Kind}


def verdict_on(actor: Actor, action: Action) -> Verdict:
    """What the table says of this kind of credential and this action."""
    return CEILINGS[action][COLUMNS[actor.kind]] if actor.kind in COLUMNS else Verdict.NO


def kind_forbids(actor: Actor, action: Action, verdict: Verdict) -> Step | None:
    if verdict is Verdict.NO:
        return Step("kind", False, f"{actor.kind.words.capitalize()} can never do this.")
    return None


def scope_forbids(actor: Actor, action: Action, verdict: Verdict) -> Step | None:
    scopes = actor.credential.scopes
    if scopes is not None and not in_scope(action, scopes):
        needed = f"this needs {SCOPES[action]}"
        return Step("scope", False, f"This credential is limited to {_listed(scopes)}; {needed}.")
    return None


def lineage_forbids(actor: Actor, action: Action, verdict: Verdict) -> Step | None:
    if action in MINTING and actor.credential.is_child:
        return Step("lineage", False, "A token that was made by another token cannot make tokens.")
    return None


def proof_forbids(actor: Actor, action: Action, verdict: Verdict) -> Step | None:
    if verdict is Verdict.FRESH and not actor.is_fresh:
        return Step("fresh_proof", False, FRESH_PROOF)
    return None


def narrowed_by(actor: Actor, verdict: Verdict) -> Step | None:
    """Why production is out of reach although the rest is not."""
    if verdict is Verdict.DEVELOPMENT:
        return Step("kind", False, f"{actor.kind.words.capitalize()} can never do this to a production environment.")
    if verdict is Verdict.GUARDED and not actor.is_fresh:
        return Step("fresh_proof", False, FRESH_PROOF)
    return None


# Each of these can rule an action out for everything there is.
CHECKS = (kind_forbids, scope_forbids, lineage_forbids, proof_forbids)


def _listed(scopes: frozenset[str]) -> str:
    return ", ".join(sorted(scopes)) or "nothing"
