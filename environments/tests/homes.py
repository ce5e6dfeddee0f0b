"""The home of an environment as a browser sees it, and keys that were used."""

from datetime import UTC, datetime, timedelta

from django.urls import reverse

from environments.models import ApiKey
from events.models import Usage
from lib import crypto


def home_of(environment):
    return reverse("home", args=[environment.pk])


def shown(browser, environment):
    answer = browser.get(home_of(environment))
    assert answer.status_code == 200
    return answer.content.decode()


def used(environment, name="Web", count=5, days=0):
    """A key that was used so often on a day."""
    key = ApiKey.objects.filter(environment=environment, name=name).first()
    if key is None:
        key = ApiKey(
            account_id=environment.account_id,
            environment=environment,
            type="SECRET",
            name=name,
            digest=f"{environment.pk} {name}",
        )
        key.sealed = crypto.seal("sk_x", key.pk)
        key.save()
    Usage.objects.create(
        account_id=environment.account_id,
        environment=environment,
        credential_id=key.pk,
        kind="secret_key",
        day=datetime.now(UTC).date() - timedelta(days=days),
        count=count,
    )
    return key
