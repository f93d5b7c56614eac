"""The time that the portal believes it is, moved on at will."""

import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HOUR, DAY = 3600, 86400
# faketime moves every timer by what it adds to the date, also those of the clock that it leaves alone: none would end.
TIMERS = """
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

int timerfd_settime(int timer, int flags, const struct itimerspec *value, struct itimerspec *before) {
    return (int)syscall(SYS_timerfd_settime, timer, flags, value, before);
}
"""


class Calendar:
    """Says with faketime how far ahead of the real clock the portal's is; what counts seconds goes on as it is."""

    def __init__(self, directory: Path):
        self._file = directory / "ahead"
        self._begin = time.time()
        self._ahead = 0
        self._write()
        [library] = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        timers = directory / "timers.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-o", timers, "-x", "c", "-"], input=TIMERS, text=True, check=True)
        self.settings = {
            "LD_PRELOAD": f"{timers}:{library}",
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    @property
    def now(self) -> float:
        return time.time() + self._ahead

    @property
    def day(self) -> int:
        """From 0."""
        return int((self.now - self._begin) // DAY)

    def move(self, seconds: int) -> None:
        self._ahead += seconds
        self._write()

    def after(self, days: float) -> str:
        """That moment, as the API takes and gives it."""
        return (datetime.now(UTC) + timedelta(seconds=self._ahead, days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def _write(self) -> None:
        # Nobody reads half a number.
        part = self._file.with_suffix(".part")
        part.write_text(f"+{self._ahead}")
        part.rename(self._file)
