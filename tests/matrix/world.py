"""Two accounts with one of everything, and one of every credential that may come knocking, alive and dead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from access.actions import Action
from access.actors import Actor
from access.actors import Role as RoleName
from accounts.models import Role, RoleAssignment
from config.setup import open_account
from conftest import PASSWORD, Browser, Person
from environments.actions import create_key, rotate_key, set_secret
from environments.models import ApiKey, Environment
from events.models import Event
from guests.actions import create_shared_link, issue_space_token, make_clip_link
from guests.credentials import shown_token
from lib.ids import new_id
from spaces.actions import create_space
from spaces.clip_forms import ConflictsForm
from spaces.models import DataClip, Sheet
from spaces.records.differences import compared
from tests.matrix.dead import dead_bearers, dead_sessions
from tests.matrix.minting import (
    REASON,
    Headers,
    aged,
    by_client,
    by_password,
    cookie_of,
    join,
    made_by,
    pat,
    person,
    refreshed,
)
from tests.places import furnish, give, make_clip, make_guest
from tokens.actions import create_client, create_token

PREFIXES = {
    "environment_id": "us_env_",
    "key_id": "us_key_",
    "secret_id": "us_sec_",
    "space_id": "us_sp_",
    "workbook_id": "us_wb_",
    "sheet_id": "us_sh_",
    "record_id": "us_rc_",
    "document_id": "us_dc_",
    "clip_id": "us_clip_",
    "guest_id": "us_g_",
    "shared_link_id": "us_sl_",
    "role_id": "us_rol_",
    "assignment_id": "us_acr_",
    "token_id": "us_pat_",
    "client_id": "us_cc_",
    "user_id": "us_usr_",
    "account_id": "us_acc_",
    "event_id": "us_evt_",
}


@dataclass
class World:
    """`api`, `pages`: column → what is presented, by name. `things`: relation → what placeholders stand for.

    `secrets`: what no answer to a mere question may hold.
    """

    people: dict[str, Person]
    things: dict[str, dict[str, str]]
    api: dict[str, dict[str, Headers]] = field(default_factory=dict)
    pages: dict[str, dict[str, Headers]] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, ...], Any] = field(default_factory=dict)


def build() -> World:
    ours = open_account(name="Northwind", email="ada@northwind.example", password=PASSWORD, person="Ada", reason=REASON)
    theirs = open_account(name="Lumen", email="sam@lumen.example", password=PASSWORD, person="Sam", reason=REASON)
    (development, production), foreign = ours.environments, theirs.environments[0]
    ada, sam, uma = person(ours.member), person(theirs.member), join(ours.account, "uma")
    own = things(development, ada, ada)
    people = {
        "ada": ada,
        "uma": uma,
        "dee": join(ours.account, "dee", environment=development),
        "gus": join(ours.account, "gus", RoleName.GUEST, space_id=own["space_id"]),
        "sam": sam,
    }
    world = World(people, relations(own, things(production, ada, uma), things(foreign, sam, sam)))
    own["access_token"] = by_password(ada)
    world.api = live_bearers(people, development, foreign) | {"dead": bearers(dead_bearers(ours.account, ada))}
    world.pages = live_sessions(people) | {"dead": sessions(dead_sessions(ours.account, ada))}
    world.api["dead"] |= without_bearer(pat(ada))
    # Uma was an administrator when hers were made; every one of them has to know better by now.
    RoleAssignment.objects.filter(member=uma.member).update(role=ours.account.roles.get(name=RoleName.USER.value))
    world.secrets = {key.pk: key.text for key in ApiKey.objects.filter(type=ApiKey.Type.SECRET)} | {
        f"{column}: {name}": headers["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
        for column in ("ada", "child", "fence", "scope", "uma", "dee", "gus", "sam")
        for name, headers in world.api[column].items()
    }
    return world


def relations(own: dict[str, str], beside: dict[str, str], foreign: dict[str, str]) -> dict[str, dict[str, str]]:
    """What a caller of ours may name: its own, its neighbour's, and what must not exist for it, in five ways."""
    return {
        "own": own,
        "beside": beside,
        "foreign": foreign,
        "missing": {name: new_id(prefix) for name, prefix in PREFIXES.items()},
        "malformed": {name: f"{own[name]}x" for name in PREFIXES},
        "in another case": {name: prefix + own[name][len(prefix) :].swapcase() for name, prefix in PREFIXES.items()},
        "of another kind": {name: own["key_id" if name == "space_id" else "space_id"] for name in PREFIXES},
    }


def things(environment: Environment, maker: Person, owner: Person) -> dict[str, str]:
    """One of everything in the environment, and of the owner's own."""
    key = create_key(maker.actor, environment, type=ApiKey.Type.SECRET, name="Spare").key
    rotating = create_key(maker.actor, environment, type=ApiKey.Type.SECRET, name="Rotating").key
    rotate_key(maker.actor, rotating, overlap="24h")
    space = create_space(maker.actor, environment, name="Thing")
    room = furnish(environment, space=space)
    clip = clip_in_conflict(owner.actor, room.sheets[0])
    guest = make_guest(environment, "gwen@guest.example")
    give(guest, space)
    role = Role.objects.get(account=environment.account_id, name=RoleName.GUEST.value)
    assigned = RoleAssignment.objects.create(account_id=environment.account_id, guest=guest, role=role, space=space)
    return {
        "environment_id": environment.pk,
        "environment_name": environment.name,
        "key_id": key.pk,
        "key_name": key.name,
        "rotating_key_id": rotating.pk,
        "secret_id": set_secret(maker.actor, environment, name="THING", value="of value").pk,
        "space_id": space.pk,
        "space_name": space.name,
        "workbook_id": room.workbooks[0].pk,
        "sheet_id": room.sheets[0].pk,
        "record_id": room.sheets[0].records.get(position=1).pk,
        "document_id": room.documents[0].pk,
        "clip_id": clip.pk,
        "clip_sheet_id": clip.sheet_id,
        "conflict_place": next(iter(ConflictsForm(records=list(compared(clip))).fields)),
        "clip_record_id": clip.sheet.records.get().pk,
        "guest_id": guest.pk,
        "shared_link_id": create_shared_link(maker.actor, space).pk,
        "space_token_id": issue_space_token(maker.actor, space).pk,
        "publishable_key": environment.keys.filter(type=ApiKey.Type.PUBLISHABLE).order_by("created_at").first().text,
        "role_id": Role.objects.get(account=environment.account_id, name=RoleName.USER.value).pk,
        "assignment_id": assigned.pk,
        "token_id": create_token(owner.actor, name="Thing").token.pk,
        "client_id": create_client(owner.actor).client.pk,
        "user_id": owner.member.pk,
        "account_id": environment.account_id,
        "event_id": Event.objects.get(subject_id=space.pk, action=Action.CREATE_SPACE).pk,
        "security_event_id": Event.objects.get(subject_id=key.pk, action=Action.CREATE_KEY).pk,
    }


def clip_in_conflict(maker: Actor, sheet: Sheet) -> DataClip:
    """A clip of one record that was changed on both sides since, with a link whose token has been shown."""
    clip = make_clip(maker, sheet, sheet.records.get(position=2))
    for record, name in ((clip.sheet.records.get(), "Clip"), (sheet.records.get(position=2), "Main")):
        record.values = record.values | {"name": {"value": name, "valid": True, "messages": []}}
        record.save()
    shown_token(make_clip_link(maker, clip), may_mint=True)
    return clip


def live_bearers(people: Mapping[str, Person], ours: Environment, theirs: Environment) -> dict[str, dict[str, Headers]]:
    ada = people["ada"]
    lasting, fresh, stale, client = pat(ada), by_password(ada), aged(by_password(ada)), by_client(ada)[1]
    found = {
        "ada": {"pat": lasting, "pat made by a fresh access token": made_by(fresh)},
        "fresh": {"access token": fresh, "refreshed access token": refreshed(fresh)},
        "stale": {"access token": stale, "refreshed access token": refreshed(stale)},
        "pair": {"access token": client, "refreshed access token": refreshed(client)},
        "child": {"of a pat": made_by(lasting), "of a stale token": made_by(stale), "of a pair": made_by(client)},
        "fence": {"pat": create_token(ada.actor, name="Fenced", environment=ours).secret},
        "scope": {"pat": create_token(ada.actor, name="Scoped", scopes=["keys:write"]).secret},
        "uma+": {"fresh access token": by_password(people["uma"])},
        "sam+": {"fresh access token": by_password(people["sam"])},
        "sk": {"secret key": first_key(ours, ApiKey.Type.SECRET), **rotating_keys(ours, ada)},
        "pk": {"publishable key": first_key(ours, ApiKey.Type.PUBLISHABLE)},
        "sam.sk": {"secret key": first_key(theirs, ApiKey.Type.SECRET)},
        **{name: {"pat": pat(people[name])} for name in ("uma", "dee", "gus", "sam")},
    }
    session = sessions({"a session": cookie_of(Browser().sign_in(ada))})
    return {name: bearers(texts) for name, texts in found.items()} | {"none": {"no credential": {}} | session}


def rotating_keys(environment: Environment, ada: Person) -> dict[str, str]:
    """Two keys in the overlap of a rotation: both work."""
    old = create_key(ada.actor, environment, type=ApiKey.Type.SECRET)
    new = rotate_key(ada.actor, old.key, overlap="1h")
    return {"secret key being replaced": old.secret, "secret key replacing it": new.secret}


def live_sessions(people: Mapping[str, Person]) -> dict[str, dict[str, Headers]]:
    """Everybody signed in a moment ago, and Ada once more as if it had been eleven minutes."""
    found = {name: sessions({"session": cookie_of(Browser().sign_in(one))}) for name, one in people.items()}
    stale = Browser().sign_in(people["ada"])
    stale.grow_stale()
    bearer = bearers({"a pat": pat(people["ada"])})
    return found | {"stale": sessions({"session": cookie_of(stale)}), "none": {"no credential": {}} | bearer}


def bearers(texts: Mapping[str, str]) -> dict[str, Headers]:
    return {name: {"HTTP_AUTHORIZATION": f"Bearer {text}"} for name, text in texts.items()}


def without_bearer(text: str) -> dict[str, Headers]:
    """A live token, presented as what it is not."""
    return {
        "a live token under another scheme": {"HTTP_AUTHORIZATION": f"Basic {text}"},
        "a live token under no scheme": {"HTTP_AUTHORIZATION": text},
    }


def sessions(cookies: Mapping[str, str]) -> dict[str, Headers]:
    return {name: {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={cookie}"} for name, cookie in cookies.items()}


def first_key(environment: Environment, type: ApiKey.Type) -> str:
    """The text of the key the environment was born with."""
    return environment.keys.filter(type=type).order_by("created_at").first().text
