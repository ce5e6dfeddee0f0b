"""The Access check of the dashboard: a question in an address, its answer, and the ways between them."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.actors import Role
from environments.actions import create_key
from environments.models import ApiKey
from lib.ids import new_id
from tests.matrix.minting import join
from tests.places import furnish, give, make_guest
from tokens.actions import create_token

pytestmark = pytest.mark.django_db


def text(response, status=200):
    assert response.status_code == status, response.content[:500]
    return " ".join(response.content.decode().split())


def ask(browser, page="", **question):
    return browser.get(f"/dashboard/access{page}?{urlencode(question)}")


def test_it_begins_with_what_to_do(browser_of, ada, uma):
    for person in (ada, uma):
        page = text(ask(browser_of(person)))
        assert "Choose what, and where" in page
        assert "Allowed" not in page


def test_an_answer_says_yes_or_no_and_every_rule(browser_of, ada, uma, development):
    question = {"action": "environments.create_environment", "resource": ada.member.account_id}

    yes, no = (text(ask(browser_of(person), **question)) for person in (ada, uma))

    assert "Allowed</h2>" in yes
    assert "Admin on the account." in yes
    assert "Not allowed</h2>" in no
    assert "The role User does not include this." in no
    assert "None of your roles or grants allows this here" in no


def test_an_administrator_asks_about_others(browser_of, ada, uma, development):
    key = create_key(ada.actor, development, type=ApiKey.Type.SECRET, name="Shop").key
    browser = browser_of(ada)

    of_uma = text(ask(browser, actor=uma.member.pk, action="spaces.create_space", resource=development.pk))
    of_key = text(ask(browser, actor_id=key.pk, action="environments.create_key", resource_id=development.pk))

    assert "Uma Reyes" in of_uma
    assert "Allowed</h2>" in of_uma
    assert "A secret key can never do this." in of_key


def test_a_user_is_offered_themselves_alone(browser_of, uma, ada, development):
    token = create_token(uma.actor, name="Laptop").token
    page = text(ask(browser_of(uma)))

    actors = page[page.index('id="id_actor"') : page.index("</select>")]
    assert token.pk in actors
    assert ada.member.pk not in actors
    assert "Who can reach this" not in page
    text(ask(browser_of(uma), "/who"), 403)
    refused = ask(browser_of(uma), actor=ada.member.pk, action="spaces.view_space", resource=development.pk)
    assert "None of your roles" in text(refused, 403)


def test_who_can_reach_a_sheet_names_its_guests_and_leads_to_each_answer(browser_of, ada, development):
    room = furnish(development)
    gwen = make_guest(development, "gwen@guest.example", name="Gwen")
    give(gwen, room.space, sheets=room.sheets[:1])
    browser, question = browser_of(ada), {"action": "spaces.view_sheet", "resource": room.sheets[0].pk}

    page = text(ask(browser, "/who", kind="guest", **question))

    assert "Guest · gwen@guest.example" in page
    assert "A guest of the sheet" in page
    assert f"/dashboard/access?actor={gwen.pk}&amp;action=spaces.view_sheet" in page
    assert "Allowed</h2>" in text(ask(browser, actor=gwen.pk, **question))


def test_what_cannot_be_known_is_said_beside_the_question(browser_of, ada, lumen):
    for id in (new_id("us_env_"), lumen.environments[0].pk, "nonsense"):
        page = text(ask(browser_of(ada), action="spaces.create_space", resource=id))
        assert "nothing under that id that you can see" in page


def test_what_makes_no_sense_is_said_beside_the_question(browser_of, ada, development):
    space = text(ask(browser_of(ada), action="environments.revoke_key", resource=development.pk))
    fly = text(ask(browser_of(ada), action="environments.fly", resource=development.pk))
    long = text(ask(browser_of(ada), action="spaces.create_space", resource="x" * 99))

    assert "This action is about: key." in space
    for page in (fly, long):
        assert "errorlist" in page


def test_who_can_reach_names_them_and_leads_to_the_reason(browser_of, ada, uma, northwind, development):
    join(northwind.account, "dee", Role.USER, environment=development)

    page = text(ask(browser_of(ada), "/who", action="spaces.create_space", resource=development.pk))
    keys = text(ask(browser_of(ada), "/who", action="spaces.create_space", resource=development.pk, kind="key"))

    for name, rule in (("Ada Marsh", "Admin on the account"), ("Uma", "User on the account"), ("Dee", "on the env")):
        assert name in page
        assert rule in page
    assert f"?actor={uma.member.pk}&amp;credential=fresh_session&amp;action=spaces.create_space" in page
    assert "A publishable key" in keys


def test_what_can_they_reach_is_told_by_action(browser_of, ada, uma, development):
    own = text(ask(browser_of(uma), "/what"))
    of_key = text(ask(browser_of(ada), "/what", actor=development.keys.get(type=ApiKey.Type.SECRET).pk))

    assert "Create a space in an environment" in own
    assert "Everything in the account" in own
    assert "Environment development" in of_key
    assert "A secret key can never do this." in of_key


def test_a_page_that_is_refused_leads_to_its_explanation(browser_of, uma, development):
    browser = browser_of(uma)
    page = text(browser.get(f"/dashboard/environments/{development.pk}"), 403)

    link = f"/dashboard/access?action=environments.update_environment&amp;resource={development.pk}"
    assert link in page
    assert "<code>environments.update_environment</code>" in page
    assert "Not allowed</h2>" in text(browser.get(link.replace("&amp;", "&")))


def test_the_question_stays_in_every_link_and_field(browser_of, ada, uma, development):
    hidden = create_token(uma.actor, name="Not offered to Ada").token

    page = text(ask(browser_of(ada), actor=hidden.pk, action="spaces.create_space", resource=development.pk))

    assert f'<option value="{hidden.pk}" selected>' in page
    assert f"/dashboard/access/what?actor={hidden.pk}&amp;action=spaces.create_space" in page


def test_a_large_account_costs_no_more_queries(browser_of, ada, development, northwind):
    browser = browser_of(ada)

    def cost(page):
        with CaptureQueriesContext(connection) as captured:
            text(ask(browser, page, action="environments.view_environment", resource=development.pk))
        return len(captured)

    pages = ("", "/who", "/what")
    for page in pages:
        cost(page)
    with_few = [cost(page) for page in pages]
    for number in range(60):
        create_token(ada.actor, name=f"T{number}")
        create_key(ada.actor, development, type=ApiKey.Type.SECRET)

    assert [cost(page) for page in pages] == with_few
    assert max(with_few) <= 16


def test_junk_in_the_address_answers_nothing(browser_of, ada, development):
    browser, good = browser_of(ada), {"action": "spaces.create_space", "resource": development.pk}

    for name in ("action", "resource", "resource_id", "actor", "actor_id", "credential", "kind"):
        for page in ("", "/who"):
            assert "Admin on the account" not in text(ask(browser, page, **(good | {name: "\0"})))
    assert "Select a valid choice" in text(ask(browser, "/who", **(good | {"kind": "nobody"})))
