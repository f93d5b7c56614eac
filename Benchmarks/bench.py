"""Measures a release build of the portal side by side with what else could be there.

    python3 Benchmarks/bench.py [--binary BINARY] [--runs 5] [--seconds 5] [--without-peers] [CASE …]

Without the name of a case it measures all, and with three runs or more it writes Benchmarks/results.md and the table
of the README.
"""

import argparse
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from asking import ask
from calls import WrongAnswer
from cases import CASES, Case
from connecting import connecting
from following import following
from growth import growth
from measuring import Plan
from places import RELEASE
from publishing import publish, summary_of, text_of
from refreshing import refreshing
from reports import Bench, Report
from requests_table import requests_report
from starting import starting
from storing import storing

PLAN = Plan(runs=5, seconds=5)
# Of fewer a median says little, and nothing is published.
LEAST_RUNS = 3
REQUESTS = [case.name for case in CASES]
SECTIONS = {
    "connecting": connecting,
    "refreshing": refreshing,
    "growth": growth,
    "following": following,
    "starting": starting,
    "storing": storing,
}
NAMES = [*REQUESTS, *SECTIONS]


def main() -> None:
    arguments = parsed_arguments()
    # As if ctrl-C was pressed: whatever was started is stopped.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cases = [replace(case, peers=()) for case in CASES] if arguments.without_peers else CASES
    bench = Bench(arguments.binary.resolve(), Plan(arguments.runs, arguments.seconds))
    try:
        reports = []
        for report in measure(bench, cases, arguments.cases or NAMES):
            print(text_of([report]), flush=True)
            reports.append(report)
    except WrongAnswer as error:
        sys.exit(f"bench: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    print(summary_of(reports))
    if not arguments.cases and not arguments.without_peers and bench.plan.runs >= LEAST_RUNS:
        publish(reports, bench.plan)


def measure(bench: Bench, cases: Iterable[Case], names: list[str]) -> Iterator[Report]:
    asked = [ask(case, bench) for case in cases if is_next(case.name, names)]
    if asked:
        yield requests_report(asked)
    for name, section in SECTIONS.items():
        if is_next(name, names):
            yield section(bench)


def is_next(name: str, names: list[str]) -> bool:
    if name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
    return name in names


def parsed_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=Path, default=RELEASE / "connect-portal")
    parser.add_argument("--runs", type=int, default=PLAN.runs)
    parser.add_argument("--seconds", type=int, default=PLAN.seconds)
    parser.add_argument("--without-peers", action="store_true", help="compare with the bare framework alone")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(NAMES))
    arguments = parser.parse_args()
    if unknown := set(arguments.cases) - set(NAMES):
        parser.error(f"there is no case {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    return arguments


if __name__ == "__main__":
    main()
