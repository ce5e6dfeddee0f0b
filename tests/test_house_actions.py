"""What every action of the house has, and that it and every problem are written down."""

import ast
import importlib.util
import re

import pytest
from django.apps import apps

import tools.actions
from access.about import ABOUT
from access.actions import DEEDS, Action
from access.actors import Kind
from access.scopes import SCOPES
from access.tables import CEILINGS, COLUMNS, Verdict
from lib.problems import Problem
from tests.house import LAYERS, ROOT, modules
from tests.matrix.deeds import BLOCKS, UNJUDGED
from tests.matrix.deeds import DEEDS as JUDGED

# Views that are no model's own: what they show of a model is less than all of it.
PARTIAL_VIEWS = {
    Action.VIEW_ACCESS: "what a principal may do, of whatever kind: config/principals.py knows them",
    Action.VIEW_PUBLISHABLE_KEY: "an ApiKey of one type, for people who may not list the secret ones",
    Action.VIEW_EVENT: "an Event of audience `data`; events.actions.visible_events joins the two",
    Action.VIEW_SECURITY_EVENT: "an Event of audience `security`",
}
TOPIC = re.compile(r"[a-z-]+:[a-z-]+")


def exported(module):
    return vars(importlib.import_module(module)) if importlib.util.find_spec(module) else {}


# Actions


@pytest.mark.parametrize("action", [action for action in Action if not action.is_view])
def test_every_deed_is_the_address_of_a_function(action):
    app, verb = action.value.split(".")
    places = (f"{app}.actions", f"{app}.credentials", "config.setup")

    assert any(callable(exported(place).get(verb)) for place in places), f"no {verb} in {', '.join(places)}"


@pytest.mark.parametrize("action", [action for action in Action if action.is_view])
def test_every_view_is_of_a_model(action):
    app = action.value.partition(".")[0]
    found = [model for model in apps.get_app_config(app).get_models() if getattr(model, "view_action", "") is action]

    assert len(found) == (0 if action in PARTIAL_VIEWS else 1)


def test_every_action_has_a_ceiling_for_every_kind_of_credential():
    assert list(CEILINGS) == list(Action)


def test_every_deed_has_a_topic_and_a_view_has_none():
    assert set(DEEDS) == {action for action in Action if not action.is_view}


def test_a_limited_token_or_key_is_limited_in_everything_it_could_do():
    """What has no scope is open to whatever scopes a token has, so nothing a program can do may be without."""
    programs = (Kind.PASSWORD, Kind.CLIENT, Kind.PAT, Kind.SECRET_KEY, Kind.PUBLISHABLE_KEY)
    possible = {
        action for action in Action if any(CEILINGS[action][COLUMNS[kind]] is not Verdict.NO for kind in programs)
    }

    assert possible - set(SCOPES) == set()


@pytest.mark.parametrize("action", Action)
def test_what_a_credential_may_do_at_all_says_what_it_is_done_to(action):
    """access/about.py: else the Access check could not be asked about it."""
    possible = any(cell is not Verdict.NO for cell in CEILINGS[action])

    assert (action in ABOUT) == possible


def test_every_route_of_the_api_is_known_by_what_it_asks_of_the_judge():
    """tests/matrix/deeds.py: what is explained is held against what happens there."""
    routes = {route for route in BLOCKS if " /v1/" in route}

    assert routes == set(JUDGED) | UNJUDGED


def test_topics_of_one_noun_share_a_domain():
    domains = {}
    for deed in DEEDS.values():
        domains.setdefault(deed.topic.partition(":")[0], set()).add(deed.domain)

    assert {noun: found for noun, found in domains.items() if len(found) > 1} == {}


def test_a_topic_in_place_of_an_actions_own_stays_in_its_domain():
    """`record` takes a topic and keeps the domain, so `secret:created` must be of the noun of `secret:updated`."""
    nouns = {deed.topic.partition(":")[0]: deed.domain for deed in DEEDS.values()}
    replaced = {topic for path in modules() for topic in replacing_topics(ast.parse(path.read_text()))}

    assert {topic: nouns.get(topic.partition(":")[0]) for topic in replaced} == {
        "secret:created": "secret",
        "secret:updated": "secret",
    }


def replacing_topics(tree):
    """The topics written in functions that call `record` with one."""
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        names = {word.arg for call in calls if getattr(call.func, "id", "") == "record" for word in call.keywords}
        if "topic" in names:
            texts = [node.value for node in ast.walk(function) if isinstance(node, ast.Constant)]
            yield from (text for text in texts if isinstance(text, str) and TOPIC.fullmatch(text))


# The docs


def test_the_docs_say_of_every_action_who_has_it():
    """`make docs` writes them from the tables of the policy."""
    lines = (ROOT / "docs/actions.md").read_text().splitlines(keepends=True)

    assert [line for line in lines if line != tools.actions.fresh(line)] == []


@pytest.mark.parametrize("action", Action)
def test_every_action_has_one_line_in_the_docs(action):
    lines = (ROOT / "docs/actions.md").read_text().splitlines()

    assert len([line for line in lines if line.startswith(f"| `{action.value}` |")]) == 1


def test_an_action_is_called_what_the_docs_call_it():
    lines = [line.split(" | ") for line in (ROOT / "docs/actions.md").read_text().splitlines()]
    documented = {line[0].strip("| `"): line[1] for line in lines if len(line) == 4}

    assert {action.value: about.words for action, about in ABOUT.items()} == {
        action.value: documented[action.value] for action in ABOUT
    }


def test_the_docs_tell_the_topic_of_every_deed():
    lines = {line.split("`")[1]: line for line in (ROOT / "docs/actions.md").read_text().splitlines() if "| `" in line}

    assert {action for action, deed in DEEDS.items() if f"`{deed.topic}`" not in lines[action.value]} == set()


def test_every_problem_is_in_the_docs():
    documented = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs/problems.md").read_text()))

    assert {problem.code for problem in problems()} - documented == set()


def test_a_code_has_one_status():
    """A code is a promise: two Problems may share it only where they mean the same."""
    statuses = {}
    for problem in problems():
        statuses.setdefault(problem.code, set()).add(problem.status)

    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}


def problems():
    """Every kind of Problem there is, once all modules are read."""
    for path in modules():
        if path.parts[len(ROOT.parts)] in LAYERS and path.name != "wsgi.py":  # which starts a server's threads
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    found, waiting = set(), [Problem]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found and not kind.__module__.startswith(("tests", "conftest")):
                found.add(kind)
                waiting.append(kind)
    return sorted(found, key=lambda kind: kind.__qualname__)
