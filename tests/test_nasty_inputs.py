"""One table of hostile inputs against every route of the API: never a 5xx, never HTML, nothing accepted by mistake."""

import json
from functools import partial
from urllib.parse import quote, urlencode

import pytest
from django.apps import apps
from django.db import transaction

from config.routes import routes
from tests import nasty
from tests.good import GOOD
from tests.knock import call, whole
from tests.matrix.table import PLACEHOLDER

pytestmark = pytest.mark.django_db

ROUTES = sorted(GOOD)
PLAIN = ("/v1", "/.well-known", "/healthz", "/readyz")
OURS = {"lib", "accounts", "environments", "spaces", "tokens", "events", "guests"}
REPEATED = {"spaceIds", "ids"}
EXCLUDING = ("name", "search", "namespace", "label", "ids")  # what begins with a hyphen finds all the others
IDS = ("environmentId", "spaceId", "tenantId", "accountId", "key")
ELSEWHERE = {"environmentId": "environment_id", "tenantId": "account_id", "key": "key_id"}


def ask(world, route, *, path=None, query=None, body=None, raw=None, look=None, **extra):
    """Send it as Ada with a fresh proof, look at what it did, undo it, and hold what is true of every answer."""
    method, address = route.split(" ")
    good, things = GOOD[route], world.things["own"]
    address = address.format(**things) if path is None else path
    asked = {name: str(value).format(**things) for name, value in good.get("query", {}).items()}
    given = good.get("body", {}) if body is None else body
    given = given.format(**things) if isinstance(given, str) else given
    if isinstance(given, list):
        given = filled(given, things)
    if isinstance(given, dict):
        good_lists = [name for name, value in given.items() if value and value is good.get("body", {}).get(name)]
        lists = {name: filled(given[name], things) for name in good_lists if isinstance(given[name], list)}
        given = {name: things.get(value[1:-1], value) if is_named(value) else value for name, value in given.items()}
        given |= lists
    text = urlencode(asked) if query is None else query
    with transaction.atomic():
        body = given if raw is None else raw
        answer = whole(call(method, f"{address}?{text}", body=body, **world.api["fresh"]["access token"], **extra))
        answer.seen = look() if look else None
        transaction.set_rollback(True)
    judge(route, answer)
    return answer


def filled(listed, things):
    """A list with the ids that its placeholders stand for."""
    return json.loads(PLACEHOLDER.sub(lambda found: things.get(found[1], found[0]), json.dumps(listed)))


def is_named(value):
    """Whether this stands for an id of the world."""
    return isinstance(value, str) and value.startswith("{") and value.endswith("}")


def judge(route, answer):
    told = (route, answer.status_code, answer.content[:300])
    assert answer.status_code < 500, told
    is_file = route.endswith("/download") and answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv" if is_file else "application/json"), told
    assert answer.status_code not in (204, 301, 302), told
    if answer.status_code >= 400:
        assert answer.json()["errors"][0]["message"], told


def rows_with(text):
    """Every row of ours in which this text stands."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    rows = [(model.__name__, row) for model in models for row in model.objects.order_by("pk").values()]
    return [row for row in rows if text in str(row)]


def asked_with(world, route, name, text):
    """The good query of the route with this text, already quoted, for one parameter."""
    things = world.things["own"]
    rest = {key: str(value).format(**things) for key, value in GOOD[route]["query"].items() if key != name}
    return f"{urlencode(rest)}&{name}={text}"


def parameters(*kinds):
    """Each parameter of each route whose good value is of that kind."""
    for route in ROUTES:
        for name, value in GOOD[route].get("query", {}).items():
            if kind_of(name, value) in kinds:
                yield route, name


def kind_of(name, value):
    if name in ("since", "expiresAt"):
        return "moment"
    if name in IDS:
        return "id"
    return "number" if isinstance(value, int) else "flag" if value in ("true", "false") else "text"


def bodies(*kinds):
    for route in ROUTES:
        body = GOOD[route].get("body")
        for name, value in body.items() if isinstance(body, dict) else ():
            if type(value) in kinds:
                yield route, name


def fields(route):
    """The names of everything that may be given to the route beside its address."""
    body = GOOD[route].get("body")
    return {*GOOD[route].get("query", {}), *(body if isinstance(body, dict) else ())}


def failing(answers, *allowed):
    return {what: answer.status_code for what, answer in answers.items() if answer.status_code not in allowed}


def test_every_route_of_the_api_is_in_the_table():
    found = {
        f"{method} {route['path']}"
        for route in routes()
        for method in route["methods"]
        if route["path"].startswith(PLAIN) and method != "HEAD"
    }

    named = {route.replace("rotating_key_id", "key_id") for route in ROUTES}
    assert named == found


def test_the_other_prefix_has_the_same_routes():
    paths = {
        prefix: {r["path"][len(prefix) :] for r in routes() if r["path"].startswith(prefix)}
        for prefix in ("/v1", "/api/v1")
    }

    assert paths["/v1"] == paths["/api/v1"]


@pytest.mark.parametrize("route", ROUTES)
def test_a_good_request_is_answered(world, route):
    answer = ask(world, route)
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("route", [route for route in ROUTES if "body" in GOOD[route]])
def test_a_body_that_is_not_a_plain_object_is_refused(world, route):
    answers = {name: ask(world, route, raw=raw) for name, raw in nasty.BODIES.items()}

    assert failing(answers, 400) == {}


@pytest.mark.parametrize("route", [route for route in ROUTES if "body" not in GOOD[route]])
def test_a_body_nobody_reads_does_no_harm(world, route):
    for raw in list(nasty.BODIES.values())[::6]:
        ask(world, route, raw=raw)


@pytest.mark.parametrize("route", [route for route in ROUTES if "body" in GOOD[route]])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "x"]
)
def test_a_body_of_another_type_is_refused(world, route, kind):
    is_called_text = (route, kind) == ("POST /v1/internal/spaces/init", "text/plain")  # by the browser SDKs
    assert ask(world, route, content_type=kind).status_code == (200 if is_called_text else 415)


@pytest.mark.parametrize(("route", "name"), [*bodies(*nasty.NOT_A)])
def test_a_value_of_the_wrong_kind_is_refused(world, route, name):
    good = GOOD[route]["body"]
    wrong = nasty.MOMENTS if name == "expiresAt" else nasty.NOT_A[type(good[name])]
    if name == "body":  # of a document, which may be long
        wrong = [value for value in wrong if value != "a" * 10_000]

    answers = {str(value)[:40]: ask(world, route, body=good | {name: value}) for value in wrong}

    assert failing(answers, *((400, 401) if name == "password" else (400,))) == {}


@pytest.mark.parametrize(("route", "name"), [*bodies(str)])
def test_an_odd_text_is_a_text(world, route, name):
    good = GOOD[route]["body"]
    answers = {text[:40]: ask(world, route, body=good | {name: text}) for text in nasty.TEXTS}

    assert failing(answers, 200, 400, 401, 404) == {}


@pytest.mark.parametrize(("route", "name"), [*parameters("number", "flag", "moment")])
def test_a_parameter_that_cannot_be_read_is_refused(world, route, name):
    kind = kind_of(name, GOOD[route]["query"][name])
    moments = [quote(text) for text in nasty.MOMENTS if text and (name != "since" or text not in nasty.DATES)]
    wrong = {"number": nasty.NUMBERS, "flag": nasty.FLAGS, "moment": moments}[kind]

    answers = {text[:40]: ask(world, route, query=asked_with(world, route, name, text)) for text in wrong}

    assert failing(answers, 400) == {}


@pytest.mark.parametrize(("route", "name"), [*parameters("text", "id")])
def test_an_odd_text_in_a_query_finds_nothing(world, route, name):
    texts = [quote(text) for text in nasty.TEXTS] + nasty.IDS
    answers = {text[:40]: ask(world, route, query=asked_with(world, route, name, text)) for text in texts}

    statuses = {"name": (200, 400), "publishableKey": (400, 401)}.get(name, (200, 400, 404))
    assert failing(answers, *statuses) == {}
    found = {text: answer.json()["data"] for text, answer in answers.items() if answer.status_code == 200}
    assert name in EXCLUDING or not any(found.values()), (
        route,
        name,
        [text for text in found if found[text]],
    )


@pytest.mark.parametrize(("route", "name"), [*parameters("number", "flag", "moment", "text", "id")])
def test_a_parameter_given_twice_is_refused(world, route, name):
    if name in REPEATED:
        return
    value = quote(str(GOOD[route]["query"][name]).format(**world.things["own"]))

    assert ask(world, route, query=asked_with(world, route, name, f"{value}&{name}={value}")).status_code == 400


@pytest.mark.parametrize(("route", "name"), [*parameters("number", "flag", "moment", "text", "id")])
def test_an_empty_parameter_is_not_taken_for_none(world, route, name):
    """`expiresAt=` would make a key without an end, `namespace=` list everything."""
    answer = ask(world, route, query=asked_with(world, route, name, ""))

    assert answer.status_code == (200 if name == "after" else 400)


@pytest.mark.parametrize("route", [route for route in ROUTES if "{" in route])
def test_what_is_no_id_is_not_found(world, route):
    address = route.split(" ")[1]
    before, _, after = address.partition("{")
    rest = after.partition("}")[2]

    answers = {id[:40]: ask(world, route, path=f"{before}{id}{rest}") for id in nasty.IDS}

    assert failing(answers, 404) == {}


@pytest.mark.parametrize("route", [route for route in ROUTES if " /v1/" in route])
def test_a_bent_address_leads_nowhere(world, route):
    """With its own method, its good query and body: a match would be seen."""
    address = route.split(" ")[1].format(**world.things["own"])
    bent = [trick.replace("{}", address) for trick in nasty.BENT]
    bent += [
        address[:4] + address[4:].replace("/", "//"),
        address[:4] + address[4:].swapcase(),
        f"{address[:4]}./{address[4:]}",
    ]
    answers = {path: ask(world, route, path=path) for path in bent if path != address}

    assert failing(answers, 404, 405) == {}  # some are the address of one thing, which has other methods


@pytest.mark.parametrize("relation", ["foreign", "missing", "malformed", "in another case", "of another kind"])
@pytest.mark.parametrize("route", [route for route in ROUTES if ELSEWHERE.keys() & fields(route)])
def test_an_id_of_somebody_else_is_no_id_in_any_field(world, route, relation):
    others, good, asked = world.things[relation], GOOD[route], []
    theirs = partial(rows_with, world.things["foreign"]["account_id"])
    for field, thing in ELSEWHERE.items():
        if field in good.get("query", {}):
            asked.append(partial(ask, world, route, query=asked_with(world, route, field, others[thing])))
        if field in good.get("body", {}):
            asked.append(partial(ask, world, route, body=good["body"] | {field: others[thing]}))
    before = theirs()

    for knock in asked:
        answer = knock(look=theirs)

        assert answer.seen == before
        assert answer.status_code == 404 or answer.json().get("data") == [], answer.content


@pytest.mark.parametrize("route", [route for route in ROUTES if isinstance(GOOD[route].get("body"), dict)])
def test_nobody_assigns_what_is_not_theirs_to_say(world, route):
    good = GOOD[route]["body"]
    extra = {name: nasty.MARK for name in nasty.OWNERS if name not in good and name != "accountId"}

    answer = ask(world, route, body=good | extra, look=partial(rows_with, nasty.MARK))

    assert answer.seen == []
    assert answer.status_code in (200, 400)
    assert nasty.MARK not in answer.content.decode() or answer.status_code == 400
