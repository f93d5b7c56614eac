"""SIGTERM under load: what was done is acknowledged and there after the next start, and no answer is an error of ours."""

import signal
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import httpx
from clients import client_of, slugs
from portal import STOP_SECONDS, wait_for

AT_ONCE = 12
BEFORE_STOP = 150
# What a proxy asks again elsewhere: the connection ended before an answer, or there was none.
NO_ANSWER = (httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError)


def test_under_load(start_portal):
    portal = start_portal()
    acknowledged, statuses, numbers, over = {"default"}, [], count(), Event()

    def work() -> None:
        with client_of(portal) as client:
            while not over.is_set():
                slug = f"load-{next(numbers)}"
                try:
                    answer = client.post("/workspaces", json={"name": "Load", "slug": slug})
                except NO_ANSWER:
                    return
                statuses.append(answer.status_code)
                if answer.status_code == 201:
                    acknowledged.add(slug)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        workers = [threads.submit(work) for _ in range(AT_ONCE)]
        wait_for(lambda: len(acknowledged) > BEFORE_STOP, 30, lambda: f"only {len(acknowledged)} in time")
        portal.process.send_signal(signal.SIGTERM)
        assert portal.process.wait(STOP_SECONDS) == 0, portal.log
        over.set()
    for worker in workers:
        worker.result()
    assert set(statuses) == {201}
    portal.start()
    portal.wait_until_ready()
    with client_of(portal) as client:
        assert slugs(client) == acknowledged


def test_while_pages_listen(start_sqlite_portal):
    """An open stream of a session's events ends, instead of keeping the program."""
    portal = start_sqlite_portal()
    body = {"integrationName": "sandbox", "connectionName": "a", "externalId": "a", "workspaceId": portal.workspace_id}
    with client_of(portal) as client:
        token = client.post("/connect/token", json=body).json()["token"]
        with client.stream("GET", "/connect/session/events", params={"token": token}) as stream:
            lines = stream.iter_lines()
            assert "retry: 2000" in lines
            portal.process.send_signal(signal.SIGTERM)
            assert portal.process.wait(STOP_SECONDS) == 0
            assert not [line for line in lines if "FAILED" in line], "the session goes on after the start"
    portal.start()
    portal.wait_until_ready()
    with client_of(portal) as client:
        assert client.post("/connect/session/poll", json={"token": token}).json()["status"] == "PENDING"


def test_killed_at_any_moment(start_sqlite_portal):
    portal = start_sqlite_portal()
    acknowledged = {"default"}
    for round_number in range(3):
        with client_of(portal) as client, ThreadPoolExecutor(AT_ONCE) as threads:
            made = [threads.submit(make, client, f"round-{round_number}-{number}") for number in range(200)]
            wait_for(lambda made=made: sum(one.done() for one in made) > 60, 20, lambda: "too slow")
            portal.process.kill()
            portal.process.wait()
            acknowledged |= {one.result() for one in made} - {None}
        portal.start()
        portal.wait_until_ready()
        with client_of(portal) as client:
            assert slugs(client) >= acknowledged
    assert len(acknowledged) > 180


def make(client: httpx.Client, slug: str) -> str | None:
    """The slug, once it is acknowledged."""
    try:
        answer = client.post("/workspaces", json={"name": "Load", "slug": slug})
    except NO_ANSWER:
        return None
    return slug if answer.status_code == 201 else None
