"""Very many connections are due at once: how fast they are renewed, and what it costs."""

import json
import multiprocessing
import re
import sqlite3
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from judge import Judge
from judged_portal import JudgedPortal, judged_settings
from portal import Portal, running_portal
from token_grant import Grant

CREATORS = 8
IDLE_SECONDS = 3
SAMPLE_SECONDS = 0.25
PAUSE_SECONDS = 0.005


def burst(connections: int, provider_seconds: float = 0) -> None:
    """Prints the figures; the provider takes so long for an answer on average."""
    with tempfile.TemporaryDirectory() as root, distant_judge(provider_seconds) as judge:
        directory = Path(root, "portal")
        directory.mkdir()
        settings = judged_settings(judge, Path(root)) | {"PORTAL_LOG_LEVEL": "warning"}
        with running_portal(directory, command="serve", **settings) as portal:
            app = JudgedPortal(portal, judge)
            some_id, seconds = create(app, connections)
            print(f"{'created':25}{connections / seconds:7.0f} a second, {connections} in all")
            with asking(app, some_id, "API while nothing is due"):
                time.sleep(IDLE_SECONDS)
            assert portal.stop() == 0
            make_due(portal, connections)
            app.start()
            before = memory(portal)
            with asking(app, some_id, "API during the burst"):
                samples = drain(judge, connections)
            report_rates(samples, connections)
            print(f"{'resident memory':25}{before:7.1f} MiB at its start, {memory(portal):.1f} at its end")


class DistantJudge:
    """The judge in a process of its own, as far as others see it."""

    def __init__(self, url: str):
        self.url = url

    def new_grant(self) -> Grant:
        return Grant()


@contextmanager
def distant_judge(slowness: float):
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve_judge, args=(theirs, slowness))
    process.start()
    try:
        yield DistantJudge(ours.recv())
    finally:
        ours.send(None)
        process.join()


def serve_judge(pipe, slowness: float) -> None:
    judge = Judge()
    judge.slowness = slowness
    pipe.send(judge.url)
    pipe.recv()
    judge.stop()


def create(app: JudgedPortal, number: int) -> tuple[str, float]:
    """The id of one of them, and how long it took."""
    headers = {"Authorization": f"Bearer {app.portal.api_key}", "Content-Type": "application/json"}

    def create_some(count: int) -> str:
        with closing(connection_to(app.portal.url)) as connection:
            for _ in range(count):
                body = app.body(Grant(), expires_in=86400)
                connection.request("POST", "/api/v1/connections", json.dumps(body), headers)
                answer = connection.getresponse()
                made = json.loads(answer.read())
                assert answer.status == 201, made
        return made["connection"]["id"]

    begin = time.monotonic()
    shares = [number // CREATORS + (index < number % CREATORS) for index in range(CREATORS)]
    with ThreadPoolExecutor(CREATORS) as threads:
        ids = list(threads.map(create_some, shares))
    return ids[0], time.monotonic() - begin


def make_due(portal: Portal, number: int) -> None:
    """As if the time had come for all."""
    with closing(sqlite3.connect(portal.directory / "portal.sqlite")) as database, database:
        assert database.execute("UPDATE renewal SET dueAt = 0").rowcount == number


@contextmanager
def asking(app: JudgedPortal, connection_id: str, occasion: str):
    """Reads one connection again and again meanwhile, and reports how long that took."""
    end = Event()
    with ThreadPoolExecutor(1) as threads:
        milliseconds = threads.submit(latencies, app, connection_id, end)
        try:
            yield
        finally:
            end.set()
        found = milliseconds.result()
    median, late = statistics.median(found), statistics.quantiles(found, n=20)[-1]
    print(f"{occasion:25}{median:7.1f} ms p50, {late:.1f} ms p95, of {len(found)}")


def latencies(app: JudgedPortal, connection_id: str, end: Event) -> list[float]:
    headers = {"Authorization": f"Bearer {app.portal.api_key}"}
    found = []
    with closing(connection_to(app.portal.url)) as connection:
        while not end.wait(PAUSE_SECONDS):
            begin = time.monotonic()
            connection.request("GET", f"/api/v1/connections?id={connection_id}", headers=headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200
            found.append((time.monotonic() - begin) * 1000)
    return found


def drain(judge: DistantJudge, number: int) -> list[tuple[float, int]]:
    """Times, and how many were renewed until then."""
    samples = []
    with closing(connection_to(judge.url)) as connection:
        while not samples or samples[-1][1] < number:
            connection.request("GET", "/answered")
            samples.append((time.monotonic(), json.loads(connection.getresponse().read())["answered"]))
            time.sleep(SAMPLE_SECONDS)
    return samples


def report_rates(samples: list[tuple[float, int]], number: int) -> None:
    """In refreshes a second, of the whole and of each third."""
    rates = []
    for third in range(3):
        part = [sample for sample in samples if third * number <= 3 * sample[1] <= (third + 1) * number]
        rates.append(rate(part))
    start, middle, end = rates
    print(f"{'renewed':25}{rate(samples):7.0f} a second: {start:.0f} at first, {middle:.0f}, {end:.0f} in the end")


def rate(samples: list[tuple[float, int]]) -> float:
    (first, before), (last, after) = samples[0], samples[-1]
    return (after - before) / (last - first) if last > first else 0


def memory(portal: Portal) -> float:
    status = Path(f"/proc/{portal.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def connection_to(url: str) -> HTTPConnection:
    address = urlsplit(url)
    return HTTPConnection(address.hostname, address.port, timeout=30)
