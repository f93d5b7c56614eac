"""From the start of the process to its first answer, and how large the program is."""

import statistics
import subprocess
from pathlib import Path

import servers
from figures import Figure, table
from reports import Bench, Report
from seeds import kept_seed
from workplace import workplace

STARTS = 7
LARGE = 1_000_000
EMPTY_MILLISECONDS, LARGE_MILLISECONDS = 150, 250


def starting(bench: Bench) -> Report:
    with workplace() as directory:
        empty = [start(bench.binary, directory / f"{number}.sqlite") for number in range(STARTS)]
        large = kept_seed(LARGE).copy(directory / "portal.sqlite").path
        full = [start(bench.binary, large) for _ in range(STARTS)]
        size = stripped_mebibytes(bench.binary, directory)
    figures = [
        Figure.at_most("start to first answer, empty database", statistics.median(empty), "ms", EMPTY_MILLISECONDS),
        Figure.at_most(
            f"start to first answer, {LARGE:,} connections", statistics.median(full), "ms", LARGE_MILLISECONDS
        ),
        Figure("the program, as it is installed", f"{size:.1f} MiB"),
    ]
    return Report("Start", table("| | | target | |", [figure.row for figure in figures]), figures)


def start(binary: Path, database: Path) -> float:
    with servers.portal(binary, database) as portal:
        return portal.milliseconds_to_first_answer


def stripped_mebibytes(binary: Path, directory: Path) -> float:
    """Without symbols, as `make install` lays it out."""
    stripped = directory / "stripped"
    subprocess.run(["strip", "-o", stripped, binary], check=True)
    return stripped.stat().st_size / 1024 / 1024
