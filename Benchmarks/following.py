"""Open browser windows: a thousand streams of events, what they cost, and whether requests notice."""

import json
from pathlib import Path

import servers
from asking import HELLO, checked, start_portal
from cases import World
from driving import Driver
from figures import Figure, table
from load import Load
from measuring import Result, take_turns
from reports import Bench, Report
from seeds import kept_seed
from workplace import workplace

STORED = 100_000
STREAMS = 1000
# One address may have a quarter of them.
MAX_CLIENTS = str(8 * STREAMS)
HEADER = "| | resident memory | `POST /connections/resolve` a second | p50 / p99 ms |"


def following(bench: Bench) -> Report:
    with workplace() as directory:
        seed = kept_seed(STORED).copy(directory / "portal.sqlite")
        with (
            start_portal(bench.binary, seed, PORTAL_MAX_CLIENTS=MAX_CLIENTS) as portal,
            servers.hello(directory) as hello,
        ):
            world = World(portal, seed)
            # In turns, so that the rate limit fills up again in between.
            loads = [Load(portal, checked(portal, world.resolve()), directory), Load(hello, [HELLO], directory)]
            without = take_turns(loads, bench.plan)["portal"]
            address = f"http://localhost:{portal.port}"
            sessions = sessions_file(directory, world)
            with Driver("streams", portal=address, key=seed.api_key, sessions=sessions) as windows:
                windows.wait_for("open")
                beside = take_turns(loads, bench.plan)["portal"]
                windows.go_on()
                told = windows.found()
    rows = [row("without streams", without), row(f"beside {STREAMS:,} open streams", beside)]
    news = f"News of a session reach its window after {told['p50']:.0f} ms (p50), {told['p99']:.0f} ms (p99)."
    memory = Figure(f"resident memory, with {STREAMS:,} event streams open", f"{beside.mebibytes:.1f} MiB")
    return Report("Open windows", f"{table(HEADER, rows)}\n\n{news}", [memory])


def row(title: str, result: Result) -> list[str]:
    latencies = f"{result.p50_milliseconds:.1f} / {result.p99_milliseconds:.1f}"
    return [title, f"{result.mebibytes:.1f} MiB", f"{result.per_second:,.0f}", latencies]


def sessions_file(directory: Path, world: World) -> Path:
    file = directory / "sessions.json"
    file.write_text(json.dumps(world.minted(STREAMS)))
    return file
