"""The log as a page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.actions import DEEDS, Action
from environments.actions import create_key, set_secret
from events.models import Event
from events.sentences import DEEDS as SENTENCES
from events.sentences import Entry

pytestmark = pytest.mark.django_db

LOGS = "/dashboard/logs"


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def text_of(answer):
    """What the rows say, without tags."""
    return [sentence(entry) for entry in answer.context["entries"]]


def sentence(entry):
    head = entry.refused_proof or f"{entry.who} {entry.verb}"
    return " ".join(filter(None, ["Refused:" if entry.event.refused else "", head, entry.what, entry.where]))


def test_a_deed_is_told_as_a_sentence(browser, ada, production):
    create_key(ada.actor, production, type="SECRET", name="Web")

    assert "Ada Marsh created the secret key Web production" in text_of(browser.get(LOGS))


def test_a_secret_is_added_then_changed(browser, ada, production):
    set_secret(ada.actor, production, name="ERP", value="1")
    set_secret(ada.actor, production, name="ERP", value="2")

    told = text_of(browser.get(LOGS))

    assert "Ada Marsh added the secret ERP production" in told
    assert "Ada Marsh changed the secret ERP production" in told


def test_a_refusal_says_who_tried_what_and_why_not(browser, browser_of, uma, production):
    browser_of(uma).post(f"/dashboard/{production.pk}/keys", {"type": "SECRET", "name": "Web"})

    answer = browser.get(LOGS)

    assert "Refused: Uma Reyes tried to create a key production" in text_of(answer)
    assert "Refused because" in answer.content.decode()
    assert "None of your roles or grants allows this here." in answer.content.decode()


def test_a_failed_sign_in_names_the_address(browser, client, ada):
    client.post("/account/sign-in", {"login": ada.email, "password": "wrong"})

    assert f"Refused: a sign-in as {ada.email}" in text_of(browser.get(LOGS))


def test_a_dead_token_is_told_with_its_name(browser, ada, client):
    from conftest import bearer
    from tokens.actions import create_token, revoke_token

    issued = create_token(ada.actor, name="Old laptop")
    revoke_token(ada.actor, issued.token)
    client.get("/v1/spaces", headers=bearer(issued.secret))

    assert "Refused: a dead token Old laptop" in text_of(browser.get(LOGS))


def test_what_latchkey_did_itself_carries_its_reason(browser):
    opened = next(entry for entry in browser.get(LOGS).context["entries"] if entry.event.topic == "account:created")

    assert (opened.who, opened.tag) == ("Latchkey", "test")


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_a_sentence(action):
    assert action in SENTENCES


@pytest.mark.parametrize("action", list(DEEDS))
def test_no_sentence_has_a_hole(action):
    event = Event(action=action, topic=DEEDS[action].topic, actor_kind="member", actor_label="Ada", subject_label="X")

    told = sentence(Entry(event))

    assert "{" not in told
    assert "  " not in told


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ({"topic": "keys"}, "api-key:created", "account:created"),
        ({"topic": "people"}, "session:created", "api-key:created"),
        ({"topic": "places"}, "environment:created", "session:created"),
        ({"actor": "ada@northwind.example"}, "session:created", "account:created"),
        ({"actor": "arsh"}, "session:created", "account:created"),
    ],
)
def test_filters_narrow_the_log(browser, query, seen, unseen):
    topics = {entry.event.topic for entry in browser.get(LOGS, query).context["entries"]}

    assert seen in topics
    assert unseen not in topics


def test_an_environment_filters(browser, production):
    entries = browser.get(LOGS, {"environment": production.pk}).context["entries"]

    assert {entry.event.environment_id for entry in entries} == {production.pk}


def test_days_filter_in_utc(browser):
    today = timezone.now().date()
    Event.objects.filter(topic="account:created").update(created_at=timezone.now() - timedelta(days=3))

    old = browser.get(LOGS, {"until": today - timedelta(days=1)}).context["entries"]
    new = browser.get(LOGS, {"since": today}).context["entries"]

    assert [entry.event.topic for entry in old] == ["account:created"]
    assert "account:created" not in {entry.event.topic for entry in new}


@pytest.mark.parametrize(
    "query", [{"topic": "nonsense"}, {"since": "yesterday"}, {"environment": "x"}, {"actor": "a\0b"}]
)
def test_a_filter_that_makes_no_sense_is_said_to_be_ignored(browser, query):
    answer = browser.get(LOGS, query)

    assert answer.status_code == 200
    assert "was not understood and is not applied" in answer.content.decode()


def test_nothing_found_is_another_state_than_nothing_there(browser):
    assert "Nothing matches these filters" in browser.get(LOGS, {"actor": "nobody here"}).content.decode()


def test_paging_keeps_the_filters(browser, ada, production):
    for number in range(55):
        set_secret(ada.actor, production, name=f"S{number}", value="x")

    first = browser.get(LOGS, {"topic": "keys", "actor": "Ada"})
    second = browser.get(LOGS, {"topic": "keys", "actor": "Ada", "after": first.context["older"]})

    assert f"?actor=Ada&amp;topic=keys&amp;after={first.context['older']}" in first.content.decode()
    shown = {entry.event.pk for entry in first.context["entries"]}
    assert len(shown) == 50
    assert not shown & {entry.event.pk for entry in second.context["entries"]}
    assert second.context["entries"]


def test_a_cursor_that_is_not_ours_is_refused(browser):
    assert browser.get(LOGS, {"after": "junk"}).status_code == 400


def test_a_stranger_sees_nothing_of_it(browser_of, sam, ada, production):
    create_key(ada.actor, production, type="SECRET", name="Web")

    assert not any("Web" in told for told in text_of(browser_of(sam).get(LOGS)))


def test_the_user_role_sees_data_but_no_security_events(browser_of, uma):
    topics = {entry.event.topic for entry in browser_of(uma).get(LOGS).context["entries"]}

    assert "environment:created" in topics
    assert "api-key:created" not in topics


def test_labels_are_escaped(browser, ada, production):
    create_key(ada.actor, production, type="SECRET", name="<b>bold</b><script>")

    assert "<script>" not in browser.get(LOGS).content.decode().replace('<script src="', "")
