"""The same requests on databases of three sizes, in turns."""

from contextlib import ExitStack

from asking import checked, start_portal
from cases import CASES, Case, World
from figures import Figure, table
from load import Load
from measuring import Ratio, take_turns
from reports import Bench, Report
from seeds import kept_seed
from workplace import workplace

SIZES = (1_000, 100_000, 1_000_000)
SHARE_OF_SMALLEST = 0.90
HEADER = "| request, a second (p99 ms) | 1,000 connections | 100,000 | 1,000,000 | ratio |"


def growth(bench: Bench) -> Report:
    with ExitStack() as stack:
        directory = stack.enter_context(workplace())
        worlds = []
        for size in SIZES:
            seed = kept_seed(size).copy(directory / f"{size}.sqlite")
            portal = stack.enter_context(start_portal(bench.binary, seed, name=f"portal-{size}"))
            worlds.append(World(portal, seed))
        rows, ratios = [], {}
        for case in CASES:
            loads = [Load(world.server, checked(world.server, case.calls(world)), directory) for world in worlds]
            results = list(take_turns(loads, bench.plan).values())
            ratios[case.name] = ratio = Ratio.between(results[-1], results[0])
            cells = [f"{result.per_second:,.0f} ({result.p99_milliseconds:.1f})" for result in results]
            rows.append([case.title, *cells, f"**{ratio.median:.2f}** ({ratio.least:.2f}-{ratio.most:.2f})"])
    return Report("Growth", table(HEADER, rows), [figure(CASES[0], ratios)])


def figure(case: Case, ratios: dict[str, Ratio]) -> Figure:
    title = f"{case.title} with {SIZES[-1]:,} connections in terms of {SIZES[0]:,}"
    ratio = ratios[case.name].median
    return Figure.at_least(title, ratio, f"{ratio:.2f}", SHARE_OF_SMALLEST)
