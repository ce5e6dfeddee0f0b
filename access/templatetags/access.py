"""`{% can actor "environments.revoke_key" key as may_revoke %}`: the same judge, asked by a template."""

from typing import Any

from django import template

from access.actions import Action
from access.actors import Actor, Resource
from access.policy import Decision
from access.policy import can as judge

register = template.Library()


@register.simple_tag
def can(actor: Actor, action: str, subject: Any) -> Decision:
    """The Decision about a Resource, or about anything that has one."""
    resource = subject if isinstance(subject, Resource) else subject.resource
    return judge(actor, Action(action), resource)
