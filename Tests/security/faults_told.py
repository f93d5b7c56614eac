"""What is wrong, counted by kind."""

from collections import Counter

import httpx
from judged_portal import JudgedPortal
from portal import wait_for


def report(when: str, found: Counter[str], problems: Counter[str]) -> None:
    """Told at once, and counted for the end."""
    for problem, times in found.items():
        print(f"{when}: {problem}", flush=True)
        problems[problem] += times


def expect_readiness(app: JudgedPortal, status: int, seconds: float, problems: Counter[str], when: str) -> None:
    """Within so many seconds."""
    seen = []

    def is_so() -> bool:
        seen.append(httpx.get(f"{app.portal.url}/ready").status_code)
        return seen[-1] == status

    try:
        wait_for(is_so, seconds, lambda: "")
    except AssertionError:
        problems[f"/ready says {seen[-1]} {when}"] += 1
