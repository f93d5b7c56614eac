"""A clock that jumps a day ahead and back kills no connection, and no token is believed to live when it is dead."""

from pathlib import Path

import pytest
from judged_portal import running_judged_portal
from portal import wait_for


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    [library] = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
    # What counts seconds goes on as it does on a real machine.
    clock = {"LD_PRELOAD": str(library), "FAKETIME": "+0", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    with running_judged_portal(tmp_path_factory.mktemp, **clock) as app:
        yield app


def test_a_day_ahead_and_back(app):
    kept = app.connect()
    seen = kept.look()
    app.portal.restart(FAKETIME="+1d")
    ahead = kept.wait_for_refresh()
    kept.expect_usable()
    assert ahead["expiresAt"] > seen["expiresAt"]
    app.portal.restart(FAKETIME="+0")
    # Until its expiry is of this day again.
    wait_for(lambda: kept.look()["expiresAt"] < ahead["expiresAt"], 20, lambda: f"believed: {kept.look()}")
    kept.expect_usable()
    assert kept.grant.shown == [0, 1]
