"""An account whose first environment has many keys and whose administrator has many tokens."""

from __future__ import annotations

from config.setup import open_account
from environments.models import ApiKey
from lib import crypto
from tokens.models import PersonalAccessToken
from tools.bench import rows


def account(number: int) -> tuple[str, str, str]:
    """The id of the environment, and the e-mail and password that open its pages."""
    email, password = f"crowd{number}@bench.example", crypto.random_text(20)
    opened = open_account(name=f"Crowd {number}", email=email, password=password, reason="bench")
    place, member = opened.environments[0], opened.member
    own, other = f"{number} * 1000000 + n", rows.text(f"'crowd{number}.' || n")
    key = ApiKey.objects.filter(environment=place, type="SECRET")[0]
    rows.multiply(key, number - 2, id=rows.number("us_key_", own), digest=other)  # two are there already
    token = PersonalAccessToken.objects.create(
        account=opened.account, member=member, name="Nightly", **crypto.peppered(crypto.mint_token("pat_"))
    )
    rows.multiply(token, number - 1, id=rows.number("us_pat_", own), digest=other)
    return place.pk, email, password
