"""Spaces by API: list over all environments, create with any key, get."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lib.ids import new_id
from spaces.actions import create_space
from spaces.models import Space
from tests.knock import alike, call, refused, shown

pytestmark = pytest.mark.django_db

SPACES = "/v1/spaces"
FIELDS = {"id", "name", "environmentId", "guestAuthentication", "createdAt", "updatedAt", "metadata", "labels"}


def names(answer):
    return [one["name"] for one in shown(answer)]


@pytest.fixture
def spaces(ada, development, production):
    """a, b, c in development and d in production, a minute apart."""
    made = []
    for minute, (name, place) in enumerate(
        [("a", development), ("b", development), ("c", development), ("d", production)]
    ):
        space = create_space(ada.actor, place, name=name, namespace="red" if name in "ab" else "blue", app_id="app")
        Space.objects.filter(pk=space.pk).update(created_at=timezone.now() + timedelta(minutes=minute))
        made.append(space)
    return made


def test_a_pat_lists_the_spaces_of_all_environments_newest_first(pat, spaces):
    answer = call("GET", SPACES, pat)

    assert names(answer) == ["d", "c", "b", "a"]
    assert answer.json()["pagination"] == {"currentPage": 1, "pageCount": 1, "totalCount": 4}
    assert all(one.keys() >= FIELDS for one in shown(answer))


def test_a_secret_key_lists_its_own_environment_even_when_asked_for_another(secret_key, spaces, production):
    assert names(call("GET", SPACES, secret_key)) == ["c", "b", "a"]
    assert names(call("GET", f"{SPACES}?environmentId={production.pk}", secret_key)) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=B", ["b"]),
        ("search=%25", []),
        ("search=_", []),
        ("namespace=red", ["b", "a"]),
        ("app=app", ["d", "c", "b", "a"]),
        ("appId=app", ["d", "c", "b", "a"]),
        ("app=unknown", []),
        ("isCollaborative=true", []),
        ("isCollaborative=false", ["d", "c", "b", "a"]),
        ("isAppTemplate=true", []),
        ("isAppTemplate=false", ["d", "c", "b", "a"]),
        ("sortField=name&sortDirection=asc", ["a", "b", "c", "d"]),
        ("sortField=createdAt&sortDirection=desc&pageSize=2&pageNumber=2", ["b", "a"]),
        ("pageSize=3&pageNumber=2", ["a"]),
        ("pageNumber=9", []),
        ("somethingElse=x", ["d", "c", "b", "a"]),
    ],
)
def test_the_list_is_filtered_sorted_and_paged(pat, spaces, query, found):
    assert names(call("GET", f"{SPACES}?{query}", pat)) == found


def test_archived_spaces_are_left_out_unless_asked_for(pat, spaces):
    Space.objects.filter(name="a").update(archived_at=timezone.now())

    assert names(call("GET", SPACES, pat)) == ["d", "c", "b"]
    assert names(call("GET", f"{SPACES}?archived=true", pat)) == ["d", "c", "b", "a"]


@pytest.mark.parametrize(
    "field",
    ["name", "workbooksCount", "filesCount", "environmentId", "createdByUserName", "createdAt", "lastActivityAt"],
)
def test_every_documented_order_is_answered(pat, spaces, field):
    for direction in ("asc", "desc"):
        assert len(names(call("GET", f"{SPACES}?sortField={field}&sortDirection={direction}", pat))) == 4


@pytest.mark.parametrize(
    "query",
    [
        "sortField=name",
        "sortDirection=asc",
        "sortField=account__name&sortDirection=asc",
        "sortField=name&sortDirection=up",
        "archived=1",
        "archived=yes",
        "pageSize=0",
        "pageSize=-1",
        "pageSize=ten",
        "search=" + "a" * 256,
    ],
)
def test_a_question_we_cannot_read_is_refused(pat, query):
    refused(call("GET", f"{SPACES}?{query}", pat), 400, "invalid_input")


def test_our_cursor_leads_through_all_pages(pat, spaces):
    seen, after = [], ""
    while after is not None:
        answer = call("GET", f"{SPACES}?pageSize=2&after={after}", pat)
        seen += names(answer)
        after = answer.json()["next"]

    assert seen == ["d", "c", "b", "a"]


def test_a_hundred_spaces_elsewhere_change_no_byte_of_a_list(pat, secret_key, spaces, sam, lumen):
    before = [alike(call("GET", f"{SPACES}?search=a", one)) for one in (pat, secret_key)]

    for place in lumen.environments:
        Space.objects.bulk_create(Space(account=lumen.account, environment=place, name="a") for _ in range(50))

    assert [alike(call("GET", f"{SPACES}?search=a", one)) for one in (pat, secret_key)] == before


def test_a_space_of_another_environment_or_account_looks_like_a_missing_one(
    secret_key, pat, ada, sam, production, lumen
):
    missing = f"{SPACES}/{new_id('us_sp_')}"
    near = create_space(ada.actor, production)
    far = create_space(sam.actor, lumen.environments[0])

    for credential, space in ((secret_key, near), (secret_key, far), (pat, far)):
        assert alike(call("GET", f"{SPACES}/{space.pk}", credential)) == alike(call("GET", missing, credential))
