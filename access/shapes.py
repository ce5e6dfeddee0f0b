"""What the API answers when it explains a decision."""

from access.actions import Action
from access.actors import Kind
from lib.shapes import Shape, flag, ident, one_of, text

ACTIONS = [action.value for action in Action]


class PrincipalOut(Shape):
    """Who, and with what."""

    id = text(examples=["us_usr_0kQ7WcJdT4mZb2RxVnE9aS"])
    name = text()
    kind = one_of([kind.value for kind in Kind])
    credentialId = text("Of a credential that is not the actor itself.", optional=True)
    isFresh = flag("Whether the password was given less than ten minutes ago.")


class ResourceOut(Shape):
    """What it is about."""

    id = text(examples=["us_env_0kQ7WcJdT4mZb2RxVnE9aS"])
    kind = text(examples=["environment"])
    label = text("Its name.")  # type: ignore[assignment]  # a field of ours


class StepOut(Shape):
    """One rule on the way: every ceiling must pass, then any grant may allow."""

    rule = text()
    passed = flag()
    reason = text()
    part = one_of(["ceiling", "grant"])


class ExplanationOut(Shape):
    """A decision, and all that speaks for and against it."""

    allowed = flag()
    action = one_of(ACTIONS)
    rule = text("The one that decided.")
    reason = text()
    actor = PrincipalOut()
    resource = ResourceOut()
    trail = StepOut(many=True)


class MayOut(Shape):
    """Somebody who may, and by which rule."""

    actor = PrincipalOut()
    rule = text()
    reason = text()
    needsFreshProof = flag("Whether the password must have been given less than ten minutes ago.")


class PlaceOut(Shape):
    """Where something may be done."""

    rule = text()
    words = text(examples=["everything in the account"])
    environmentId = ident("us_env_", optional=True)
    spaceId = ident("us_sp_", optional=True)


class ReachedOut(Shape):
    """One action, and where it may be done; else the rule that forbids it everywhere."""

    action = one_of(ACTIONS)
    allowed = flag()
    rule = text()
    reason = text()
    areas = PlaceOut(many=True)
