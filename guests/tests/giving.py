"""Guests over the API, as most tests of them have them: created, changed, and what they then hold."""

from events.models import Event
from guests.models import Guest
from tests.knock import call, shown
from tests.places import token_of

ADDRESS = "guest@example.com"


def create(credential, environment, *spaces, email=ADDRESS, **body):
    return call("POST", "/v1/guests", credential, body_of(environment, *spaces, email=email, **body))


def body_of(environment, *spaces, email=ADDRESS, **body):
    return {"environmentId": environment.pk, "email": email, "name": "Mr. Guest", "spaces": list(spaces)} | body


def patch(credential, guest, **body):
    return call("PATCH", f"/v1/guests/{guest['id']}", credential, body)


def ids(*parts):
    return [{"id": part.pk} for part in parts]


def topics():
    return list(
        Event.objects.filter(topic__contains="uest").order_by("created_at", "id").values_list("topic", flat=True)
    )


def held(guest):
    """What the guest's own token finds: spaces, workbooks and sheets by id."""
    token = token_of(Guest.objects.get(pk=guest["id"]))
    paths = {"spaces": "/v1/spaces?pageSize=100", "workbooks": "/v1/workbooks"}
    found = {name: {one["id"] for one in shown(call("GET", path, token))} for name, path in paths.items()}
    sheets = [shown(call("GET", f"/v1/sheets?workbookId={id}", token)) for id in found["workbooks"]]
    return found | {"sheets": {sheet["id"] for some in sheets for sheet in some}}
