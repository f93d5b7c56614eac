"""Whole connections: mint, page, start, the provider and back, exchange, poll."""

import statistics

import providers
import servers
from driving import drive
from figures import Figure, table
from reports import Bench, Report
from seeds import kept_seed
from workplace import workplace

STORED = 100_000
CONNECTIONS = 500
AT_ONCE = (1, 16, 64)
HEADER = "| whole connections, at once | a second | p50 / p99 ms | CPU ms of the portal |"


def connecting(bench: Bench) -> Report:
    port = servers.free_port()
    with workplace() as directory, providers.sandbox(bench.binary, directory, port) as url:
        seed = kept_seed(STORED).copy(directory / "portal.sqlite")
        settings = providers.settings(directory, url, ["acme"])
        with servers.portal(bench.binary, seed.path, port=port, **settings) as portal:
            crowd = Crowd(portal, seed.api_key, seed.workspace_id)
            crowd.connect(AT_ONCE[1])
            rows = [crowd.row(at_once, bench.plan.runs) for at_once in AT_ONCE]
            memory = Figure("resident memory, after whole connections", f"{portal.mebibytes():.1f} MiB")
    speed = Figure(f"whole connections, {AT_ONCE[-1]} at once", f"{rows[-1][1]} a second")
    return Report("Whole connections", table(HEADER, rows), [speed, memory])


class Crowd:
    """People who connect, each once."""

    def __init__(self, portal: servers.Server, api_key: str, workspace_id: str):
        self._portal = portal
        self._options = {
            "portal": f"http://localhost:{portal.port}",
            "key": api_key,
            "workspace": workspace_id,
            "integration": "acme",
        }
        self._connected = 0

    def row(self, at_once: int, runs: int) -> list[str]:
        found = [self.connect(at_once) for _ in range(runs)]
        speed, p50, p99, cpu = (statistics.median(each[name] for each in found) for name in found[0])
        return [str(at_once), f"{speed:,.0f}", f"{p50:.1f} / {p99:.1f}", f"{cpu:.2f}"]

    def connect(self, at_once: int) -> dict[str, float]:
        before = self._portal.cpu_seconds()
        counts = {"first": self._connected, "count": CONNECTIONS, "at_once": at_once}
        found = drive("connections", **self._options, **counts)
        self._connected += CONNECTIONS
        cpu = (self._portal.cpu_seconds() - before) / CONNECTIONS * 1000
        return {name: found[name] for name in ("perSecond", "p50", "p99")} | {"cpu": cpu}
