"""The log by API: who reads what of it, filtered, since when, page by page."""

from urllib.parse import quote

import pytest
import time_machine

from accounts.models import RoleAssignment
from environments.actions import create_environment, delete_environment
from environments.models import ApiKey
from events.models import Event
from lib.ids import new_id
from spaces.actions import create_space
from tests.knock import alike, call, refused, shown
from tokens.actions import create_client

pytestmark = pytest.mark.django_db

EVENTS = "/v1/events"
FIELDS = {"id", "topic", "domain", "context", "payload", "createdAt"}


def topics(answer):
    return [event["topic"] for event in shown(answer)]


@pytest.fixture
def spaces(ada, development, production):
    return [create_space(ada.actor, place, name=place.name) for place in (development, production)]


@pytest.fixture
def hundred(northwind, development):
    """120 events in development, a second apart, after everything else."""
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        for number in range(120):
            Event.objects.create(
                account_id=northwind.account.pk,
                environment_id=development.pk,
                topic=f"t{number}",
                domain="space",
                audience="data",
            )
            clock.shift(1)


def test_an_event_has_the_fields_the_sdk_reads(pat, spaces, northwind, ada, development):
    event = shown(call("GET", f"{EVENTS}?topic=space:created&environmentId={development.pk}", pat))[0]

    assert event.keys() >= FIELDS
    assert (event["domain"], event["callbackUrl"], event["dataUrl"], event["origin"]) == ("space", "", "", None)
    assert event["context"] == {
        "accountId": northwind.account.pk,
        "environmentId": development.pk,
        "spaceId": spaces[0].pk,
        "actorId": ada.member.pk,
        "entityId": spaces[0].pk,
    }
    assert event["createdAt"].endswith("Z")
    assert shown(call("GET", f"{EVENTS}/{event['id']}", pat)) == event


def test_an_event_of_the_account_as_a_whole_has_an_empty_environment(pat):
    event = shown(call("GET", f"{EVENTS}?topic=account:created", pat))[0]

    assert event["context"]["environmentId"] == ""


def test_an_administrator_reads_everything_of_the_account(pat, spaces):
    found = set(topics(call("GET", f"{EVENTS}?pageSize=100", pat)))

    assert found >= {"account:created", "member:added", "environment:created", "api-key:created", "space:created"}


def test_a_secret_key_reads_the_data_events_of_its_environment(secret_key, spaces, development):
    events = shown(call("GET", f"{EVENTS}?pageSize=100", secret_key))

    assert {event["topic"] for event in events} == {"environment:created", "space:created"}
    assert {event["context"]["environmentId"] for event in events} == {development.pk}


def test_a_user_reads_the_data_events_of_all_environments_and_no_security(uma, password_token, spaces):
    events = shown(call("GET", f"{EVENTS}?pageSize=100", password_token(uma)))

    assert {event["topic"] for event in events} == {"environment:created", "space:created"}
    assert len({event["context"]["environmentId"] for event in events}) == 2


def test_an_administrator_of_one_environment_reads_that_ones_security(
    uma, northwind, password_token, spaces, production
):
    admin = northwind.account.roles.get(name="Admin")
    RoleAssignment.objects.filter(member=uma.member).update(role=admin, environment=production)

    events = shown(call("GET", f"{EVENTS}?pageSize=100", password_token(uma)))

    assert {event["topic"] for event in events} == {"environment:created", "api-key:created", "space:created"}
    assert {event["context"]["environmentId"] for event in events} == {production.pk}


def test_a_publishable_key_reads_nothing(publishable_key):
    assert refused(call("GET", EVENTS, publishable_key), 403)["rule"] == "kind"


def test_no_other_account_is_in_any_list_or_answer(pat, secret_key, sam, lumen):
    before = {one: alike(call("GET", f"{EVENTS}?pageSize=100", one)) for one in (pat, secret_key)}

    for _ in range(20):
        create_space(sam.actor, lumen.environments[0])

    assert {one: alike(call("GET", f"{EVENTS}?pageSize=100", one)) for one in (pat, secret_key)} == before
    for query in (f"environmentId={lumen.environments[0].pk}", f"spaceId={new_id('us_sp_')}"):
        assert topics(call("GET", f"{EVENTS}?{query}", pat)) == []


def test_an_event_out_of_reach_looks_like_a_missing_one(pat, secret_key, sam, lumen, spaces, production):
    missing = alike(call("GET", f"{EVENTS}/{new_id('us_evt_')}", pat))
    foreign = Event.objects.filter(account_id=lumen.account.pk).first()
    sibling = Event.objects.filter(environment_id=production.pk, topic="space:created").get()
    security = Event.objects.filter(topic="api-key:created").first()

    assert alike(call("GET", f"{EVENTS}/{foreign.pk}", pat)) == missing
    for event in (foreign, sibling, security):
        assert alike(call("GET", f"{EVENTS}/{event.pk}", secret_key)) == missing


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=space:created", {"space:created"}),
        ("domain=api-key", {"api-key:created"}),
        ("domain=space&topic=api-key:created", set()),
        ("topic=space:%25", set()),
        ("topic=no:such", set()),
        ("includeAcknowledged=true&domain=space", {"space:created"}),
    ],
)
def test_the_log_is_filtered_by_topic_and_domain(pat, spaces, query, found):
    assert set(topics(call("GET", f"{EVENTS}?{query}&pageSize=100", pat))) == found


def test_the_log_is_filtered_by_environment_and_space(pat, spaces, development):
    for query in (f"spaceId={spaces[0].pk}", f"environmentId={development.pk}&domain=space"):
        events = shown(call("GET", f"{EVENTS}?{query}", pat))

        assert [event["context"]["spaceId"] for event in events] == [spaces[0].pk]


@pytest.mark.parametrize(
    ("since", "count"),
    [
        ("2030-01-01T12:01:00.000Z", 60),
        ("2030-01-01T12:01:00Z", 60),
        ("2030-01-01T14:01:00+02:00", 60),
        ("2031-01-01T00:00:00.000Z", 0),
    ],
)
def test_the_log_begins_where_it_is_asked_to(pat, hundred, since, count):
    assert len(shown(call("GET", f"{EVENTS}?since={quote(since)}&pageSize=100", pat))) == count


def test_the_sdk_asks_since_the_beginning_of_time(pat, hundred):
    answer = call("GET", f"{EVENTS}?since=1970-01-01T00%3A00%3A00.000Z", pat)

    assert topics(answer) == [f"t{number}" for number in range(119, 109, -1)]


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "since=1",
        "since=2030-13-01T00:00:00Z",
        "since=9999-12-31T23:59:59-14:00",
        "since=" + "9" * 400,
        "pageSize=0",
        "pageNumber=0",
        "includeAcknowledged=maybe",
        "after=x",
        "topic=" + "a" * 65,
        "topic=a&topic=b",
    ],
)
def test_a_question_we_cannot_read_is_refused(pat, query):
    refused(call("GET", f"{EVENTS}?{query}", pat), 400)


def test_pages_hold_ten_and_do_not_overlap(pat, hundred):
    pages = [topics(call("GET", f"{EVENTS}?pageNumber={number}", pat)) for number in range(1, 13)]

    assert [topic for page in pages for topic in page] == [f"t{number}" for number in range(119, -1, -1)]
    assert "pagination" not in call("GET", EVENTS, pat).json()


def test_a_page_is_never_larger_than_a_hundred(pat, hundred):
    assert len(topics(call("GET", f"{EVENTS}?pageSize=5000", pat))) == 100


def test_our_cursor_leads_through_the_whole_log(pat, hundred):
    seen, after = [], ""
    while after is not None:
        answer = call("GET", f"{EVENTS}?domain=space&pageSize=50&after={after}", pat)
        seen += topics(answer)
        after = answer.json()["next"]

    assert seen == [f"t{number}" for number in range(119, -1, -1)]


def test_the_log_outlives_what_it_tells_of(pat, ada, development, spaces):
    other = create_environment(ada.actor, name="staging")
    id, key = other.pk, other.keys.get(type=ApiKey.Type.SECRET)
    delete_environment(ada.actor, other)

    events = shown(call("GET", f"{EVENTS}?environmentId={id}&pageSize=100", pat))

    assert {event["topic"] for event in events} == {"environment:created", "environment:deleted", "api-key:created"}
    assert key.pk in {event["context"]["entityId"] for event in events}


def test_reading_the_log_writes_nothing_and_nobody_writes_it(pat, client_token, ada, hundred):
    token = client_token(create_client(ada.actor))
    before = Event.objects.count()

    for credential in (pat, token):
        for method in ("GET", "HEAD"):
            call(method, EVENTS, credential)
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            refused(call(method, EVENTS, credential, {"topic": "api-key:created", "domain": "api-key"}), 405)
            event = Event.objects.first()
            refused(call(method, f"{EVENTS}/{event.pk}", credential, {}), 405)

    assert Event.objects.count() == before
