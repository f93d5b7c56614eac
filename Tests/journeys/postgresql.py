"""A PostgreSQL server of the tests' own, with a database of its own for each portal."""

import base64
import subprocess
import sys
from contextlib import contextmanager
from itertools import count
from secrets import token_bytes
from urllib.parse import urlsplit

from portal import REPOSITORY


class PostgreSQL:
    """A running Tests/postgres.py, which ends when its stdin does."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, REPOSITORY / "Tests/postgres.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self._process.stdout.readline().strip()
        assert self.url, "PostgreSQL did not start"
        self._numbers = count(1)

    def settings(self) -> dict[str, str]:
        """The settings of a portal on a new, empty database."""
        return {
            "PORTAL_DATABASE_URL": self.new_database(),
            "PORTAL_ENCRYPTION_KEYS": f"k1:{base64.b64encode(token_bytes(32)).decode()}",
        }

    def new_database(self, owner: str = "portal") -> str:
        """The URL of a new, empty database, for a role whose password is that of the server's."""
        name = f"journey_{next(self._numbers)}"
        self.query(f"CREATE DATABASE {name} OWNER {owner}")
        return urlsplit(self.url)._replace(path=f"/{name}").geturl().replace("//portal:", f"//{owner}:")

    def query(self, sql: str, url: str | None = None) -> str:
        """What psql prints, in the given database or the server's first one."""
        command = ["psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--command", sql, url or self.url]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def end_connections(self, url: str) -> int:
        """Cuts every connection to this database, as a failover does; says how many there were."""
        name = urlsplit(url).path[1:]
        ended = self.query(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        return ended.count("t")

    def stop(self) -> None:
        """As if its power failed."""
        self._tell("stop", "stopped")

    def start(self) -> None:
        self._tell("start", "started")

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()

    def _tell(self, command: str, expected: str) -> None:
        print(command, file=self._process.stdin, flush=True)
        assert self._process.stdout.readline().strip() == expected


@contextmanager
def running_postgresql():
    server = PostgreSQL()
    try:
        yield server
    finally:
        server.close()


def dump(url: str) -> bytes:
    return subprocess.run(["pg_dump", url], check=True, capture_output=True).stdout
