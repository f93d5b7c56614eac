"""The unit for systemd: systemd finds nothing wrong with its sandbox, and the program can do all of its work in there.

The program runs as nobody, with a file system to read from, and dies of the first system call that the unit forbids.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import installation
from clients import client_of
from contents import contents, fill
from installation import Installation, installed_portal
from portal import REPOSITORY

UNIT = REPOSITORY / "Deploy/connect-portal.service"
FILTER = Path(__file__).with_name("unit_filter.py")
# Of 100, by systemd's own measure; what is left is the network, which is its work.
EXPOSURE = 15


def main() -> int:
    sections = settings(UNIT)
    calls = allowed_calls(sections)
    check_with_systemd()
    confined = ["/usr/bin/python3", "-I", "-c", FILTER.read_text(), ",".join(calls), families(sections)]
    installation.InstalledPortal.confinement = confined
    forbidden_call_kills(confined)
    with installed_portal() as portal, client_of(portal) as client:
        fill(portal, client)
        held = contents(portal, client)
        assert portal.run("health", "--ready").stdout == "ok\n"
        # The demo's app is for an integration that only the demo has.
        status = portal.run("keys", "status", PORTAL_OAUTH_APPS="")
        assert status.returncode == 0, status
        assert portal.stop() == 0, portal.log
        portal.start()
        portal.wait_until_ready()
        assert contents(portal, client) == held
        with open(f"/proc/{portal.process.pid}/status") as status:
            assert re.search(r"^Seccomp:\t2$", status.read(), re.MULTILINE)
    print(f"exposure at most {EXPOSURE / 10}, {len(calls)} system calls allowed, none of the others made")
    return 0


def settings(unit: Path) -> dict[str, list[str]]:
    """The values of each name, in order."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", unit.read_text(), re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def allowed_calls(sections: dict[str, list[str]]) -> list[str]:
    calls: set[str] = set()
    for line in sections["SystemCallFilter"]:
        named = set().union(*(expand(word) for word in line.removeprefix("~").split()))
        calls = calls - named if line.startswith("~") else calls | named
    return sorted(calls | expand("@default"))


def expand(word: str) -> set[str]:
    """The calls of one of systemd's groups."""
    if not word.startswith("@"):
        return {word}
    lines = output("systemd-analyze", "syscall-filter", word).splitlines()[1:]
    words = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    return set().union(*(expand(word) for word in words))


def families(sections: dict[str, list[str]]) -> str:
    return ",".join(sections["RestrictAddressFamilies"][0].split())


def check_with_systemd() -> None:
    """Against the program as it is installed, since systemd looks whether it is there."""
    with tempfile.TemporaryDirectory() as directory:
        installed = Installation(Path(directory) / "root")
        unit = Path(directory) / UNIT.name
        unit.write_text(UNIT.read_text().replace(installation.PREFIX, str(installed.directory)))
        verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
        assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", ""), verified
        output("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", str(unit))


def forbidden_call_kills(confined: list[str]) -> None:
    """The filter has teeth: the same command without a mount succeeds."""
    for script, code in [("echo", 0), ("mount -t tmpfs none /mnt", -signal.SIGSYS)]:
        run = subprocess.run([*confined, "sh", "-c", f"exec {script}"], capture_output=True)
        assert run.returncode == code, run


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"}).stdout


if __name__ == "__main__":
    sys.exit(main())
