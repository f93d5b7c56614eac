"""Measures a release build: start to first answer, memory at rest and after whole connections, connections a second.

    python Tests/bench.py BINARY
"""

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx

RUNS = 7
CONNECTIONS = 500
AT_ONCE = 16


def main(binary: str) -> None:
    starts = []
    for _ in range(RUNS):
        with Server(binary, "serve") as server:
            starts.append(server.milliseconds_to_first_answer)
    print(f"start to first answer    {statistics.median(starts):7.0f} ms   median of {RUNS}, empty database")

    with Server(binary, "demo") as server:
        print(f"resident memory at rest  {server.memory():7.1f} MiB")
        server.let_the_provider_consent()
        seconds = server.connect_many()
        print(f"after {CONNECTIONS} connections    {server.memory():7.1f} MiB  (portal and simulated provider in one process)")
        print(f"whole connections        {CONNECTIONS / seconds:7.0f} a second, {AT_ONCE} at once: mint, page, start, provider, exchange")


class Server:
    def __init__(self, binary: str, command: str):
        self.directory = tempfile.TemporaryDirectory()
        port = free_port_pair()
        self.url = f"http://localhost:{port}"
        self.provider = f"http://localhost:{port + 1}"
        self.log = Path(self.directory.name, "log")
        settings = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        settings |= {
            "PORTAL_PORT": str(port),
            "PORTAL_DATABASE_URL": f"sqlite:{self.directory.name}/portal.sqlite",
            "PORTAL_LOG_LEVEL": "warning",
            "PORTAL_RATE_LIMIT": "0",
            "PORTAL_PUBLIC_RATE_LIMIT": "0",
        }
        started = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([binary, command], env=settings, stdout=log, stderr=log)
        while not answers(port):
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.001)
        self.milliseconds_to_first_answer = (time.monotonic() - started) * 1000

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(15)
        self.directory.cleanup()

    def memory(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def let_the_provider_consent(self) -> None:
        path = f"{self.provider}/control/clients/connect-portal-demo"
        httpx.patch(path, json={"quirks": {"automaticUser": "ada"}}).raise_for_status()

    def connect_many(self) -> float:
        log = self.log.read_text()
        self.key = re.search(r"wvz_\w{32}", log)[0]
        self.workspace = re.search(r"workspace\s+(\S{36})", log)[1]
        started = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            statuses = list(threads.map(self.connect, range(CONNECTIONS)))
        assert set(statuses) == {"COMPLETED"}, set(statuses)
        return time.monotonic() - started

    def connect(self, number: int) -> str:
        with httpx.Client(follow_redirects=True) as browser:
            mint = browser.post(
                f"{self.url}/api/v1/connect/token",
                headers={"Authorization": f"Bearer {self.key}"},
                json={
                    "integrationName": "sandbox",
                    "authMethodKey": "oauth2",
                    "connectionName": f"Bench {number}",
                    "externalId": f"bench-{number}",
                    "workspaceId": self.workspace,
                },
            ).json()
            browser.get(mint["connectUrl"])
            form = {"method": "oauth2", "display": "page"}
            browser.post(f"{self.url}/connect/{mint['sessionId']}", data=form, headers={"Origin": self.url})
            poll = browser.post(f"{self.url}/api/v1/connect/session/poll", json={"token": mint["token"]})
            return poll.json()["status"]


def answers(port: int) -> bool:
    try:
        with closing(socket.create_connection(("127.0.0.1", port), 1)) as connection:
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def free_port_pair() -> int:
    while True:
        with closing(socket.socket()) as first, closing(socket.socket()) as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
                return port
            except (OSError, OverflowError):
                continue


if __name__ == "__main__":
    main(sys.argv[1])
