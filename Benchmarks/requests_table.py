"""How the cases did, as a report."""

from asking import Measured
from figures import Figure, table, verdict
from measuring import Ratio, Result
from reports import Report

HEADER = "| request | a second | p50 / p99 ms | CPU µs | in turns with | a second | CPU µs | ratio (turns) | target | |"
NAMES = {"hello": "bare Hummingbird", "go": "Go", "fastapi": "FastAPI"}
IDLE_MEBIBYTES, LOADED_MEBIBYTES = 40, 80


def requests_report(measured: list[Measured]) -> Report:
    rows, figures = [], []
    for each in measured:
        for name, goal in {"hello": each.case.share_of_hello, **dict(each.case.peers)}.items():
            ratio = Ratio.between(each.portal, each.results[name])
            start = [each.case.title, *speed(each.portal)] if name == "hello" else [""] * 4
            rows.append([*start, *compared(each.results[name], ratio, goal)])
            if goal is not None:
                title = f"{each.case.title} in terms of {NAMES[name]}"
                figures.append(Figure.at_least(title, ratio.median, f"{ratio.median:.2f}", goal))
    return Report("Requests", table(HEADER, rows), figures + memory(measured))


def speed(result: Result) -> list[str]:
    latencies = f"{result.p50_milliseconds:.1f} / {result.p99_milliseconds:.1f}"
    return [f"{result.per_second:,.0f}", latencies, f"{result.cpu_microseconds:.0f}"]


def compared(baseline: Result, ratio: Ratio, goal: float | None) -> list[str]:
    return [
        NAMES[baseline.name],
        f"{baseline.per_second:,.0f}",
        f"{baseline.cpu_microseconds:.0f}",
        f"**{ratio.median:.2f}** ({ratio.least:.2f}-{ratio.most:.2f})",
        "" if goal is None else f"≥ {goal:.2f}",
        verdict(None if goal is None else ratio.median >= goal),
    ]


def memory(measured: list[Measured]) -> list[Figure]:
    idle = max(each.idle_mebibytes for each in measured)
    loaded = max(each.portal.mebibytes for each in measured)
    return [
        Figure.at_most("resident memory, idle", idle, "MiB", IDLE_MEBIBYTES),
        Figure.at_most("resident memory, after the load", loaded, "MiB", LOADED_MEBIBYTES),
    ]
