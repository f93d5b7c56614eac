"""Providers that misbehave: each gives an error that says what is wrong, in its time and in bounded memory."""

import json
import re
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import pytest
from broken_connections import BROKEN
from evidence import kept_by, occurrences
from honest_answers import HONEST, SECRETS
from misbehaving import Behaviour, Conversation
from misbehaving_attempts import Attempt, Person
from misbehaving_providers import Providers, running_providers
from outcomes import Case, Connected, Failed, unlabelled
from portal import Portal, running_portal
from strange_accounts import ACCOUNT_ANSWERS
from strange_answers import BY_STATUS, ODD
from strange_tokens import TOKEN_ANSWERS

AT_ONCE = 64
GRACE_SECONDS = 3
HEALTHY_SECONDS = 1
MEMORY_KILOBYTES = 64 * 1024
LONGEST_DETAIL = 200
# How the transport's errors are classed (see ConnectFailure).
CODES = {
    "timedOut": "provider_timeout",
    "connectTimedOut": "provider_timeout",
    "bodyTooLarge": "invalid_response",
    "headersTooLarge": "invalid_response",
    "malformedResponse": "invalid_response",
    "connectionLost": "provider_unreachable",
    "connectionFailed": "provider_unreachable",
    "tlsFailed": "provider_unreachable",
}


def cases():
    for behaviour, error, seconds in BROKEN:
        failed = Failed(CODES[error], transport=error)
        yield Case(behaviour, "token", failed, seconds)
        yield Case(behaviour, "account", unlabelled(error), seconds)
        yield Case(behaviour, "key", failed, seconds)
    for behaviour, status in BY_STATUS:
        yield Case(behaviour, "token", Failed("provider_unavailable", status=status))
        yield Case(behaviour, "account", unlabelled(status))
        code = "credentials_rejected" if status in {401, 403, 404} else "provider_unavailable"
        yield Case(behaviour, "key", Failed(code, status=status))
    for behaviour in ODD:
        yield from (Case(behaviour, use, Connected()) for use in HONEST)
    yield from (Case(behaviour, "token", expected) for behaviour, expected in TOKEN_ANSWERS.items())
    yield from (Case(behaviour, "account", expected) for behaviour, expected in ACCOUNT_ANSWERS.items())


# The slow ones first: the others are done while they take their time.
CASES = sorted(cases(), key=lambda case: -case.seconds)
HEALTHY = Case(Behaviour("healthy", Conversation.answer), "account", Connected())


@dataclass
class Run:
    """All cases at once, and how the portal bore it."""

    providers: Providers
    portal: Portal
    attempts: dict[Case, Future]
    # Of healthy connections, in the midst of the others and after them.
    healthy: list[Attempt]
    kilobytes: int


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    directory = tmp_path_factory.mktemp("providers")
    with (
        running_providers([*CASES, HEALTHY], directory) as providers,
        running_portal(tmp_path_factory.mktemp("portal"), command="serve", **providers.settings) as portal,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        person = Person(portal)
        person.attempt(HEALTHY)
        before = peak_memory(portal)
        attempts = {case: pool.submit(person.attempt, case) for case in CASES}
        is_slow = {case: case.seconds > 0 for case in CASES}
        wait([attempt for case, attempt in attempts.items() if not is_slow[case]])
        healthy = [person.attempt(HEALTHY)]
        wait(attempts.values())
        healthy.append(person.attempt(HEALTHY))
        yield Run(providers, portal, attempts, healthy, peak_memory(portal) - before)


def peak_memory(portal) -> int:
    """In kilobytes."""
    status = Path(f"/proc/{portal.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_outcome(case, run):
    attempt = run.attempts[case].result()
    case.expected.check(attempt, case)
    assert attempt.seconds < case.seconds + GRACE_SECONDS


@pytest.mark.parametrize("case", CASES, ids=str)
def test_one_request(case, run):
    run.attempts[case].result()
    endpoint, behaviour = run.providers.endpoints[case], case.behaviour
    assert endpoint.connections == (behaviour.door == "open")
    assert len(endpoint.requests) <= 1
    if behaviour.reads and behaviour.is_reachable:
        [request] = endpoint.requests
        assert request.count(b"HTTP/1.1\r\n") == 1
        for unwanted in (b"\r\ncookie:", b"\r\naccept-encoding:", b"\r\nexpect:"):
            assert unwanted not in request.lower()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_timeline(case, run):
    """Its details are short and clean, whatever the provider said."""
    for detail in run.attempts[case].result().events.values():
        for text in [value for value in detail.values() if isinstance(value, str)]:
            assert len(text) <= LONGEST_DETAIL
            assert text.isprintable(), ascii(text)
        assert occurrences(SECRETS, {"the timeline": json.dumps(detail).encode()}) == []


def test_nobody_is_led_elsewhere(run):
    assert run.providers.trap.connections == 0


def test_no_secret_is_left_behind(run):
    places = kept_by(run.portal)
    assert b"exchange_failed" in b"".join(places.values()), "the database was searched"
    places |= {f"the page of {case}": attempt.result().page.encode() for case, attempt in run.attempts.items()}
    assert occurrences(SECRETS, places) == []


def test_no_page_is_broken(run):
    for attempt in run.attempts.values():
        assert "<script>alert" not in attempt.result().page


def test_memory(run):
    assert run.kilobytes < MEMORY_KILOBYTES


def test_healthy_provider(run):
    for attempt in run.healthy:
        HEALTHY.expected.check(attempt, HEALTHY)
        assert attempt.seconds < HEALTHY_SECONDS
