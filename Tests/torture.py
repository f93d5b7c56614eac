"""Kills the portal again and again while it renews tokens; with `burst`, lets very many tokens be due at once.

CONNECT_PORTAL_BIN=BINARY [ROUNDS=500] python Tests/torture.py
CONNECT_PORTAL_BIN=BINARY [CONNECTIONS=20000] [PROVIDER_MS=0] python Tests/torture.py burst
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "journeys"))

from judged_portal import running_judged_portal
from refresh_burst import burst
from refresh_torture import Torture

REPORT_EVERY = 20


def torture(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        with running_judged_portal(new_directories(directory), PORTAL_LOG_LEVEL="warning") as app:
            torture = Torture(app)
            for done in range(0, rounds, REPORT_EVERY):
                torture.run(min(REPORT_EVERY, rounds - done))
                print(torture.counts, flush=True)
                if torture.problems:
                    break
            if not torture.problems:
                torture.settle()
            for problem in torture.problems:
                print(problem, file=sys.stderr)
            print(torture.finish())
        if torture.problems:
            sys.exit(1)


def new_directories(root: str):
    def new_directory(name: str) -> Path:
        path = Path(root, name)
        path.mkdir()
        return path

    return new_directory


if __name__ == "__main__":
    if sys.argv[1:] == ["burst"]:
        burst(int(os.environ.get("CONNECTIONS", "20000")), float(os.environ.get("PROVIDER_MS", "0")) / 1000)
    else:
        torture(int(os.environ.get("ROUNDS", "500")))
