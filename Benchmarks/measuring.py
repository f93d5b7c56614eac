"""Contenders take turns, so that whatever else the machine does meets them alike."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from load import Load, Run

WARM_UP_SECONDS = 2


@dataclass(frozen=True)
class Plan:
    """How often each contender has its turn, and how long."""

    runs: int
    seconds: int


@dataclass(frozen=True)
class Result:
    """The runs of one contender."""

    name: str
    runs: list[Run]

    @property
    def per_second(self) -> float:
        return self._median(lambda run: run.per_second)

    @property
    def p50_milliseconds(self) -> float:
        return self._median(lambda run: run.p50_milliseconds)

    @property
    def p99_milliseconds(self) -> float:
        return self._median(lambda run: run.p99_milliseconds)

    @property
    def cpu_microseconds(self) -> float:
        return self._median(lambda run: run.cpu_microseconds)

    @property
    def mebibytes(self) -> float:
        return max(run.mebibytes for run in self.runs)

    def _median(self, value: Callable[[Run], float]) -> float:
        return statistics.median(map(value, self.runs))


@dataclass(frozen=True)
class Ratio:
    """How many times as fast one was as the other: of the medians, and of the turns that differed most."""

    median: float
    least: float
    most: float

    @classmethod
    def between(cls, one: Result, other: Result) -> "Ratio":
        turns = [a.per_second / b.per_second for a, b in zip(one.runs, other.runs, strict=True)]
        return cls(one.per_second / other.per_second, min(turns), max(turns))


def take_turns(loads: list[Load], plan: Plan) -> dict[str, Result]:
    for load in loads:
        load.run(min(WARM_UP_SECONDS, plan.seconds))
    runs: dict[str, list[Run]] = {load.server.name: [] for load in loads}
    for _ in range(plan.runs):
        for load in loads:
            runs[load.server.name].append(load.run(plan.seconds))
    return {name: Result(name, found) for name, found in runs.items()}
