"""What access is given to, and guests who were given some of it: furniture of the tests."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from access.actors import Actor
from environments.models import Environment
from guests.credentials import begin_session
from guests.models import ClipShare, Grant, GrantPart, Guest
from spaces.actions import create_clip, fill_clip
from spaces.models import DataClip, Document, Record, Sheet, Space, Workbook
from tokens.credentials.guests import mint_guest_token, text_of
from tokens.models import AccessToken

FIELDS = [{"key": "name", "type": "string", "label": "Name"}, {"key": "age", "type": "number"}]


@dataclass
class Furnished:
    """A space with two workbooks of two sheets, two records in each, and a document."""

    space: Space
    workbooks: list[Workbook] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)


def furnish(environment: Environment, name: str = "Furnished", space: Space | None = None, **config: Any) -> Furnished:
    """Fill a space, or a new one of that name."""
    at = {"account_id": environment.account_id, "environment": environment}
    furnished = Furnished(space or Space.objects.create(**at, name=name, **config))
    for number in (1, 2):
        workbook = Workbook.objects.create(**at, space=furnished.space, name=f"Workbook {number}")
        furnished.workbooks.append(workbook)
        furnished.sheets += [add_sheet(workbook, f"sheet-{letter}") for letter in "ab"]
    furnished.documents.append(Document.objects.create(**at, space=furnished.space, title="Read me", body="# Hello"))
    return furnished


def add_sheet(workbook: Workbook, slug: str, **given: Any) -> Sheet:
    at = {"account_id": workbook.account_id, "environment": workbook.environment, "space_id": workbook.space_id}
    config = {"name": slug, "slug": slug, "fields": FIELDS}
    sheet = Sheet.objects.create(**at, workbook=workbook, name=slug, slug=slug, config=config, **given)
    for position in (1, 2):
        add_record(sheet, position, name=f"{slug} {position}", age=position)
    return sheet


def add_record(sheet: Sheet, position: int, **values: Any) -> Record:
    Sheet.objects.filter(pk=sheet.pk).update(records_count=position)
    cells = {key: {"value": value, "valid": True, "messages": []} for key, value in values.items()}
    text = " ".join(str(value).lower() for value in values.values())
    return Record.objects.create(account_id=sheet.account_id, sheet=sheet, position=position, values=cells, text=text)


def make_clip(actor: Actor, sheet: Sheet, *records: Record, name: str = "Clip") -> DataClip:
    """A clip of the sheet with these records of it."""
    clip = create_clip(actor, sheet, name=name)
    if records:
        fill_clip(actor, clip, [record.pk for record in records])
    return clip


def share(clip: DataClip, *guests: Guest) -> None:
    """Have guests of the clip's space work on it."""
    for guest in guests:
        ClipShare.objects.create(clip=clip, grant=Grant.objects.get(guest=guest, space_id=clip.space_id))


def make_guest(environment: Environment, email: str = "", **given: Any) -> Guest:
    return Guest.objects.create(account_id=environment.account_id, environment=environment, email=email, **given)


def give(
    guest: Guest,
    space: Space,
    *,
    workbooks: list[Workbook] | None = None,
    sheets: list[Sheet] | None = None,
    **given: Any,
) -> Grant:
    """A grant: of the whole space, or of what is listed; an empty list gives nothing."""
    limits = {"has_workbook_limit": workbooks is not None, "has_sheet_limit": sheets is not None}
    grant = Grant.objects.create(account_id=guest.account_id, guest=guest, space=space, **limits, **given)
    for workbook in workbooks or ():
        GrantPart.objects.create(grant=grant, workbook=workbook)
    for sheet in sheets or ():
        GrantPart.objects.create(grant=grant, sheet=sheet)
    return grant


def token_of(guest: Guest, **given: Any) -> str:
    """A guest's access token, as bearer."""
    return text_of(mint_guest_token(guest.pk, guest.account_id, timezone.now(), **given))


def come_in(guest: Guest) -> Client:
    """A browser in which the guest is signed in, on the pages of guests."""
    kind = AccessToken.Kind.GUEST_SESSION
    token = mint_guest_token(guest.pk, guest.account_id, timezone.now(), kind=kind)
    browser = Client()
    browser.cookies = begin_session(HttpResponse(), token).cookies
    return browser
