"""Tokens whose time has come: very many at once, and one that very many ask for."""

import sqlite3
import statistics
from contextlib import closing
from pathlib import Path

import providers
import servers
from driving import Driver
from figures import Figure, table
from reports import Bench, Report
from seeds import Seed, make_seed
from workplace import workplace

DUE = 10_000
READERS = 1000
# Of one provider four are renewed at once, and sixteen in all.
INTEGRATIONS = ["acme", "bolt", "cyan", "dune"]
# One address may have a quarter of them.
MAX_CLIENTS = str(8 * READERS)


def refreshing(bench: Bench) -> Report:
    with_runs = range(bench.plan.runs)
    rates, memories = zip(*(renew_many(bench.binary) for _ in with_runs), strict=True)
    last = [trample(bench.binary) for _ in with_runs]
    rows = [
        [f"{DUE:,} due at once", f"{statistics.median(rates):,.0f} renewed a second"],
        ["resident memory after that", f"{max(memories):.1f} MiB"],
        [f"{READERS:,} readers of one expired token", "one request to the provider"],
        ["from the provider's answer to the last reader's", f"{statistics.median(last):.0f} ms"],
    ]
    figures = [
        Figure("refreshes", f"{statistics.median(rates):,.0f} a second"),
        Figure(
            f"{READERS:,} readers of one expired token, from the new one to the last",
            f"{statistics.median(last):.0f} ms",
        ),
    ]
    return Report("Refreshes", table("| tokens | |", rows), figures)


def renew_many(binary: Path) -> tuple[float, float]:
    """How many a second, and the memory afterwards; every token is renewed once."""
    with workplace() as directory:
        port = servers.free_port()
        seed, settings = seed_for(directory, port, DUE)
        let_be_due(seed)
        with Driver("refreshes", port=port, count=DUE) as provider:
            provider.wait_for("listening")
            with servers.portal(binary, seed.path, **settings) as portal:
                provider.go_on()
                return provider.found()["perSecond"], portal.mebibytes()


def trample(binary: Path) -> float:
    """In milliseconds, from the provider's one answer to the last reader's."""
    with workplace() as directory:
        portal_port, port = servers.free_port(), servers.free_port()
        seed, settings = seed_for(directory, port, 1)
        let_be_due(seed)
        options = {
            "portal": f"http://localhost:{portal_port}",
            "key": seed.api_key,
            "connection": seed.ids([0])[0],
            "readers": READERS,
        }
        with Driver("stampede", port=port, **options) as readers:
            readers.wait_for("listening")
            with servers.portal(binary, seed.path, port=portal_port, PORTAL_MAX_CLIENTS=MAX_CLIENTS, **settings):
                readers.go_on()
                return readers.found()["last"]


def seed_for(directory: Path, port: int, connections: int) -> tuple[Seed, dict[str, str]]:
    """The sealed grants name the provider to which they go back."""
    settings = providers.settings(directory, f"http://127.0.0.1:{port}", INTEGRATIONS)
    definitions = Path(settings["PORTAL_INTEGRATIONS_DIR"])
    return make_seed(directory / "portal.sqlite", connections, INTEGRATIONS, definitions), settings


def let_be_due(seed: Seed) -> None:
    """As if all tokens had expired."""
    with closing(sqlite3.connect(seed.path)) as database, database:
        database.execute("UPDATE connection SET expiresAt = 1")
        database.execute("UPDATE renewal SET dueAt = 0")
