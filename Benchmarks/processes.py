"""What the kernel tells of a process and its children."""

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
RESIDENT = re.compile(r"VmRSS:\s+(\d+)")


def family(pid: int) -> list[int]:
    """The process and all that its first thread began."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def cpu_seconds(pid: int) -> float:
    """In user and system mode, of all threads, since the start."""
    return sum(ticks(each) for each in family(pid)) / TICKS


def ticks(pid: int) -> int:
    # The name, in parentheses, may hold anything.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def resident_mebibytes(pid: int) -> float:
    return sum(int(RESIDENT.search(Path(f"/proc/{each}/status").read_text())[1]) for each in family(pid)) / 1024
