"""The rules of the house that no linter knows: where a thing is, what it is called, and that it is written down."""

import ast
import importlib.util
import os
import re
import subprocess

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import BinaryField, ForeignKey
from django.urls import URLPattern, get_resolver

import tools.actions
from access.about import ABOUT
from access.actions import DEEDS, Action
from access.actors import Kind
from access.scopes import SCOPES
from access.tables import CEILINGS, COLUMNS, Verdict
from config.rotation import SEALED, digested
from lib import crypto
from lib.problems import Problem
from tests.matrix.deeds import BLOCKS, UNJUDGED
from tests.matrix.deeds import DEEDS as JUDGED

ROOT = settings.BASE_DIR
LAYERS = ["lib", "access", "events", "accounts", "environments", "spaces", "tokens", "guests", "config"]
MEANINGLESS = {"utils", "util", "helpers", "services", "managers", "views", "signals", "common", "misc"}
LONGEST_MODULE, LONGEST_TEMPLATE = 250, 80

# Views that are no model's own: what they show of a model is less than all of it.
PARTIAL_VIEWS = {
    Action.VIEW_ACCESS: "what a principal may do, of whatever kind: config/principals.py knows them",
    Action.VIEW_PUBLISHABLE_KEY: "an ApiKey of one type, for people who may not list the secret ones",
    Action.VIEW_EVENT: "an Event of audience `data`; events.actions.visible_events joins the two",
    Action.VIEW_SECURITY_EVENT: "an Event of audience `security`",
}
# Foreign keys from a lower layer to a higher one, as strings.
UPWARD = {
    ("accounts.RoleAssignment", "environment"),
    ("accounts.RoleAssignment", "space"),
    ("accounts.RoleAssignment", "guest"),
    ("environments.Secret", "space"),
    ("tokens.AccessToken", "guest"),
    ("tokens.AccessToken", "shared_link"),
    ("events.Usage", "account"),
    ("events.Usage", "environment"),
}
TOPIC = re.compile(r"[a-z-]+:[a-z-]+")


def tracked(*patterns):
    """Our files, as git knows them, with the new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).exists()]


def modules():
    """Python files of the product, without tests and migrations."""
    return [path for path in tracked("*.py") if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)]


def named(path):
    return str(path.relative_to(ROOT))


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


# The plan


def test_no_module_has_a_name_that_says_nothing():
    assert [named(path) for path in modules() if set(path.relative_to(ROOT).with_suffix("").parts) & MEANINGLESS] == []


def test_every_module_says_what_is_in_it():
    silent = [path for path in tracked("*.py") if "migrations" not in path.parts and path.read_text().strip()]

    assert [named(path) for path in silent if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_no_module_outgrows_what_one_reads_at_once():
    assert [named(path) for path in modules() if len(path.read_text().splitlines()) > LONGEST_MODULE] == []


def test_no_template_outgrows_a_screen():
    templates = tracked("templates/*.html", "templates/*.txt")

    assert templates
    assert [named(path) for path in templates if len(path.read_text().splitlines()) > LONGEST_TEMPLATE] == []


def test_no_two_pages_have_an_address_of_one_name():
    """`{% url %}` would lead to whichever was included last."""
    names = [one.name for one in named_addresses(get_resolver())]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def named_addresses(resolver):
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield from [one] if one.name else []
        elif not one.namespace:
            yield from named_addresses(one)


def test_foreign_keys_point_down():
    upward = {
        (field.model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and {model._meta.app_label, field.related_model._meta.app_label} <= set(LAYERS)
        if LAYERS.index(field.related_model._meta.app_label) > LAYERS.index(model._meta.app_label)
    }

    assert upward == UPWARD


def test_every_row_of_a_tenant_names_its_account():
    """What has facts to be judged by cannot be without the account (security.md, row 8); a refused sign-in may be."""
    nullable = [
        model._meta.label
        for model in apps.get_models()
        if (field := getattr(model, "facts", {}).get("account_id")) and field != "pk"
        if model._meta.get_field(field).null
    ]

    assert nullable == ["events.Event"]


def test_no_model_saves_in_a_way_of_its_own():
    ours = [model for model in apps.get_models() if model._meta.app_label in LAYERS]

    assert ours
    assert [model._meta.label for model in ours if {"save", "delete"} & set(vars(model))] == []


# Settings and database


def test_the_suite_runs_on_the_database_it_was_meant_for():
    assert connection.vendor == os.environ.get("EXPECTED_VENDOR", connection.vendor)


def test_no_request_is_a_transaction():
    assert not any(database.get("ATOMIC_REQUESTS") for database in settings.DATABASES.values())


@pytest.mark.django_db
def test_the_migrations_match_the_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# Secrets


def test_every_column_that_is_sealed_turns_with_the_field_keys():
    sealed = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, BinaryField) or field.name.endswith("sealed") or field.name == "session_data"
    }
    renewed = {(renewal.rows().model._meta.label, renewal.column) for renewal in SEALED}

    assert renewed == sealed | {("django_tasks_database.DBTaskResult", "args_kwargs")}


def test_every_digest_says_which_pepper_made_it_and_is_counted():
    names = {model._meta.label: {field.name for field in model._meta.local_fields} for model in apps.get_models()}
    counted = {rows.model._meta.label for rows in digested().values()}

    assert counted == {label for label, found in names.items() if any(name.endswith("digest") for name in found)}
    assert [label for label in counted if "pepper_mark" not in names[label]] == []


SEALING = {
    "accounts/sessions.py", "environments/actions/keys.py", "environments/actions/secrets.py",
    "guests/actions/clip_links.py", "guests/actions/shared.py", "lib/mail.py", "tokens/signing.py",
}  # fmt: skip


@pytest.mark.parametrize(("call", "known"), [(r"crypto\.seal\(", SEALING), (r"crypto\.digest\(", {"lib/limits.py"})])
def test_who_seals_or_digests_is_known_to_the_rotation_of_secrets(call, known):
    """What is new here needs a Renewal in config/rotation.py, or `crypto.peppered`; then name it."""
    assert {named(path) for path in modules() if re.search(call, path.read_text())} == known


SECRETS = {
    "a key or token of ours": re.compile(r"\b(?:sk_|pk_|pat_)[0-9A-Za-z]{36}\b"),
    "a signed token": re.compile(r"\beyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{16,}"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[0-9A-Za-z]{36}\b|\bxox[abp]-[\w-]{20,}"),
    "a password in an address": re.compile(r"\b[a-z]+://[^\s/:@{}<>'\"]+:[^\s/:@{}<>'\"]{3,}@(?!localhost|example)"),
}


def test_nothing_that_looks_like_a_secret_is_in_the_tree():
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for kind, pattern in SECRETS.items():
            found += [f"{named(path)}: {kind}: {hit}" for hit in pattern.findall(text) if is_real(hit)]

    assert found == []


def is_real(text):
    """A sample has a wrong checksum, or says that it is a password."""
    prefix = next((prefix for prefix in ("sk_", "pk_", "pat_") if text.startswith(prefix)), "")
    return crypto.is_well_formed(text, prefix) if prefix else "password@" not in text


def test_no_test_starts_the_threads_of_the_product():
    importing = re.compile(r"^(from|import) config\.wsgi", re.MULTILINE)

    tests = [path for path in tracked("*.py") if "tests" in path.parts]

    assert [named(path) for path in tests if importing.search(path.read_text())] == []
