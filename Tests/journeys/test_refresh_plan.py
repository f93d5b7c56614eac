"""When tokens are renewed: ahead of their expiry, spread out, and before a refresh token dies of idleness."""

import time
from datetime import datetime
from uuid import uuid4

import pytest
from clients import client_of

GRANT = {
    "type": "OAUTH2",
    "integrationName": "sandbox",
    "authMethodKey": "oauth2",
    "displayName": "Notes",
    "accessToken": "an access token",
}
MINUTE, HOUR, DAY = 60, 3600, 86400
# Seconds that an access token lives, and in how many it is renewed, at the earliest and at the latest.
PLANS = {
    "a minute": (MINUTE, 24, 30),
    "an hour": (HOUR, HOUR - 600, HOUR - 300),
    "a day": (DAY, DAY - 600, DAY - 300),
    "a month": (30 * DAY, 6.3 * DAY, 7 * DAY),
    "for ever": (None, 6.3 * DAY, 7 * DAY),
}
CONNECTIONS = 30


@pytest.fixture(scope="module")
def waits(start_sqlite_portal):
    """In how many seconds each of some connections, made one after the other, is looked at again."""
    with client_of(start_sqlite_portal()) as client:

        def wait(**fields) -> float | None:
            answer = client.post("/connections", json=GRANT | {"externalId": str(uuid4())} | fields)
            assert answer.status_code == 201, answer.text
            refresh = answer.json()["connection"]["refresh"]
            return refresh and datetime.fromisoformat(refresh["nextAttemptAt"]).timestamp() - time.time()

        yield lambda **fields: [wait(**fields) for _ in range(CONNECTIONS)]


@pytest.mark.parametrize("plan", PLANS)
def test_ahead_of_time(plan, waits):
    lifetime, earliest, latest = PLANS[plan]
    found = waits(refreshToken="a refresh token", expiresIn=lifetime)
    assert all(earliest - 2 <= wait <= latest for wait in found), found
    assert max(found) - min(found) > (latest - earliest) / 4, "what is made at one moment is not renewed at one"


def test_nothing_to_renew_with(waits):
    """It is looked at once more when it ends; what never ends is left alone."""
    assert all(HOUR - 2 <= wait <= HOUR for wait in waits(expiresIn=HOUR))
    assert set(waits()) == {None}
