"""Clients that take their time with a head, a body or the reading, while others are served as ever."""

import resource
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from select import select
from urllib.parse import urlsplit

import httpx
import pytest
from portal import wait_for
from raw_client import connect, read_to_the_end, statuses

SLOW_CLIENTS = 200
HEAD_SECONDS = 10
# The part of all connections that one address may have.
SHARE = 10


def test_slow_heads(start_sqlite_portal):
    """Two hundred send a byte each second. A healthy request takes no second, and after ten seconds they are gone."""
    portal = start_sqlite_portal()
    head = f"GET /health HTTP/1.1\r\nHost: {urlsplit(portal.url).netloc}\r\nX-Slow: aaaaaaaaaaaaaaaaaaaa".encode()
    with ExitStack() as opened:
        start = time.monotonic()
        clients = [opened.enter_context(connect(portal.url)) for _ in range(SLOW_CLIENTS)]
        slowest = 0.0
        for number in range(HEAD_SECONDS - 1):
            for client in clients:
                client.sendall(head[number : number + 1])
            asked = time.monotonic()
            assert httpx.get(f"{portal.url}/ready").status_code == 200
            slowest = max(slowest, time.monotonic() - asked)
            wait_for(lambda second=start + number + 1: time.monotonic() >= second, 5, lambda: "the clock stands")
        assert slowest < 1
        answers = [read_to_the_end(client) for client in clients]
        assert [statuses(answer) for answer in answers] == [[408]] * SLOW_CLIENTS
        assert HEAD_SECONDS <= time.monotonic() - start < HEAD_SECONDS + 5


def test_crowd_of_one_address(start_sqlite_portal):
    """An address has its share of the port. When the port is full, whoever is connected is served, and others wait."""
    portal = start_sqlite_portal(PORTAL_MAX_CLIENTS=str(4 * SHARE))
    with ExitStack() as opened, ThreadPoolExecutor(1) as threads:
        regular = opened.enter_context(httpx.Client(base_url=portal.url))
        assert regular.get("/health").status_code == 200
        crowd = []
        for address in ("127.0.0.2", "127.0.0.3", "127.0.0.4"):
            clients = [opened.enter_context(connect(portal.url, source=address)) for _ in range(SHARE + 1)]
            # One more than the share is closed at once; which one, the event loops decide among them.
            [surplus] = select(clients, [], [], 5)[0]
            assert was_closed(surplus)
            crowd += [client for client in clients if client is not surplus]
        crowd += [opened.enter_context(connect(portal.url)) for _ in range(SHARE - 1)]
        waiting = threads.submit(httpx.get, f"{portal.url}/health", timeout=HEAD_SECONDS)
        for _ in range(20):
            assert regular.get("/health").status_code == 200
        assert not waiting.done()
        crowd.pop().close()
        crowd.pop(0).close()
        assert waiting.result().status_code == 200


def was_closed(client) -> bool:
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.fixture
def few_open_files():
    """A limit that whoever is started now inherits, of which at first even less may be used."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.prlimit(0, resource.RLIMIT_NOFILE, (512, before[1]))
    yield
    resource.prlimit(0, resource.RLIMIT_NOFILE, before)


def test_limit_on_open_files(start_sqlite_portal, few_open_files):
    portal = start_sqlite_portal(PORTAL_MAX_CLIENTS="1000")
    assert "PORTAL_MAX_CLIENTS" not in portal.log
    soft, hard = resource.prlimit(portal.process.pid, resource.RLIMIT_NOFILE)
    assert 1000 < soft <= hard
