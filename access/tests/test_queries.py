"""A list and a decision are one computation: what a filter finds is what `can` allows, for everybody and everything."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Credential, Grant, Kind, Places, Resource, Role
from access.policy import Forbidden, can, reach
from access.queries import get_visible, possible, visible, within
from accounts.models import Account, Member
from environments.actions import set_secret
from environments.models import ApiKey, Environment, Secret
from events.actions import get_event, visible_events
from events.models import Event, Usage
from guests.actions import create_shared_link
from lib.ids import new_id
from lib.problems import NoCredential, NotFound
from spaces.actions import create_space
from spaces.models import Sheet, Space, Workbook
from tests.places import furnish, make_clip, make_guest
from tokens.actions import create_client, create_token
from tokens.models import PersonalAccessToken

pytestmark = pytest.mark.django_db

JUDGED = [model for model in apps.get_models() if hasattr(model, "facts") and hasattr(model, "resource")]


@pytest.fixture
def spaces(ada, sam, northwind, lumen):
    """One of everything in each environment of both accounts; the spaces, ours first."""
    made = []
    for person, opened in ((ada, northwind), (sam, lumen)):
        create_client(person.actor)
        create_token(person.actor, name="Nightly")
        for environment in opened.environments:
            set_secret(person.actor, environment, name="TOKEN", value="v")
            Usage.objects.create(
                account=opened.account,
                environment=environment,
                credential_id=new_id("us_key_"),
                kind="secret_key",
                day=timezone.now().date(),
                count=1,
            )
            made.append(create_space(person.actor, environment, name=environment.name))
            room = furnish(environment)
            make_clip(person.actor, room.sheets[0])
            make_guest(environment, "gus@guest.example")
            create_shared_link(person.actor, made[-1])
    return made


@pytest.fixture
def cast(ada, uma, sam, development, production, spaces):
    """Every kind of credential, freshness, role and place there is, by a name for the failure message."""
    create_token(uma.actor, name="Uma's")
    here, there = development.pk, production.pk
    roles = {
        "admin": (Grant(Role.ADMIN),),
        "user": (Grant(Role.USER),),
        "guest": (Grant(Role.GUEST),),
        "nothing": (),
        "admin of development": (Grant(Role.ADMIN, environment_id=here),),
        "user of production": (Grant(Role.USER, environment_id=there),),
        "guest of a space": (Grant(Role.GUEST, space_id=spaces[0].pk),),
        "guest here, admin there": (Grant(Role.GUEST, environment_id=here), Grant(Role.ADMIN, environment_id=there)),
    }
    kinds = {
        "session": ada.actor.credential,
        "stale session": Credential(Kind.SESSION),
        "password": Credential(Kind.PASSWORD, proven_at=ada.actor.at),
        "client": Credential(Kind.CLIENT),
        "pat": Credential(Kind.PAT),
        "child": Credential(Kind.PAT, is_child=True),
        "scoped": Credential(Kind.PAT, scopes=frozenset({"spaces:read", "keys:write"})),
    }
    people = {"ada": ada.actor, "uma": uma.actor, "sam": sam.actor}
    found = {
        f"{person}, {role}, {kind}": actor.but(grants=grants, credential=credential)
        for person, actor in people.items()
        for role, grants in roles.items()
        for kind, credential in kinds.items()
    }
    for kind in (Kind.SECRET_KEY, Kind.PUBLISHABLE_KEY):
        for place in (here, there):
            found[f"{kind} of {place}"] = Actor(
                "us_key_x", "key", ada.actor.account_id, Credential(kind), ada.actor.at, environment_id=place
            )
    for name, places in guests(here).items():
        for kind in (Kind.GUEST, Kind.SPACE, Kind.GUEST_SESSION):
            found[f"{name}, {kind}"] = Actor(
                "us_g_x", "guest", ada.actor.account_id, Credential(kind), ada.actor.at, here, places=places
            )
    fenced = ada.actor.but(credential=Credential(Kind.PAT), environment_id=there)
    return found | {
        "fenced token": fenced,
        "fenced to where it has no role": fenced.but(grants=roles["admin of development"]),
        "nobody": Actor.nobody(ada.actor.at),
        "system": Actor.system("test", ada.actor.at, ada.actor.account_id),
    }


def guests(environment_id):
    """What guests were given: everything, one thing of each kind, a clip, nothing, what lies elsewhere."""
    spaces, workbooks, sheets = (model.objects.order_by("pk") for model in (Space, Workbook, Sheet))
    here = {"environment_id": environment_id}
    space, workbook = spaces.filter(**here).last(), workbooks.filter(**here).first()
    sheet, clip = (sheets.filter(**here, is_clip=is_clip).first() for is_clip in (False, True))
    everything = frozenset(spaces.values_list("pk", flat=True))
    one = {"spaces": frozenset({space.pk})}
    opened = {"workbooks": frozenset({workbook.pk})}
    return {
        "guest of everything": Places(spaces=everything, whole_spaces=everything),
        "guest of a space": Places(**one, whole_spaces=one["spaces"]),
        "guest of a workbook": Places(**one, **opened, whole_workbooks=opened["workbooks"]),
        "guest of a sheet": Places(**one, **opened, sheets=frozenset({sheet.pk})),
        "guest of a clip": Places(
            clips=frozenset({clip.clip.pk}),
            clip_sheets=frozenset({clip.pk}),
            clip_workbooks=frozenset({clip.workbook_id}),
            reference_sheets=frozenset({sheet.pk}),
        ),
        "guest of their own clip": Places(**one, whole_spaces=one["spaces"], own_clips=frozenset({clip.clip.pk})),
        "guest of nothing": Places(),
    }


@pytest.mark.parametrize("model", JUDGED, ids=lambda model: model.__name__)
def test_a_filter_finds_exactly_what_can_allows(model, cast):
    rows = {row.pk: row.resource for row in model._default_manager.all()}
    assert rows
    for areas, (reached, who) in reaches(cast).items():
        found = set(within(model, reached).values_list("pk", flat=True))
        allowed = {pk for pk, resource in rows.items() if reached.contains(resource)}
        assert found == allowed, (who, reached.action, areas, found ^ allowed)


def reaches(cast):
    """Every Reach that somebody has for something, once, and an example of whose: only its areas matter here."""
    return {
        reached.areas: (reached, name)
        for name, actor in cast.items()
        for action in Action
        if (reached := reach(actor, action))
    }


def test_every_kind_of_thing_is_judged():
    assert {model._meta.label for model in JUDGED} == {
        "accounts.Account",
        "accounts.Member",
        "accounts.Role",
        "environments.ApiKey",
        "environments.Environment",
        "environments.Secret",
        "events.Usage",
        "guests.Guest",
        "guests.SharedLink",
        "spaces.DataClip",
        "spaces.Document",
        "spaces.Sheet",
        "spaces.Space",
        "spaces.Workbook",
        "tokens.ClientCredential",
        "tokens.PersonalAccessToken",
    }


def test_the_facts_of_a_model_are_the_facts_of_its_resource(cast):
    for model in JUDGED:
        for row in model._default_manager.all():
            facts = {model.facts[fact]: getattr(row.resource, fact) for fact in model.facts}
            assert None not in facts.values(), model
            assert model._default_manager.filter(pk=row.pk).filter(**facts).exists()


def test_the_log_shows_data_within_reach_and_security_to_administrators(cast):
    events = list(Event.objects.exclude(account_id=None))
    assert {event.audience for event in events} == {"data", "security"}
    for name, actor in cast.items():
        if reach(actor, Action.VIEW_EVENT).never:
            continue
        found = set(visible_events(actor).values_list("pk", flat=True))
        allowed = {event.pk for event in events if may_read(actor, event)}
        assert found == allowed, (name, found ^ allowed)


def may_read(actor, event):
    about = Resource("event", event.pk, event.account_id, event.environment_id, event.space_id)
    security = bool(can(actor, Action.VIEW_SECURITY_EVENT, about))
    is_others = event.subject_kind in ("guest", "clip") and event.subject_id not in (actor.id, *places_of(actor))
    if actor.kind.is_guest and is_others:
        return False
    return security or (event.audience == "data" and bool(can(actor, Action.VIEW_EVENT, about)))


def places_of(actor):
    return actor.places.clips if actor.places else ()


# Looking something up


def test_three_refusals_come_in_this_order(ada, uma, sam, development, django_assert_num_queries):
    """The kind of credential first, and nothing is looked up; then whether it exists for one; then the right."""
    key = development.keys.first()
    secret_key = Actor("us_key_x", "k", key.account_id, Credential(Kind.SECRET_KEY), ada.actor.at, development.pk)

    with django_assert_num_queries(0), pytest.raises(Forbidden):
        get_visible(ApiKey, secret_key, key.pk, to=Action.REVOKE_KEY)
    with pytest.raises(NotFound):
        get_visible(Environment, sam.actor, development.pk, to=Action.UPDATE_ENVIRONMENT)
    with pytest.raises(Forbidden):
        get_visible(Environment, uma.actor, development.pk, to=Action.UPDATE_ENVIRONMENT)

    assert get_visible(Environment, ada.actor, development.pk, to=Action.UPDATE_ENVIRONMENT) == development


def test_foreign_missing_and_malformed_are_one_answer(sam, spaces, development, django_assert_num_queries):
    for id in (spaces[0].pk, spaces[0].pk[:-1] + "0", development.pk):
        with pytest.raises(NotFound) as caught:
            get_visible(Space, sam.actor, id)
        assert caught.value.errors == NotFound().errors
    for id in ("", "x", spaces[0].pk + "x", spaces[0].pk.upper(), f"{spaces[0].pk}\0", None, 5):
        with django_assert_num_queries(0), pytest.raises(NotFound) as caught:
            get_visible(Space, sam.actor, id)
        assert caught.value.errors == NotFound().errors


@pytest.mark.parametrize("model", JUDGED, ids=lambda model: model.__name__)
def test_nobody_is_asked_for_a_credential_before_anything_is_looked_up(model, ada, django_assert_num_queries):
    nobody = Actor.nobody(ada.actor.at)

    for look in (lambda: visible(model, nobody), lambda: get_visible(model, nobody, "us_sp_0000000000000000000000")):
        with django_assert_num_queries(0), pytest.raises(NoCredential):
            look()


def test_a_publishable_key_lists_nothing(ada, development):
    key = Actor("us_key_x", "k", ada.actor.account_id, Credential(Kind.PUBLISHABLE_KEY), ada.actor.at, development.pk)

    for model in JUDGED:
        with pytest.raises(Forbidden):
            visible(model, key)
    with pytest.raises(Forbidden):
        get_event(key, "not even an id")


def test_a_fact_a_model_does_not_have_holds_for_none_of_its_rows(ada, development, spaces):
    """A guest of a space has no environment, account or key: those have no space."""
    guest = ada.actor.but(grants=(Grant(Role.ADMIN, space_id=spaces[0].pk),))

    assert list(visible(Space, guest)) == [spaces[0]]
    for model in (Environment, ApiKey, Secret):
        assert not visible(model, guest).exists()


def test_members_and_the_account_are_seen_by_whoever_is_in_it(ada, uma, northwind):
    bare = uma.actor.but(grants=())

    assert list(visible(Account, bare)) == [northwind.account]
    assert set(visible(Member, bare)) == {ada.member, uma.member}
    assert not visible(PersonalAccessToken, bare).exists()


def test_possible_raises_what_a_decision_would(ada):
    stale = ada.actor.but(credential=replace(ada.actor.credential, proven_at=None))

    with pytest.raises(Forbidden) as caught:
        possible(stale, Action.CREATE_KEY)

    assert caught.value.code == "fresh_proof_required"
