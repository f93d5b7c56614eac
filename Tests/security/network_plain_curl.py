"""What a client without a guard does with the same addresses: it proves that the decoys are awake."""

import subprocess
from collections import Counter
from pathlib import Path

from network_addresses import HONEST, SCHEMES
from network_attackers import STATUSES, Attackers
from network_environment import PROXY
from network_internet import Internet
from uses import address

BATCH = 40


def decoys_reached(attackers: Attackers, internet: Internet, netrc: Path) -> Counter[str]:
    """The decoys by address, with how often each was reached."""
    targets = {attack.target for attack in attackers.attacks if attack.typed} | set(SCHEMES)
    # An argument can hold neither spaces at its ends nor lines.
    addresses = [address(target, "") for target in sorted(targets) if target.isprintable() and target == target.strip()]
    addresses += [
        f"https://{HONEST}/redirect/{status}/{number}"
        for status in STATUSES
        for number in range(len(internet.elsewhere))
    ]
    for start in range(0, len(addresses), BATCH):
        ask(addresses[start : start + BATCH])
    ask([f"https://{HONEST}/"], "--proxy", PROXY)
    ask([f"https://{HONEST}/"], "--netrc-file", str(netrc))
    return internet.reset()[0]


def ask(addresses: list[str], *options: str) -> None:
    patience = ["--connect-timeout", "2", "--max-time", "4", "--max-redirs", "2"]
    subprocess.run(
        ["curl", "-gksL", "--parallel", *patience, *options, *addresses],
        capture_output=True,
    )
