"""Four weeks by a simulated clock: at their end everything that expires or is renewed is what it has to be.

CONNECT_PORTAL_BIN=BINARY PYTHONPATH=Tests/journeys python Tests/security/four_weeks.py DIRECTORY
"""

import sys
from pathlib import Path

from folders import made
from four_weeks_calendar import Calendar
from four_weeks_course import DAYS, Course
from four_weeks_end import ACTIVITY_DAYS, at_the_end
from four_weeks_objects import Objects, settings
from four_weeks_provider import DatedJudge
from judged_portal import JudgedPortal
from portal import running_portal


def main(root: Path) -> int:
    calendar = Calendar(root)
    judge = DatedJudge(calendar)
    chosen = settings(judge, made(root / "judged")) | calendar.settings | {"PORTAL_LOG_LEVEL": "notice"}
    chosen["PORTAL_ACTIVITY_DAYS"] = str(ACTIVITY_DAYS)
    try:
        with running_portal(made(root / "portal"), command="serve", **chosen) as portal:
            objects = Objects(JudgedPortal(portal, judge), calendar)
            course = Course(objects, calendar)
            course.run()
            # What is done every hour waits for an hour that really passes, or for a start.
            portal.restart()
            table = at_the_end(objects, calendar, course)
    finally:
        judge.stop()
    table.print()
    problems = course.problems + table.problems
    print(*problems, sep="\n")
    requests = sum(kept.grant.requests.total() for kept in objects.renewed.values())
    print(f"{len(table.rows)} states after {DAYS} days and {requests} renewals; {len(problems)} wrong")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
