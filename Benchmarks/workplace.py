"""A directory for one measurement, which goes with it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from places import RUNS


@contextmanager
def workplace() -> Iterator[Path]:
    RUNS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=RUNS) as directory:
        yield Path(directory)
