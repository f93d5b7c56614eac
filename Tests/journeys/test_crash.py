"""A crash shows nothing of what was in memory: no report, no core file."""

import re
import resource
import signal

import pytest
from clients import client_of
from contents import fill
from portal import REPOSITORY, STOP_SECONDS, Portal

# What a report of Swift's runtime has: a heading, registers, addresses with the bytes behind them.
REPORT = re.compile(r"Crash|Backtrac|Thread \d|Registers|\brip\b|0x[0-9a-f]{8}", re.IGNORECASE)
FATAL = [signal.SIGILL, signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGTRAP, signal.SIGABRT, signal.SIGQUIT]


@pytest.fixture
def crashing(tmp_path):
    """A portal that will not end well, started where core files are allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    before = core_files(tmp_path)
    portal = Portal(tmp_path)
    resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    try:
        portal.wait_until_ready()
        yield portal
    finally:
        portal.process.kill()
        portal.process.wait()
    assert core_files(tmp_path) == before


def core_files(directory) -> set:
    return {file for place in (directory, REPOSITORY) for file in place.glob("*core*") if file.is_file()}


@pytest.mark.parametrize("number", FATAL, ids=lambda number: number.name)
def test_signal(crashing, number):
    crashing.process.send_signal(number)
    assert crashing.process.wait(STOP_SECONDS) == -number
    assert not REPORT.search(crashing.log)


def test_crash_that_really_happens(crashing):
    """Memory ends while secrets are in it."""
    with client_of(crashing) as client:
        fill(crashing, client)
        crashing_at = len(crashing.log)
        resource.prlimit(crashing.process.pid, resource.RLIMIT_AS, (1 << 20, 1 << 20))
        for _ in range(200):
            if crashing.process.poll() is not None:
                break
            try_anything(client)
    assert crashing.process.wait(STOP_SECONDS) in {-number for number in FATAL}
    assert not REPORT.search(crashing.log[crashing_at:])


def try_anything(client) -> None:
    try:
        client.post("/connections", json={"integrationName": "x" * 60_000})
    except OSError:
        pass
    except Exception as error:
        assert type(error).__module__.startswith(("httpx", "httpcore"))
