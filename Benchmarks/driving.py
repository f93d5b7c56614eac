"""The driver, which does what wrk cannot."""

import json
import subprocess

from places import KEPT

DRIVER = KEPT / "driver"


class Driver:
    """One command of it, which may stop at words until it is told to go on."""

    def __init__(self, command: str, **options):
        flags = [text for name, value in options.items() for text in (f"-{name.replace('_', '-')}", str(value))]
        self._process = subprocess.Popen(
            [DRIVER, command, *flags], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()

    def wait_for(self, word: str) -> None:
        self._expect(self._process.stdout.readline().strip() == word)

    def go_on(self) -> None:
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def found(self) -> dict:
        """What it measured."""
        line = self._process.stdout.readline()
        self._expect(line.startswith("{"))
        return json.loads(line)

    def _expect(self, is_so: bool) -> None:
        if not is_so:
            # It has said why on stderr, which is ours.
            raise RuntimeError("the driver gave up")


def drive(command: str, **options) -> dict:
    with Driver(command, **options) as driver:
        return driver.found()
