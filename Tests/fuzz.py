"""Runs the fuzz targets of a build, two at a time, and says what each did.

    python Tests/fuzz.py BINARY SECONDS [TARGET…]

Every run starts from the samples in Tests/Fuzz/corpus and from what earlier runs found beside the binary. An input that
breaks something stays in `.build-fuzz/broken`; it belongs into the corpus with the repair.
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SOURCES = Path(__file__).parent / "Fuzz"
SAMPLES = SOURCES / "corpus"
AT_ONCE = 2
# Seconds that one input may take, and those after its time within which a run has to end.
ONE_INPUT = 10
GRACE = 120


def main(binary: str, seconds: str, *wanted: str) -> int:
    targets = wanted or sorted(directory.name for directory in SAMPLES.iterdir())
    work = Path(binary).absolute().parents[1]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda target: fuzz(binary, target, int(seconds), work), targets))
    if all(results):
        return 0
    print(f"broken inputs are in {work / 'broken'}; read each again: FUZZ_TARGET=… {binary} INPUT", file=sys.stderr)
    return 1


def fuzz(binary: str, target: str, seconds: int, work: Path) -> bool:
    """Whether everything held; prints one line."""
    found, broken, log = (work / name / target for name in ("corpus", "broken", "log"))
    for directory in (found, broken, log.parent):
        directory.mkdir(parents=True, exist_ok=True)
    dictionary = SOURCES / "dictionaries" / f"{target}.dict"
    command = [
        *(binary, found, SAMPLES / target),
        *(f"-max_total_time={seconds}", f"-timeout={ONE_INPUT}", "-rss_limit_mb=2048", "-max_len=4096"),
        *(f"-artifact_prefix={broken}/", "-print_final_stats=1", "-verbosity=1"),
        *([f"-dict={dictionary}"] if dictionary.exists() else []),
    ]
    # Swift's own report and the names of all functions take minutes of a run that has failed anyway.
    environment = {**os.environ, "FUZZ_TARGET": target, "SWIFT_BACKTRACE": "enable=no", "ASAN_OPTIONS": "symbolize=0"}
    with log.open("wb") as output:
        try:
            run = subprocess.run(
                [str(part) for part in command],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=seconds + GRACE,
            )
            holds = run.returncode == 0
        except subprocess.TimeoutExpired:
            holds = False
    print(line(target, log.read_text(errors="replace"), holds, found), flush=True)
    return holds


def line(target: str, log: str, holds: bool, found: Path) -> str:
    executed = re.search(r"stat::number_of_executed_units:\s+(\d+)", log)
    rate = re.search(r"stat::average_exec_per_sec:\s+(\d+)", log)
    coverage = re.findall(r"cov: (\d+)", log)
    numbers = [int(number.group(1)) if number else 0 for number in (executed, rate)]
    text = f"{target:16} {numbers[0]:>10} executions {numbers[1]:>7}/s   coverage {(coverage or ['0'])[-1]:>6}"
    text += f"   corpus {len(list(found.iterdir())) + len(list((SAMPLES / target).iterdir())):>5}"
    if holds:
        return text
    reason = re.search(r"Fatal error: .*|ERROR: .*", log)
    return f"{text}   BROKEN: {reason.group(0) if reason else 'see ' + str(found.parents[1] / 'log' / target)}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
