"""What a provider may say to a refresh token, what apps are told, and how the person mends it."""

import time
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

import pytest
from answer import Answer
from judged_portal import running_judged_portal
from playwright.sync_api import expect
from portal import wait_for
from refusals import expect_refusal


@dataclass(frozen=True)
class Case:
    """An answer, what it is called, and what it means once the access token has expired."""

    answer: Answer
    word: str
    reason: str = "refresh_failing"
    outcome: str = "known"
    # Seconds until the next attempt.
    again: tuple[int, int] = (22, 38)


PASSING = {
    "empty 400": Case(Answer(400), "status_400"),
    "503 with Retry-After": Case(Answer(503, headers={"Retry-After": "120"}), "status_503", again=(121, 133)),
    "429 with Retry-After": Case(Answer(429, headers={"Retry-After": "7"}), "status_429", again=(8, 9)),
    "500": Case(Answer(500), "status_500", outcome="uncertain", again=(4, 6)),
    "200 that says nothing": Case(Answer.of({}), "missingAccessToken", outcome="uncertain", again=(4, 6)),
    "401 for the app": Case(
        Answer.of({"error": "invalid_client"}, 401), "invalid_client", "oauth_app_rejected", again=(180, 300)
    ),
}
FINAL = {
    "400": Answer.of({"error": "invalid_grant"}, 400),
    "200 with an error": Answer.of({"error": "invalid_grant", "error_description": "revoked"}),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running_judged_portal(tmp_path_factory.mktemp) as app:
        yield app


def seconds_until(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp() - time.time()


def expect_passing(details: dict, case: Case) -> None:
    assert details["error"] == case.word
    assert case.again[0] - 2 <= seconds_until(details["nextAttemptAt"]) <= case.again[1]
    assert details["retryAfter"] <= case.again[1]


@pytest.mark.parametrize("case", PASSING.values(), ids=PASSING)
def test_passing_trouble(case, app):
    """An access token that lives is served, and one that expired is not; then everything goes on."""
    living, expired = app.connect(), app.connect(expires_in=1)
    with app.judge.saying(case.answer):
        answer = living.refresh()
        expect_passing(expect_refusal(answer, 503, "PROVIDER_UNAVAILABLE"), case)
        assert int(answer.headers["retry-after"]) <= case.again[1]
        seen = living.look()
        assert (seen["status"], seen["statusReason"], living.events()) == ("ACTIVE", None, [])
        refresh = {name: seen["refresh"][name] for name in ("failures", "lastError", "outcome")}
        assert refresh == {"failures": 1, "lastError": case.word, "outcome": case.outcome}
        living.expect_usable()

        # Tried before its expiry and, where that is soon enough, after it.
        expired.wait_for_refresh(failures=1)
        wait_for(lambda: seconds_until(expired.look()["expiresAt"]) < 0, 3, lambda: "not expired")
        expect_refusal(expired.credentials(), 503, "PROVIDER_UNAVAILABLE")
        details = expect_refusal(expired.refresh(), 503, "PROVIDER_UNAVAILABLE")
        assert (details["reason"], expired.look()["statusReason"]) == (case.reason, case.reason)
        assert expired.events() == [case.reason]
        asked = app.judge.answered
        for _ in range(5):
            expect_refusal(expired.credentials(), 503, "PROVIDER_UNAVAILABLE")
        assert app.judge.answered == asked, "as often as the plan says"
    for kept in (living, expired):
        assert kept.refresh().status_code == 200
        kept.expect_usable()
    assert expired.events() == [case.reason, "recovered"]


def test_no_refresh_token_in_the_answer(app):
    """The old one goes on to work."""
    kept = app.connect()
    tokens = {"access_token": "another-access-token", "token_type": "Bearer", "expires_in": 3600}
    with app.judge.saying(Answer.of(tokens)):
        for _ in range(2):
            assert kept.refresh().status_code == 200
            assert kept.access_token() == tokens["access_token"]
    assert kept.grant.shown == []
    assert kept.refresh().status_code == 200
    assert kept.grant.shown == [0]
    kept.expect_usable()


@pytest.mark.parametrize("answer", FINAL.values(), ids=FINAL)
def test_final_answer(answer, app, new_context):
    """The person comes by the link that the app was given, and connects again."""
    kept = app.connect(end_user=token_urlsafe())
    with app.judge.saying(answer):
        details = expect_refusal(kept.refresh(), 424, "REAUTHORIZATION_REQUIRED")
    assert (details["reason"], details["connectionId"]) == ("reauthorization_required", kept.id)
    seen = kept.look()
    assert (seen["status"], seen["statusReason"]) == ("ERROR", "reauthorization_required")
    assert seen["refresh"]["nextAttemptAt"] is None
    details = expect_refusal(kept.credentials(), 424, "REAUTHORIZATION_REQUIRED")

    page = new_context("phone").new_page()
    page.goto(details["connectUrl"])
    page.get_by_role("button", name="Reconnect").click()
    page.get_by_role("button", name="Continue to Acme").click()
    expect(page.locator(".notice.good")).to_contain_text("Connected")
    seen = kept.look()
    assert (seen["status"], seen["statusReason"]) == ("ACTIVE", None)
    assert kept.events() == ["reauthorization_required", "reconnected"]
    # What she allowed anew works, and is renewed.
    *_, kept.grant = app.judge.grants.values()
    kept.expect_usable()
    assert kept.refresh().status_code == 200
    kept.expect_usable()
