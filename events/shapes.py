"""What the API answers about the log (flatfile-api.md, section 20)."""

from lib.shapes import Said, Shape, empty, flag, free, ident, text, texts, when


class ContextOut(Shape):
    """Where it happened."""

    accountId = ident("us_acc_", blank=True)
    environmentId = ident("us_env_", "Empty for what is about the account as a whole.", blank=True)
    spaceId = ident("us_sp_", optional=True)
    actorId = text("Who did it.", optional=True)
    entityId = text("What it was done to.", optional=True)
    dataClipId = ident("us_clip_", optional=True)


class EventActorOut(Shape):
    """Who did it, with the name of that time."""

    id = text()
    type = text(examples=["member"])
    name = text()


class OutcomeOut(Shape):
    """Whether it was done, else which rule refused it."""

    refused = flag()
    action = text("See docs/actions.md.")
    rule = text()
    reason = text()


class EventOut(Shape):
    """What happened once."""

    id = ident("us_evt_")
    topic = text(examples=["space:created"])
    domain = text(examples=["space"])
    context = ContextOut()  # type: ignore[assignment]  # a field of ours
    payload = free("More about it, by topic.")
    createdAt = when()
    callbackUrl = Said({"const": ""})
    dataUrl = Said({"const": ""})
    origin = empty()
    namespaces = texts()
    actor = EventActorOut()
    outcome = OutcomeOut()
