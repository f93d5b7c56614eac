"""Writes the results down: everything in a file, and what sums it up in the README."""

import os
import platform
import re
import time
from pathlib import Path

from figures import table
from load import CLIENTS, THREADS
from measuring import Plan
from places import BENCHMARKS, REPOSITORY
from reports import Report

RESULTS = BENCHMARKS / "results.md"
README = REPOSITORY / "README.md"
PART = re.compile(r"(?<=<!-- benchmarks -->\n).*?(?=<!-- end -->)", re.DOTALL)
SUMMARY = "| | measured | target | |"


def text_of(reports: list[Report]) -> str:
    return "\n\n".join(f"## {report.title}\n\n{report.text}" for report in reports) + "\n"


def summary_of(reports: list[Report]) -> str:
    return table(SUMMARY, [figure.row for report in reports for figure in report.figures]) + "\n"


def publish(reports: list[Report], plan: Plan) -> None:
    RESULTS.write_text(
        "\n".join(["# Results of `make bench`\n", circumstances(plan), summary_of(reports), text_of(reports)])
    )
    README.write_text(PART.sub(lambda _: summary_of(reports), README.read_text()))


def circumstances(plan: Plan) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores of {processor()}, {memory:.0f} GiB, "
        f"Linux {platform.release()}. Load and servers share the machine. wrk: {THREADS} threads, {CLIENTS} "
        f"connections; {plan.runs} turns of {plan.seconds} s for each, medians.\n"
    )


def processor() -> str:
    name = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return name[1] if name else platform.machine()
