"""The API of accounts and people: /accounts/current, /users, /roles."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from accounts.models import Member, Role, RoleAssignment, User
from lib.ids import new_id
from tests.knock import alike, call, refused, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(northwind):
    """Seven more members, a minute apart, with names and addresses that sort the other way round."""
    start = timezone.now() + timedelta(minutes=1)
    users = [User(email=f"{letter}@crowd.example", name=letter) for letter in "abcdefg"]
    User.objects.bulk_create(users)
    return Member.objects.bulk_create(
        Member(
            account=northwind.account,
            user=user,
            name=f"Person {'gfedcba'[number]}",
            created_at=start + timedelta(minutes=number),
            last_seen_at=start if number % 2 else None,
            dashboard=number,
        )
        for number, user in enumerate(users)
    )


def names(answer):
    return [one["name"] for one in shown(answer)]


def test_the_current_account_is_the_credentials(northwind, pat, secret_key):
    for credential in (pat, secret_key):
        account = shown(call("GET", "/v1/accounts/current", credential))

        assert (account["id"], account["name"]) == (northwind.account.pk, "Northwind")
        assert account.keys() >= {"id", "name", "metadata", "createdAt", "updatedAt"}


def test_a_person_of_two_accounts_sees_the_one_of_the_credential(northwind, lumen, ada, sam, pat):
    Member.objects.create(account=lumen.account, user=ada.member.user, name="Ada elsewhere")

    assert shown(call("GET", "/v1/accounts/current", pat))["id"] == northwind.account.pk
    assert "Ada elsewhere" not in names(call("GET", "/v1/users", pat))


def test_a_user_has_the_fields_the_sdk_reads(ada, pat):
    user = shown(call("GET", f"/v1/users/{ada.member.pk}", pat))

    assert user.keys() >= {"id", "email", "name", "accountId", "idp", "metadata", "createdAt", "updatedAt"}
    assert user["id"] == ada.member.pk
    assert user["email"] == ada.email
    assert user["createdAt"].endswith("Z")


def test_the_list_is_paged_by_twenty(crowd, pat, northwind):
    User.objects.bulk_create(User(email=f"n{number}@crowd.example") for number in range(20))
    Member.objects.bulk_create(
        Member(account=northwind.account, user=user, name="n") for user in User.objects.filter(email__startswith="n")
    )

    answer = call("GET", "/v1/users", pat)

    assert len(shown(answer)) == 20
    assert answer.json()["pagination"] == {"currentPage": 1, "pageCount": 2, "totalCount": 28}


def test_the_newest_come_first(crowd, pat):
    assert names(call("GET", "/v1/users?pageSize=3", pat)) == ["Person a", "Person b", "Person c"]


def test_pages_do_not_overlap(crowd, pat):
    seen = [one for number in (1, 2, 3) for one in names(call("GET", f"/v1/users?pageSize=3&pageNumber={number}", pat))]

    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize(
    ("field", "first"),
    [("name", "Ada Marsh"), ("email", "Person g"), ("created_at", "Ada Marsh"), ("dashboard", "Person g")],
)
def test_the_list_is_sorted_by_what_is_asked_for(crowd, pat, field, first):
    ascending = names(call("GET", f"/v1/users?sortField={field}&sortDirection=asc", pat))

    assert ascending[0] == first


@pytest.mark.parametrize(
    "field", ["email", "name", "id", "idp", "idp_ref", "created_at", "updated_at", "last_seen_at", "dashboard"]
)
@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_every_documented_order_is_answered(crowd, pat, field, direction):
    assert len(names(call("GET", f"/v1/users?sortField={field}&sortDirection={direction}", pat))) == 8


def test_what_has_no_value_comes_last_either_way(crowd, pat):
    for direction in ("asc", "desc"):
        users = shown(call("GET", f"/v1/users?sortField=last_seen_at&sortDirection={direction}", pat))

        assert ["lastSeenAt" in one for one in users] == [True] * 3 + [False] * 5


def test_an_order_that_is_not_documented_is_refused(pat):
    for query in ("sortField=password", "sortField=user__password", "sortField=-name", "sortDirection=up"):
        refused(call("GET", f"/v1/users?{query}", pat), 400, "invalid_input")


def test_a_person_is_found_by_address_in_any_case(crowd, pat):
    assert names(call("GET", "/v1/users?email=A@Crowd.example", pat)) == ["Person g"]
    assert names(call("GET", "/v1/users?email=a@crowd", pat)) == []


@pytest.mark.parametrize(
    ("search", "found"),
    [("person G", ["Person g"]), ("a@CROWD", ["Person g"]), ("%", []), ("_", []), ("ad", ["Ada Marsh"])],
)
def test_search_looks_into_names_and_addresses_and_knows_no_wildcards(crowd, pat, search, found):
    assert names(call("GET", f"/v1/users?search={quote(search)}", pat)) == found


def test_search_says_nothing_of_other_accounts(crowd, sam, pat):
    answer = call("GET", "/v1/users?search=lumen", pat)

    assert shown(answer) == []
    assert answer.json()["pagination"]["totalCount"] == 0


def test_a_hundred_members_elsewhere_change_no_byte_of_a_list(northwind, pat, lumen):
    before = alike(call("GET", "/v1/users", pat))

    User.objects.bulk_create(User(email=f"m{number}@lumen.example") for number in range(100))
    Member.objects.bulk_create(
        Member(account=lumen.account, user=user, name="m") for user in User.objects.filter(email__startswith="m")
    )

    assert alike(call("GET", "/v1/users", pat)) == before


def test_a_member_of_another_account_looks_like_a_missing_one(sam, pat):
    for rest in ("", "/roles"):
        foreign = call("GET", f"/v1/users/{sam.member.pk}{rest}", pat)

        refused(foreign, 404, "not_found")
        assert alike(foreign) == alike(call("GET", f"/v1/users/{new_id('us_usr_')}{rest}", pat))


def test_the_roles_of_a_member_name_role_actor_and_resource(ada, northwind, pat):
    (assignment,) = shown(call("GET", f"/v1/users/{ada.member.pk}/roles", pat))

    assert assignment["roleId"] == northwind.account.roles.get(name="Admin").pk
    assert assignment["actorId"] == ada.member.pk
    assert assignment["resourceId"] == northwind.account.pk
    assert assignment["id"].startswith("us_acr_")


def test_a_role_on_an_environment_names_it_as_resource(uma, northwind, development, pat):
    role = northwind.account.roles.get(name="Admin")
    RoleAssignment.objects.create(account=northwind.account, role=role, member=uma.member, environment=development)

    resources = {one["resourceId"] for one in shown(call("GET", f"/v1/users/{uma.member.pk}/roles", pat))}

    assert resources == {northwind.account.pk, development.pk}


def test_the_roles_of_the_account_are_three(northwind, lumen, pat):
    roles = shown(call("GET", "/v1/roles", pat))

    assert {one["name"] for one in roles} == {"Admin", "User", "Guest"}
    assert {one["accountId"] for one in roles} == {northwind.account.pk}
    assert Role.objects.count() == 6


def test_no_answer_about_people_holds_a_password_or_a_login(ada, pat):
    for path in ("/v1/users", f"/v1/users/{ada.member.pk}", f"/v1/users/{ada.member.pk}/roles", "/v1/accounts/current"):
        text = call("GET", path, pat).content.decode()

        assert str(ada.member.user_id) not in text
        assert ada.member.user.password not in text


def test_a_secret_key_reads_no_roles(ada, secret_key):
    for path in ("/v1/roles", f"/v1/users/{ada.member.pk}/roles"):
        assert refused(call("GET", path, secret_key), 403)["action"] == "accounts.view_role"
