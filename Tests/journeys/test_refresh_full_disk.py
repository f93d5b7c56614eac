"""A disk that is full loses no token silently: nothing is asked for, or what is lost is said."""

import resource
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
from judged_portal import running_judged_portal
from portal import wait_for
from refusals import expect_refusal

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running_judged_portal(tmp_path_factory.mktemp, PORTAL_LOG_LEVEL="critical") as app:
        yield app


@contextmanager
def full_disk(app):
    """No file of the portal's can be written, as if there were no room."""
    pid = app.portal.process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, UNLIMITED)


def is_refused_for_now(kept) -> bool:
    answer = kept.credentials()
    return answer.status_code == 503 and answer.json()["code"] == "SERVICE_UNAVAILABLE"


def test_full_before(app):
    """What cannot be written down is not begun."""
    living, expiring = app.connect(), app.connect(expires_in=2)
    with full_disk(app):
        expect_refusal(living.refresh(), 503, "SERVICE_UNAVAILABLE")
        # No credentials leave without their entry in the audit log.
        expect_refusal(living.credentials(), 503, "SERVICE_UNAVAILABLE")
        wait_for(lambda: is_refused_for_now(expiring), 5, lambda: expiring.credentials().text)
    assert living.grant.shown == expiring.grant.shown == []
    expiring.wait_for_refresh()
    expiring.expect_usable()
    assert living.refresh().status_code == 200
    living.expect_usable()


def test_full_when_the_answer_comes(app):
    """New tokens wait for room, and so does who asked for them."""
    kept = app.connect(is_graceful=False)
    with ThreadPoolExecutor(1) as threads, app.judge.holding() as hold:
        caller = threads.submit(kept.refresh)
        hold.wait_for_request()
        with full_disk(app):
            app.judge.release(hold)
            wait_for(lambda: kept.grant.shown == [0], 5, lambda: kept.grant.shown)
            for _ in range(3):
                refused = kept.client.patch(f"/connections/{kept.id}", json={"displayName": "Full"})
                expect_refusal(refused, 503, "SERVICE_UNAVAILABLE")
            assert not caller.done()
        assert caller.result().status_code == 200
    kept.expect_usable()
    assert kept.grant.shown == [0]


def test_stopped_while_full(app):
    """What could not be written down by the end is lost, and said."""
    kept = app.connect(is_graceful=False)
    with ThreadPoolExecutor(1) as threads, app.judge.holding() as hold:
        caller = threads.submit(kept.refresh)
        hold.wait_for_request()
        with full_disk(app):
            app.judge.release(hold)
            wait_for(lambda: kept.grant.shown == [0], 5, lambda: kept.grant.shown)
            app.kill()
        caller.exception()
    app.start()
    assert kept.wait_for(status="ERROR")["statusReason"] == "refresh_outcome_unknown"
    assert kept.grant.is_over
