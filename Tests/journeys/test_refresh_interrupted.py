"""A refresh that something comes between: new tokens are stored, or it is said that they are lost."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from answer import Answer
from judged_portal import running_judged_portal
from portal import STOP_SECONDS
from refusals import expect_refusal


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running_judged_portal(tmp_path_factory.mktemp) as app:
        yield app


@pytest.fixture
def start():
    """Does something in a thread of its own."""
    with ThreadPoolExecutor(1) as threads:
        yield threads.submit


def test_caller_goes_away(app, start):
    kept = app.connect()
    impatient = httpx.Client(base_url=app.client.base_url, headers=app.client.headers, timeout=0.5)
    with app.judge.holding() as hold, impatient:
        caller = start(impatient.post, f"/connections/{kept.id}/refresh")
        hold.wait_for_request()
        assert isinstance(caller.exception(), httpx.ReadTimeout)
    kept.wait_for_refresh()
    kept.expect_usable()
    assert kept.grant.shown == [0]


def test_stop(app, start):
    """SIGTERM waits for the answer, which is written down."""
    kept = app.connect()
    process = app.portal.process
    with app.judge.holding() as hold:
        caller = start(kept.refresh)
        hold.wait_for_request()
        app.begin_to_stop()
        assert process.poll() is None
    assert process.wait(STOP_SECONDS) == 0
    answer = caller.result()
    assert (answer.status_code, answer.json()["connection"]["refresh"]["failures"]) == (200, 0)
    app.start()
    kept.expect_usable()
    assert kept.grant.shown == [0]
    assert kept.refresh().status_code == 200
    kept.expect_usable()


@pytest.fixture
def lose_answer(app, start):
    """Kills the process after the provider has answered, or `before` it has decided."""

    def lose_answer(kept, *, before: bool = False) -> None:
        with app.judge.holding(before=before) as hold:
            caller = start(kept.refresh)
            hold.wait_for_request()
            app.kill()
        assert isinstance(caller.exception(), httpx.TransportError)

    return lose_answer


def test_killed_before_the_provider_saw_it(app, lose_answer):
    """Its answer comes when nobody is there any more."""
    kept = app.connect(is_graceful=True)
    lose_answer(kept, before=True)
    app.start()
    kept.wait_for_refresh()
    kept.expect_usable()


def test_answer_is_lost_and_given_again(app, lose_answer):
    kept = app.connect(is_graceful=True)
    lose_answer(kept)
    assert kept.grant.generation == 1
    app.start()
    refreshed = kept.wait_for_refresh()
    assert (refreshed["status"], refreshed["refresh"]["outcome"]) == ("ACTIVE", "known")
    kept.expect_usable()
    assert kept.grant.shown == [0, 0]
    assert kept.refresh().status_code == 200
    kept.expect_usable()


def expect_lost(kept) -> None:
    seen = kept.wait_for(status="ERROR")
    assert (seen["statusReason"], seen["refresh"]["nextAttemptAt"]) == ("refresh_outcome_unknown", None)
    assert kept.events() == ["refresh_outcome_unknown"]
    details = expect_refusal(kept.credentials(), 424, "REAUTHORIZATION_REQUIRED")
    assert (details["reason"], details["connectionId"]) == ("refresh_outcome_unknown", kept.id)
    assert httpx.get(details["connectUrl"], follow_redirects=True).status_code == 200


def test_answer_is_lost_for_good(app, lose_answer):
    kept = app.connect(end_user="ada")
    lose_answer(kept)
    app.start()
    expect_lost(kept)
    assert kept.grant.shown == [0, 0]
    app.portal.restart()
    expect_lost(kept)
    assert kept.grant.is_over
    assert kept.grant.shown == [0, 0], "nobody asks once more"


def test_forced_after_the_answer_was_lost(app, lose_answer):
    """It does not help, and the connection goes on to say what had happened."""
    kept = app.connect(end_user="ada")
    lose_answer(kept)
    app.start()
    expect_lost(kept)
    details = expect_refusal(kept.refresh(), 424, "REAUTHORIZATION_REQUIRED")
    assert details["reason"] == "refresh_outcome_unknown"
    expect_lost(kept)


def test_answer_is_lost_and_the_provider_is_down(app, lose_answer):
    """What an overloaded provider says in between does not tell what became of the first request."""
    kept = app.connect(end_user="grace")
    lose_answer(kept)
    app.judge.say_once(Answer(503))
    app.start()
    seen = kept.wait_for_refresh(failures=1)
    assert seen["refresh"]["lastError"] == "status_503"
    assert seen["refresh"]["outcome"] == "uncertain"
    assert kept.refresh().status_code == 424
    expect_lost(kept)
