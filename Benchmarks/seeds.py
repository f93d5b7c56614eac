"""Databases that are made once, and copied for each server."""

import json
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from places import KEPT, RELEASE, REPOSITORY

INTEGRATION = "github"
# Nine years, so that every token lives; it is renewed within a week all the same, and a seed must be younger.
TOKEN_SECONDS = 9 * 365 * 86400
SEED_DAYS = 5


@dataclass(frozen=True)
class Seed:
    """A database with connections that no server has opened yet."""

    path: Path
    connections: int
    api_key: str
    workspace_id: str

    def copy(self, path: Path) -> "Seed":
        """With its key file, as a restored backup lies there."""
        for suffix in ("", ".keys"):
            shutil.copyfile(f"{self.path}{suffix}", f"{path}{suffix}")
            Path(f"{path}{suffix}").chmod(0o600)
        return replace(self, path=path)

    def ids(self, numbers: list[int]) -> dict[int, str]:
        """The ids of connections by their numbers."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
            found = {}
            for number in numbers:
                sql = "SELECT id FROM connection WHERE externalId = ? AND organizationId = ?"
                found[number] = database.execute(sql, (f"account-{number}", self._organization(database))).fetchone()[0]
            return found

    def _organization(self, database: sqlite3.Connection) -> str:
        return database.execute("SELECT id FROM organization").fetchone()[0]


def kept_seed(connections: int) -> Seed:
    """Made anew where the schema or the way of seeding has changed since, or the tokens are about to be renewed."""
    directory = KEPT / "seeds" / f"{fingerprint()}-{connections}"
    told = directory / "told.json"
    if not told.exists() or time.time() - told.stat().st_mtime > SEED_DAYS * 86400:
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        print(f"making a database with {connections:,} connections, once", flush=True)
        seed = make_seed(directory / "portal.sqlite", connections, [INTEGRATION])
        told.write_text(json.dumps({"apiKey": seed.api_key, "workspaceId": seed.workspace_id}))
    names = json.loads(told.read_text())
    return Seed(directory / "portal.sqlite", connections, names["apiKey"], names["workspaceId"])


def make_seed(
    path: Path,
    connections: int,
    integrations: list[str],
    definitions: Path | None = None,
) -> Seed:
    """The integrations take turns."""
    names = [option for name in integrations for option in ("--integration", name)]
    more = ["--definitions", definitions] if definitions else []
    command = [RELEASE / "Seed", path, connections, *names, "--lifetime", TOKEN_SECONDS, *more]
    answer = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE)
    told = json.loads(answer.stdout)
    return Seed(path, connections, told["apiKey"], told["workspaceId"])


def fingerprint() -> str:
    """Of what decides how a seed looks: the schema, and how it is filled."""
    sources = [*REPOSITORY.glob("Sources/Storage/Migrations/*.swift"), *REPOSITORY.glob("Benchmarks/Seed/*.swift")]
    return sha256(b"".join(source.read_bytes() for source in sorted(sources))).hexdigest()[:12]
