"""Disks that fail, fill up or lose power: nothing acknowledged is lost, and nothing leaves that was not written down.

CONNECT_PORTAL_BIN=BINARY PYTHONPATH=Tests/journeys python Tests/security/faults.py DIRECTORY
"""

import sys
from collections import Counter
from pathlib import Path

from faults_commits import durable_commits, failing_reads
from faults_errors import failing_calls
from faults_kill import kills_at_first_start, kills_at_work
from faults_space import full_disk
from folders import made
from judged_portal import running_judged_portal


def main(root: Path) -> int:
    problems: Counter[str] = Counter()
    told = []
    with running_judged_portal(lambda name: made(root / name), PORTAL_LOG_LEVEL="warning") as app:
        for part in (durable_commits, failing_calls, failing_reads, kills_at_work):
            told.append(part(app, problems))
    told += [part(made(root / part.__name__), problems) for part in (kills_at_first_start, full_disk)]
    for problem, count in sorted(problems.items()):
        print(f"{count} times: {problem}")
    summary = "; ".join(told)
    print(f"{sum(problems.values())} PROBLEMS; {summary}" if problems else summary)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
