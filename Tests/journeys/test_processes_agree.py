"""What one of two processes knows, the other one acts on: keys, repeats, callbacks and limits."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from clients import slugs
from portal import API_KEY, wait_for
from two_portals import running_pair
from walk import CALLBACK, callback_address, consenting_provider, token_requests


@pytest.fixture(scope="module")
def clients(two_portals):
    """One of each process, past nginx."""
    with clients_of(two_portals.processes, two_portals.api_key) as clients:
        yield clients


@contextmanager
def clients_of(processes, api_key):
    headers = {"Authorization": f"Bearer {api_key}"}
    with ExitStack() as open_clients:
        yield [
            open_clients.enter_context(httpx.Client(base_url=f"{process.url}/api/v1", headers=headers))
            for process in processes
        ]


def at_the_same_moment(call, arguments) -> list:
    """Calls with each of the arguments, all together; returns the results."""
    barrier = Barrier(len(arguments))

    def start(argument):
        barrier.wait()
        return call(argument)

    with ThreadPoolExecutor(len(arguments)) as threads:
        return list(threads.map(start, arguments))


def test_revoked_key_is_refused_at_once(clients):
    for revoking, other in (clients, clients[::-1]) * 10:
        made = revoking.post("/api-keys", json={"name": "Short"}).json()
        headers = {"Authorization": f"Bearer {made['plainKey']}"}
        assert [client.get("/workspaces", headers=headers).status_code for client in clients] == [200, 200]
        assert revoking.delete(f"/api-keys/{made['apiKey']['id']}").status_code == 200
        assert other.get("/workspaces", headers=headers).status_code == 401


def test_expired_key_is_refused_at_once(clients):
    expiry = datetime.now(UTC) + timedelta(seconds=2)
    made = clients[0].post("/api-keys", json={"name": "Short", "expiresAt": expiry.isoformat()}).json()

    def statuses():
        headers = {"Authorization": f"Bearer {made['plainKey']}"}
        return [client.get("/workspaces", headers=headers).status_code for client in clients]

    assert statuses() == [200, 200]
    wait_for(lambda: statuses() and datetime.now(UTC) > expiry, 5, lambda: "the clock stands still")
    assert statuses() == [401, 401]


def test_same_idempotency_key_at_the_same_moment(clients):
    for _ in range(25):
        name = f"same-{uuid4()}"
        request = {"json": {"name": name, "slug": name}, "headers": {"Idempotency-Key": name}}
        answers = at_the_same_moment(lambda client: client.post("/workspaces", **request), clients * 2)
        assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
        assert name in slugs(clients[0])


@pytest.mark.parametrize("seconds", [0, 0.5])
def test_same_callback_at_the_same_moment(seconds, two_portals, clients):
    """Both show the outcome, however long the provider takes, which is asked once."""
    name = f"acme-{uuid4()}"
    requests_before = token_requests(two_portals.sandbox_url)
    with httpx.Client() as browser, consenting_provider(two_portals.sandbox_url, delay=seconds):
        address = urlsplit(callback_address(browser, two_portals.mint(name)))

        def outcome(process):
            headers = {"Host": address.netloc}
            answer = browser.get(f"{process.url}{CALLBACK}?{address.query}", headers=headers)
            assert answer.status_code == 303, answer.text
            return browser.get(process.url + answer.headers["location"], headers=headers).text

        pages = at_the_same_moment(outcome, two_portals.processes)
    assert ["is connected</h1>" in page for page in pages] == [True, True], pages
    assert token_requests(two_portals.sandbox_url) == requests_before + 1
    for client in clients:
        [connection] = client.get("/connections", params={"externalId": name}).json()["connections"]
        assert connection["status"] == "ACTIVE"


def test_rate_limit_is_shared(postgresql, tmp_path_factory):
    """Each process is at most a second behind the other, in which this asks each of them less than 20 times."""
    with running_pair(tmp_path_factory.mktemp, postgresql.settings() | {"PORTAL_RATE_LIMIT": "60"}) as pair:
        [key] = [key for portal in pair for key in API_KEY.findall(portal.log)]
        admitted = 0

        def are_used_up():
            nonlocal admitted
            statuses = [client.get("/workspaces").status_code for client in clients]
            admitted += statuses.count(200)
            return statuses == [429, 429]

        with clients_of(pair, key) as clients:
            wait_for(are_used_up, 20, lambda: f"{admitted} were admitted")
    lag, refill = 2 * 20, 5
    assert 60 <= admitted <= 60 + lag + refill
