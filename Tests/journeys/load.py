"""An app that goes on working while something happens to the portal."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event
from uuid import uuid4

import httpx
from clients import client_of
from creations import creations
from portal import wait_for

# What the portal, or nginx before it, may say while the trouble lasts.
PASSING = {502, 503, 504}
KINDS = ("GET /workspaces", "POST /workspaces", "POST /connect/token")
PATIENCE_SECONDS = 60


class Load:
    """Reads, creates and mints all the time; what was refused for now is sent again with the same idempotency key.

    Every other answer must be right, and what was acknowledged must be seen by whoever reads next.
    """

    def __init__(self, portal):
        self.acknowledged: set[str] = set()
        self.problems: list[str] = []
        self._portal = portal
        self._answered, self._refused = Counter(), Counter()
        self._is_ending, self._gives_up = Event(), Event()
        self._threads = ThreadPoolExecutor(len(KINDS))

    def __enter__(self):
        self._jobs = [self._threads.submit(self._go_on, action) for action in (self._read, self._create, self._mint)]
        return self

    def __exit__(self, error, *_):
        """Waits until everything that was begun is acknowledged, unless the test has failed already."""
        self._is_ending.set()
        _, unfinished = wait(self._jobs, 0 if error else PATIENCE_SECONDS)
        self._gives_up.set()
        self._threads.shutdown()
        if not error:
            assert not unfinished, f"refused to the end: {self._refused}"
            for job in self._jobs:
                job.result()

    def wait_for_answers(self, number: int = 10) -> None:
        """Until every kind of request was answered so many times more."""
        self._wait_for_more(self._answered, number)

    def wait_for_refusals(self, number: int = 3) -> None:
        """Until every kind of request was refused for now so many times more."""
        self._wait_for_more(self._refused, number)

    def _wait_for_more(self, counts: Counter, number: int) -> None:
        goals = {kind: counts[kind] + number for kind in KINDS}
        wait_for(
            lambda: all(counts[kind] >= goal for kind, goal in goals.items()),
            PATIENCE_SECONDS,
            lambda: f"answered {self._answered}, refused {self._refused}, problems {self.problems[:3]}",
        )

    def _go_on(self, action) -> None:
        with client_of(self._portal) as client:
            while not self._is_ending.is_set():
                action(client)

    def _read(self, client: httpx.Client) -> None:
        there = len(self.acknowledged)
        answer = self._ask(client, "GET", "/workspaces")
        if answer and answer.json()["total"] < there:
            self.problems.append(f"of {there} acknowledged workspaces only {answer.json()['total']} are there")

    def _create(self, client: httpx.Client) -> None:
        self.acknowledged.add(self._insist(client, "/workspaces"))

    def _mint(self, client: httpx.Client) -> None:
        self._insist(client, "/connect/token")

    def _insist(self, client: httpx.Client, path: str) -> str:
        """Posts until it is answered; returns the name of what was made."""
        name = f"load-{uuid4()}"
        body = creations(self._portal.workspace_id, name)[path]
        # An integration that every portal has.
        body |= {"integrationName": "openai"} if "integrationName" in body else {}
        request = {"json": body, "headers": {"Idempotency-Key": name}}
        while self._ask(client, "POST", path, **request) is None and not self._gives_up.is_set():
            pass
        return name

    def _ask(self, client: httpx.Client, method: str, path: str, **request) -> httpx.Response | None:
        """The answer, or none where it was refused for now."""
        answer = client.request(method, path, **request)
        kind = f"{method} {path}"
        if answer.status_code in PASSING:
            self._refused[kind] += 1
            if answer.status_code == 503 and "retry-after" not in answer.headers:
                self.problems.append(f"{kind}: 503 without Retry-After")
            self._gives_up.wait(0.05)
            return None
        self._answered[kind] += 1
        if not answer.is_success:
            self.problems.append(f"{kind}: {answer.status_code} {answer.text}")
        return answer
