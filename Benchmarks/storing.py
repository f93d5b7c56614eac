"""Both storage engines without HTTP, side by side."""

import subprocess

from places import RELEASE
from reports import Bench, Report


def storing(_: Bench) -> Report:
    answer = subprocess.run([RELEASE / "StorageBench"], check=True, stdout=subprocess.PIPE, text=True)
    return Report("Storage", f"```\n{answer.stdout.strip()}\n```")
