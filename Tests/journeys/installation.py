"""What is shipped, laid out as the container and the unit have it, and run by nobody on a file system to read from."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from portal import BINARY, REPOSITORY, Portal, free_port_pair

NOBODY = 10001
PREFIX = "/opt/connect-portal"
# Only the first argument, a directory, can be written; then the rest is run without any privilege.
ALONE = f"""
mount --bind "$1" "$1" && mount -o remount,bind,ro / && cd / && shift && exec setpriv --reuid={NOBODY} \
    --regid={NOBODY} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"
"""


class Installation:
    """The files of `make install`, below a directory."""

    def __init__(self, root: Path):
        self.root = root
        self.directory = root / PREFIX.removeprefix("/")
        self.program = self.directory / "connect-portal"
        make = ["make", "--silent", "install", f"DESTDIR={root}", f"RELEASE={BINARY}"]
        subprocess.run(make, cwd=REPOSITORY, check=True, stdin=subprocess.DEVNULL)

    def contents(self) -> dict[str, tuple[int, int, bytes]]:
        """Every file: its mode, its owner and what is in it."""
        return {
            str(path.relative_to(self.root)): (path.stat().st_mode, path.stat().st_uid, path.read_bytes())
            for path in self.root.rglob("*")
            if path.is_file()
        }


class InstalledPortal(Portal):
    """The shipped program, with a directory for its state."""

    # What the program is run by, if anything.
    confinement: ClassVar[list[str]] = []

    def __init__(self, installation: Installation, directory: Path, command: str = "demo", **settings: str):
        self.installation = installation
        super().__init__(directory, command, **settings)

    def start(self, **settings: str) -> None:
        self._environment |= settings
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                alone(self.directory, *self.confinement, self.installation.program, self.command),
                cwd=self.directory,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
        """Another command of the program, in the same place."""
        return subprocess.run(
            alone(self.directory, *self.confinement, self.installation.program, *arguments),
            cwd=self.directory,
            env=self._environment | settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
        )


def alone(directory: Path, *command: object) -> list[str]:
    """As somebody without rights; who is not root is so already, and is only kept from changing what is installed."""
    if os.geteuid() != 0:
        return [str(part) for part in command]
    unshared = ["unshare", "--mount", "--propagation", "private", "sh", "-c", ALONE, "sh", str(directory)]
    return unshared + [str(part) for part in command]


@contextmanager
def installed_portal(**settings: str):
    # A directory that everybody may enter, unlike pytest's.
    root = Path(tempfile.mkdtemp(prefix="connect-portal-"))
    root.chmod(0o755)
    try:
        state = root / "state"
        state.mkdir(mode=0o700)
        keys = root / "encryption-keys"
        keys.write_text("k1:" + "A" * 43 + "=\n")
        keys.chmod(0o440)
        if os.geteuid() == 0:
            os.chown(state, NOBODY, NOBODY)
            os.chown(keys, 0, NOBODY)
        metrics = f"127.0.0.1:{free_port_pair()}"
        settings |= {"PORTAL_ENCRYPTION_KEYS_FILE": str(keys), "PORTAL_METRICS_ADDRESS": metrics}
        portal = InstalledPortal(Installation(root / "root"), state, **settings)
        try:
            portal.wait_until_ready()
            yield portal
        finally:
            exit_code = portal.stop()
        assert exit_code == 0, portal.log
    finally:
        shutil.rmtree(root)
