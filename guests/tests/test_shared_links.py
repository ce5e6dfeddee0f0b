"""The public link of a space: an anonymous guest of that space and nothing more, until whatever ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from access.actors import Origin
from config.rotation import digested
from environments.actions import update_environment
from events.models import Event
from guests.actions import create_shared_link, revoke_shared_link, update_shared_link
from guests.credentials import SharedLinkEnded, WrongLinkPassword, shared, use_shared_link
from guests.models import Grant, Guest, SharedLink
from lib.limits import Limit
from lib.models import Counter
from lib.problems import TooManyAttempts
from spaces.actions import archive_space, unarchive_space, update_space
from spaces.models import Space
from tests.knock import at_once, call, refused, shown
from tests.places import furnish
from tokens.credentials.guests import text_of
from tokens.models import AccessToken

db = pytest.mark.django_db
EXCHANGE = "/v1/invitations/exchange"
LINKS = "/v1/shared-links"
PASSWORD = "open sesame"


@pytest.fixture
def room(development):
    return furnish(development, "Onboarding data").space


@pytest.fixture
def link(ada, room):
    return create_shared_link(ada.actor, room)


def token_by(link, **given):
    return text_of(use_shared_link(link.pk, Origin(), **given))


def seen(token):
    answer = call("GET", "/v1/spaces", token)
    return [one["id"] for one in answer.json()["data"]] if answer.status_code == 200 else answer.status_code


def sibling(room):
    return furnish(room.environment, "Another").space


def fresh(link):
    return SharedLink.objects.whole().get(pk=link.pk)


@db
def test_the_secret_is_exchanged_for_an_hour_as_somebody_new_each_time(link, room):
    tokens = [shown(call("POST", EXCHANGE, body={"token": link.secret}))["token"] for _ in range(2)]

    assert [seen(token) for token in tokens] == [[room.pk], [room.pk]]
    guests = Guest.objects.filter(grants__space=room, grants__via=Grant.Via.SHARED_LINK)
    assert [guest.email for guest in guests] == ["", ""]
    lives = [token.expires_at - token.created_at for token in AccessToken.objects.filter(shared_link=link)]
    assert lives == [timedelta(hours=1)] * 2
    assert SharedLink.objects.get().uses == 2


@db
def test_whoever_comes_in_holds_that_space_alone_and_manages_no_link(link, room, development):
    """security.md, rows 10 and 62, P11."""
    furnish(development, "Another")
    token = token_by(link)

    assert seen(token) == [room.pk]
    for method, path in (("GET", LINKS), ("POST", LINKS), ("DELETE", f"{LINKS}/{link.pk}")):
        refused(call(method, path, token, {"spaceId": room.pk}), 403)
    refused(call("DELETE", f"{LINKS}/{link.pk}", link.secret), 401)
    refused(call("PATCH", f"/v1/spaces/{room.pk}", token, {"metadata": {}}), 403)
    claimed = shown(call("POST", EXCHANGE, body={"token": link.secret, "email": "gwen@guest.example"}))["token"]
    assert Guest.objects.filter(email="gwen@guest.example").count() == 0
    assert seen(claimed) == [room.pk]


ENDS = {
    "revoked": lambda ada, link: revoke_shared_link(ada.actor, link),
    "made anew": lambda ada, link: create_shared_link(ada.actor, link.space),
    "space without shared_link": lambda ada, link: update_space(
        ada.actor, link.space, guest_authentication=["magic_link"]
    ),
    "environment without shared_link": lambda ada, link: update_environment(
        ada.actor, link.environment, guest_authentication=["magic_link"]
    ),
    "archived": lambda ada, link: archive_space(ada.actor, link.space),
    "deleted": lambda ada, link: link.space.delete(),
}


@db
@pytest.mark.parametrize("end", ENDS)
def test_the_link_and_its_tokens_die_with(end, ada, link, development):
    """security.md, rulings 4 and 22, row 61."""
    token, secret = token_by(link), link.secret
    next_one = call("POST", "/v1/auth/refresh-token", body=token).json()["accessToken"]
    assert seen(token) == seen(next_one) == [link.space_id]

    ENDS[end](ada, fresh(link))

    assert seen(token) == seen(next_one) == 401
    assert shown(call("POST", EXCHANGE, body={"token": secret})) == {"valid": False}


@db
@pytest.mark.parametrize("place", ["space", "environment"])
def test_switching_shared_links_on_again_revives_nothing(place, ada, link, room, development):
    token = token_by(link)
    change = {"space": (update_space, room), "environment": (update_environment, development)}[place]
    for ways in (["magic_link"], ["magic_link", "shared_link"]):
        change[0](ada.actor, type(change[1]).objects.get(pk=change[1].pk), guest_authentication=ways)

    assert seen(token) == 401
    with pytest.raises(SharedLinkEnded):
        use_shared_link(link.pk, Origin())
    assert seen(token_by(create_shared_link(ada.actor, Space.objects.get(pk=room.pk)))) == [room.pk]


@db
def test_a_space_out_of_the_archive_is_shared_as_before(ada, link, room):
    archive_space(ada.actor, room)
    unarchive_space(ada.actor, room)

    assert seen(token_by(link)) == [room.pk]


@db
def test_an_end_ends_the_link_and_what_was_given_by_it(ada, link, room):
    update_shared_link(ada.actor, link, expires_at=timezone.now() + timedelta(minutes=30))
    token = token_by(link)

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert seen(token) == []
        with pytest.raises(SharedLinkEnded):
            use_shared_link(link.pk, Origin())


@db
def test_a_password_is_asked_for_counted_and_never_shown(ada, room):
    link = create_shared_link(ada.actor, room, password=PASSWORD)
    ask = {"token": link.secret}

    refused(call("POST", EXCHANGE, body=ask), 400, "wrong_link_password")
    refused(call("POST", EXCHANGE, body=ask | {"password": "open sesame?"}), 400, "wrong_link_password")
    assert seen(shown(call("POST", EXCHANGE, body=ask | {"password": PASSWORD}))["token"]) == [room.pk]
    statuses = {call("POST", EXCHANGE, body=ask | {"password": "x"}).status_code for _ in range(8)}
    assert statuses == {400}
    refused(call("POST", EXCHANGE, body=ask | {"password": PASSWORD}), 429)
    assert Event.objects.filter(topic="shared-link:refused").count() == 10
    assert PASSWORD not in repr(list(Event.objects.values())) + repr(SharedLink.objects.values().get())


@db
def test_who_guesses_from_everywhere_keeps_nobody_out_who_came_in_before(ada, room, monkeypatch):
    monkeypatch.setattr(shared, "ALL_TRIES", Limit("test: passwords for a link", 3, timedelta(hours=1)))
    link, other = (create_shared_link(ada.actor, place, password=PASSWORD) for place in (room, sibling(room)))

    def tried(link, ip, password=PASSWORD):
        try:
            return bool(use_shared_link(link.pk, Origin(ip=ip), password=password))
        except (WrongLinkPassword, TooManyAttempts) as problem:
            return problem.status

    assert tried(link, "192.0.2.1") is True
    guessed = [tried(link, f"203.0.{number}.1", "guess") for number in range(5)]

    assert guessed == [400] * 3 + [429] * 2
    assert tried(link, "192.0.2.77") is True, "the network of who came in before"
    assert tried(link, "198.51.100.1") == 429
    assert tried(other, "198.51.100.1") is True


@db
def test_it_is_made_read_changed_and_revoked_by_api(secret_key, pat, room):
    made = shown(call("POST", LINKS, secret_key, {"spaceId": room.pk, "mostUses": 2, "password": PASSWORD}))
    assert (made["works"], made["hasPassword"], made["mostUses"], made["uses"]) == (True, True, 2, 0)
    secret = made["url"].removeprefix(f"{settings.PUBLIC_URL}/shared/")

    assert shown(call("GET", f"{LINKS}?spaceId={room.pk}", pat)) == [made]
    changed = shown(call("PATCH", f"{LINKS}/{made['id']}", pat, {"mostUses": None, "password": None}))
    assert (changed["url"], changed["hasPassword"], "mostUses" in changed) == (made["url"], False, False)
    assert shown(call("POST", EXCHANGE, body={"token": secret}))["valid"]
    shown(call("DELETE", f"{LINKS}/{made['id']}", pat))
    shown(call("DELETE", f"{LINKS}/{made['id']}", pat))
    assert shown(call("GET", LINKS, pat)) == []
    refused(call("PATCH", f"{LINKS}/{made['id']}", pat, {"mostUses": 3}), 404)
    topics = set(Event.objects.filter(domain="shared-link").values_list("topic", flat=True))
    assert topics == {"shared-link:created", "shared-link:updated", "shared-link:revoked"}
    assert secret not in repr(list(Event.objects.values()))


@db
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"expiresAt": "2020-01-01T00:00:00Z"}, "bad_expiry"),
        ({"password": "short"}, "link_password_too_short"),
        ({"mostUses": 0}, ""),
        ({"uses": 0}, ""),
    ],
)
def test_what_makes_no_sense_is_refused(given, code, pat, room):
    refused(call("POST", LINKS, pat, {"spaceId": room.pk} | given), 400, code)
    assert not SharedLink.objects.exists()


@db
def test_a_space_without_shared_links_gets_none(pat, room):
    Space.objects.filter(pk=room.pk).update(guest_authentication=["magic_link"])

    refused(call("POST", LINKS, pat, {"spaceId": room.pk}), 409, "shared_link_off")


@db
def test_opening_the_link_uses_nothing_and_one_press_leads_in(link, room):
    """security.md, ruling 9, rows 54 and 60."""
    path, phone = f"/shared/{link.secret}", Client()
    for method in ("get", "head"):
        getattr(Client(), method)(path)
    opened = phone.get(path)
    assert (opened.status_code, opened["Location"]) == (302, "/shared")
    assert opened["Referrer-Policy"] == "no-referrer"
    page = phone.get("/shared")
    assert room.name in page.content.decode()
    assert link.secret not in page.content.decode() + str(phone.cookies)
    assert (SharedLink.objects.get().uses, Guest.objects.count()) == (0, 0)

    entered = phone.post("/shared")

    assert entered["Location"] == f"/space/{room.pk}"
    assert phone.get(entered["Location"]).status_code == 200
    phone.get(path)
    assert phone.get("/shared")["Location"] == f"/space/{room.pk}"
    assert SharedLink.objects.get().uses == 1
    assert call("GET", "/v1/spaces", HTTP_COOKIE=f"gsid={phone.cookies['gsid'].value}").status_code == 401


@db
def test_the_page_asks_for_the_password_and_says_when_it_is_wrong(ada, room):
    link, phone = create_shared_link(ada.actor, room, password=PASSWORD), Client()
    phone.get(f"/shared/{link.secret}")

    assert "that is not it" in phone.post("/shared", {"password": "wrong"}).content.decode()
    assert phone.post("/shared", {"password": PASSWORD})["Location"] == f"/space/{room.pk}"


@db
def test_ended_and_unknown_links_look_alike(ada, link):
    revoke_shared_link(ada.actor, link)
    pages = []
    for secret in (link.secret, "share_" + "0" * 36, "x"):
        phone = Client()
        phone.get(f"/shared/{secret}")
        pages.append([phone.get("/shared").content, phone.post("/shared").status_code])

    assert pages[0] == pages[1] == pages[2]


@db
def test_a_new_pepper_needs_no_old_one_for_a_shared_link(link, settings):
    settings.TOKEN_PEPPERS = ["q" * 40, *settings.TOKEN_PEPPERS]
    assert seen(token_by(link)) == [link.space_id]
    call_command("rotate_secrets")

    settings.TOKEN_PEPPERS = settings.TOKEN_PEPPERS[:1]
    assert digested()["shared links"].get().pepper_mark
    assert shown(call("POST", EXCHANGE, body={"token": link.secret}))["valid"]


@pytest.mark.django_db(transaction=True)
def test_a_link_for_five_lets_in_five_of_thirty_at_once(ada, room):
    link = create_shared_link(ada.actor, room, most_uses=5)

    results = at_once([lambda: use_shared_link(link.pk, Origin()) for _ in range(30)])

    tokens = [result for result in results if isinstance(result, AccessToken)]
    assert len(tokens) == 5, results
    assert all(isinstance(result, SharedLinkEnded) for result in results if result not in tokens)
    assert (SharedLink.objects.get().uses, Grant.objects.count()) == (5, 5)
    Counter.objects.all().delete()
