"""The cases, one after another, each with a server and a copy of the database of its own."""

import json
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import servers
from calls import Call
from cases import Case, World
from load import Load
from measuring import Result, take_turns
from reports import Bench
from seeds import INTEGRATION, Seed, kept_seed
from workplace import workplace

CONNECTIONS = 100_000
CHECKED = 20
# A server that has just begun to answer is not idle yet.
SETTLED_AFTER_SECONDS = 2
HELLO = Call("GET", "/", expected=("Hello",))
PEERS = {"go": servers.go, "fastapi": servers.fastapi}


@dataclass(frozen=True)
class Measured:
    """A case, and how each contender did."""

    case: Case
    results: dict[str, Result]
    idle_mebibytes: float

    @property
    def portal(self) -> Result:
        return self.results["portal"]


def ask(case: Case, bench: Bench) -> Measured:
    """What is minted stays, so the database grows while that is measured."""
    with ExitStack() as stack:
        directory = stack.enter_context(workplace())
        seed = kept_seed(CONNECTIONS).copy(directory / "portal.sqlite")
        portal = stack.enter_context(start_portal(bench.binary, seed))
        time.sleep(SETTLED_AFTER_SECONDS)
        idle = portal.mebibytes()
        calls = case.calls(World(portal, seed))
        loads = [Load(portal, checked(portal, calls), directory)]
        hello = stack.enter_context(servers.hello(directory))
        loads.append(Load(hello, checked(hello, [HELLO]), directory))
        for name, _ in case.peers:
            copy = kept_seed(CONNECTIONS).copy(directory / f"{name}.sqlite")
            peer = stack.enter_context(PEERS[name](copy.path))
            loads.append(Load(peer, checked(peer, calls), directory))
        return Measured(case, take_turns(loads, bench.plan), idle)


def start_portal(binary: Path, seed: Seed, name: str = "portal", **settings: str) -> servers.Server:
    """With an OAuth app, without which nobody could mint."""
    apps = seed.path.with_name("oauth-apps.yaml")
    app = {"integrationName": INTEGRATION, "clientId": "bench", "clientSecret": "a client secret"}
    # JSON is YAML.
    apps.write_text(json.dumps([app]))
    return servers.portal(binary, seed.path, name=name, PORTAL_OAUTH_APPS=str(apps), **settings)


def checked(server: servers.Server, calls: list[Call]) -> list[Call]:
    for call in calls[:CHECKED]:
        call.check(server.port, server.name)
    return calls
