"""The page with very many keys: as few queries as with ten, light enough for a phone, and nothing lost on the way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from environments.actions import rotate_key, set_secret
from environments.models import ApiKey
from lib import crypto
from lib.ids import new_id

pytestmark = pytest.mark.django_db
MOST_BYTES = 150_000


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def many(environment, number):
    """That many keys more, of long names; every tenth of them is being replaced by the next."""
    made = []
    for count in range(number):
        id = new_id("us_key_")
        common = {"account_id": environment.account_id, "environment": environment, "type": "SECRET", "id": id}
        shown = {"name": f"A key with a rather long name for where it is {count}", "hint": "sk_…a1B2"}
        made.append(ApiKey(**common, **shown, digest=id, sealed=crypto.seal("sk_x", id)))
    ApiKey.objects.bulk_create(made)


def queries_of(browser, address):
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(address)
    assert answer.status_code == 200
    return len(captured), answer


def test_a_thousand_keys_cost_what_ten_do(browser, ada, development):
    address = reverse("keys", args=[development.pk])
    for number in range(30):
        set_secret(ada.actor, development, name=f"A_SECRET_WITH_A_RATHER_LONG_NAME_{number}", value="x")
    many(development, 10)
    rotate_key(ada.actor, development.keys.first(), overlap="24h")
    with_ten, _ = queries_of(browser, address)

    many(development, 990)
    for key in development.keys.live().filter(ends_at=None)[:10]:
        if not key.rotated_from_id:
            rotate_key(ada.actor, key, overlap="24h")
    with_thousand, answer = queries_of(browser, address)

    assert with_thousand <= with_ten + 1
    assert with_thousand <= 12
    assert len(answer.context["keys"]) == 25
    assert len(answer.content) <= MOST_BYTES


def test_an_open_dialog_alone_is_light(browser, development):
    many(development, 40)
    key = development.keys.first()

    answer = browser.get(reverse("key_delete", args=[development.pk, key.pk]), headers={"X-Dialog": "1"})

    assert answer.content.decode().strip().startswith("<dialog")
    assert len(answer.content) < 4_000


def test_every_key_stands_on_exactly_one_page(browser, ada, development):
    many(development, 60)
    rotated = [rotate_key(ada.actor, key, overlap="24h").key for key in development.keys.order_by("created_at")[:5]]
    seen, after = [], None
    while True:
        context = browser.get(reverse("keys", args=[development.pk]), {"after": after} if after else {}).context
        for row in context["keys"]:
            seen += [row.key.pk, *([row.old.key.pk] if row.old else [])]
        after = context["older_keys"]
        if after is None:
            break

    assert sorted(seen) == sorted(development.keys.live().values_list("pk", flat=True))
    assert {key.pk for key in rotated} <= set(seen)


def test_a_key_of_a_later_page_is_revealed_where_it_stands(browser, ada, development):
    key = development.keys.get(type="SECRET")
    many(development, 40)
    after = browser.get(reverse("keys", args=[development.pk])).context["older_keys"]
    address = f"{reverse('key_reveal', args=[development.pk, key.pk])}?after={after}"

    dialog = browser.get(address).content.decode()
    answer = browser.post(address)

    assert f'action="{address}"' in dialog
    assert key.text in answer.content.decode()
    assert key.pk in [row.key.pk for row in answer.context["keys"]]
    assert len(answer.context["keys"]) < 25


def test_a_key_revealed_from_elsewhere_is_shown_on_top(browser, development):
    key = development.keys.get(type="SECRET")
    many(development, 40)

    answer = browser.post(reverse("key_reveal", args=[development.pk, key.pk]))

    assert answer.context["keys"][0].key == key
    assert key.text in answer.content.decode()


def test_a_deed_leads_back_to_the_page_it_came_from(browser, development):
    many(development, 60)
    after = browser.get(reverse("keys", args=[development.pk])).context["older_keys"]
    key = browser.get(reverse("keys", args=[development.pk]), {"after": after}).context["keys"][0].key

    answer = browser.post(f"{reverse('key_rename', args=[development.pk, key.pk])}?after={after}", {"name": "Here"})

    assert answer["Location"] == f"{reverse('keys', args=[development.pk])}?after={after}"
    assert "Here" in browser.get(answer["Location"]).content.decode()


def test_other_parameters_are_not_taken_along(browser, development):
    key = create_key_of(development)

    html = browser.get(
        reverse("key_delete", args=[development.pk, key.pk]), {"next": "//evil.example"}
    ).content.decode()

    assert "evil.example" not in html


def create_key_of(environment):
    many(environment, 1)
    return environment.keys.last()
