"""A client that behaves well, asks all the time on new connections, and knows how long it waited."""

import statistics
import time
from threading import Event, Thread

import httpx
from portal import wait_for

PAUSE_SECONDS = 0.1


class HealthyClient:
    def __init__(self, portal):
        self.seconds: list[float] = []
        self.problems: list[str] = []
        self._address = f"{portal.url}/api/v1/workspaces"
        self._headers = {"Authorization": f"Bearer {portal.api_key}"}
        self._is_ending = Event()
        self._thread = Thread(target=self._ask)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._is_ending.set()
        self._thread.join()

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def longest(self) -> float:
        return max(self.seconds)

    def wait_for_answers(self, number: int) -> None:
        goal = len(self.seconds) + number
        wait_for(lambda: len(self.seconds) >= goal, 30, lambda: f"{self.problems}")

    def _ask(self) -> None:
        # From an address of its own, and each time on a new connection. Certificates are loaded for nothing otherwise.
        none_kept = httpx.Limits(max_keepalive_connections=0)
        transport = httpx.HTTPTransport(verify=False, local_address="127.0.3.1", limits=none_kept)
        with httpx.Client(transport=transport, timeout=10) as client:
            while not self._is_ending.wait(PAUSE_SECONDS):
                begin = time.monotonic()
                try:
                    status = client.get(self._address, headers=self._headers).status_code
                except httpx.TransportError as error:
                    status = repr(error)
                self.seconds.append(time.monotonic() - begin)
                if status != 200:
                    self.problems.append(f"a healthy request: {status}")
