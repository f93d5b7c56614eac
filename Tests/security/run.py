"""What must hold when somebody attacks: runs every group, or those that are named, and prints one line for each.

CONNECT_PORTAL_BIN=BINARY python Tests/security/run.py [GROUP…]

A group is a program. Its exit code says whether all is well, and the last line that it prints what it counted;
everything that it prints is kept in a folder, which is named at the end.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
JOURNEYS = HERE.parent / "journeys"
BINARY = HERE.parents[1] / ".build/release/connect-portal"
# By the names under which they run, in this order.
GROUPS = {
    "network": "network.py",
    "slow-clients": "slow_clients.py",
    "smuggling": "smuggling.py",
    "tls": "tls.py",
    "pages": "pages.py",
    "faults": "faults.py",
    "sentinel": "sentinel.py",
    "four-weeks": "four_weeks.py",
    "unit": "unit.py",
}


def main() -> int:
    names = sys.argv[1:] or list(GROUPS)
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        print(f"No group is named {', '.join(unknown)}; there are {', '.join(GROUPS)}.", file=sys.stderr)
        return 64
    logs = Path(tempfile.mkdtemp(prefix="connect-portal-security-"))
    verdicts = [run(name, logs) for name in names]
    print(f"Details: {logs}")
    return 0 if all(verdicts) else 1


def run(name: str, logs: Path) -> bool:
    """Prints the group's line; whether all is well."""
    directory = logs / name
    directory.mkdir()
    log = logs / f"{name}.log"
    paths = [str(HERE), str(JOURNEYS), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUNBUFFERED": "1"}
    environment.setdefault("CONNECT_PORTAL_BIN", str(BINARY))
    begin = time.monotonic()
    with log.open("wb") as output:
        # Its argument is a folder for whatever it wants to keep.
        ended = subprocess.run(
            [sys.executable, HERE / GROUPS[name], directory],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    lines = log.read_text(errors="replace").splitlines() or ["nothing was said"]
    verdict = "ok" if ended.returncode == 0 else "FAILED"
    print(f"{name:13} {lines[-1]}  {time.monotonic() - begin:.0f} s  {verdict}", flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
