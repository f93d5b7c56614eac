"""Where things lie."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
BENCHMARKS = REPOSITORY / "Benchmarks"
# What may be thrown away: it is made again.
KEPT = REPOSITORY / ".build/bench"
RELEASE = REPOSITORY / ".build/release"
# On a real disk: in memory a durable write would cost nothing.
RUNS = Path(os.environ.get("BENCH_DIR", KEPT / "runs"))
