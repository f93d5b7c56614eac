"""A crash shows nothing of what was in memory: no report, no core file."""

import resource
import signal
import subprocess
from contextlib import contextmanager

import pytest
from clients import client_of
from contents import fill
from portal import REPOSITORY, STOP_SECONDS, Portal

# Those for which Swift's runtime has a report: registers, with the memory that they point to.
FATAL = [signal.SIGILL, signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGTRAP, signal.SIGABRT, signal.SIGQUIT]


# A thread that waits for a file, then writes where nothing is.
FAULT = """
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static void *wait_and_fault(void *name) {
    while (access(name, F_OK) != 0) usleep(10000);
    *(volatile int *)8 = 1;
    return NULL;
}

__attribute__((constructor)) static void begin(void) {
    pthread_t thread;
    if (getenv("FAULT_WHEN")) pthread_create(&thread, NULL, wait_and_fault, getenv("FAULT_WHEN"));
}
"""


@contextmanager
def crashing_portal(directory):
    """A portal that will not end well, started where core files are allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    before = core_files(directory)
    portal = Portal(directory)
    resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
    try:
        portal.wait_until_ready()
        yield portal
    finally:
        portal.process.kill()
        portal.process.wait()
    assert core_files(directory) == before


def core_files(directory) -> set:
    return {file for place in (directory, REPOSITORY) for file in place.glob("*core*") if file.is_file()}


@pytest.mark.parametrize("number", FATAL, ids=lambda number: number.name)
def test_signal(tmp_path, number):
    with crashing_portal(tmp_path) as portal:
        before = len(portal.log)
        portal.process.send_signal(number)
        assert portal.process.wait(STOP_SECONDS) == -number
        assert portal.log[before:] == ""


def test_fault_of_its_own(tmp_path, monkeypatch):
    """Not told by anybody else: an address that is none, with a secret within reach."""
    library, trigger = tmp_path / "fault.so", tmp_path / "now"
    compiler = ["clang", "-shared", "-fPIC", "-x", "c", "-", "-o", library]
    subprocess.run(compiler, input=FAULT, text=True, check=True)
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("FAULT_WHEN", str(trigger))
    with crashing_portal(tmp_path) as portal, client_of(portal) as client:
        fill(portal, client)
        before = len(portal.log)
        trigger.touch()
        assert portal.process.wait(STOP_SECONDS) == -signal.SIGSEGV
        assert portal.log[before:] == ""
