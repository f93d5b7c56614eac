"""Whether anybody can make the portal ask where it must not: everything there is has an address in a private network.

Counts connections at decoys, of which there may be none, and proves that the decoys would have noticed.
"""

import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal import running_portal, wait_for

from attempts import Caller, Told
from folders import made
from network_addresses import HONEST, NAMES, NOBODY
from network_attackers import Attack, Attackers
from network_environment import everything_allowed, misled_environment
from network_internet import Internet
from network_name_server import NameServer
from network_namespace import enter, furnish
from network_plain_curl import decoys_reached
from uses import USES

AT_ONCE = 16
FEWEST_ATTEMPTS = 2500
FEWEST_DECOYS = 40
LOGGED_SECONDS = 60
# What an attempt must end with where nothing was reached; what comes of a redirect depends on the use.
CLEAN = {"misconfigured", "provider_unreachable", "provider_timeout", "VALIDATION_ERROR", "PROVIDER_UNAVAILABLE"}
FOLLOWED_NOT = {"provider_error", "provider_unavailable", "invalid_response", "credentials_rejected", "invalid_grant"}
# What comes of each use at the honest provider, which has no keys and signs nobody in, where that is no connection.
HONEST_ENDS = {
    "refresh": "refreshed",
    "revocation": "removed",
    "keys": "identity_not_proven",
    "pushed": "cancelled",
}


def main(directory: Path) -> list[str]:
    furnish()
    internet = Internet(directory)
    names = NameServer(NAMES)
    attackers = Attackers(directory, internet)
    problems: list[str] = []
    settings = {
        "PORTAL_INTEGRATIONS_DIR": str(attackers.directory),
        "PORTAL_OAUTH_APPS": str(attackers.apps),
        "PORTAL_CA_FILE": str(internet.authority),
        "PORTAL_LOG_FORMAT": "json",
    }
    with running_portal(
        made(directory / "portal"), command="serve", **settings, **misled_environment(directory)
    ) as portal:
        told = all_told(Caller(portal), attackers.attacks)
        revocations = sum(attack.use == "revocation" for attack in attackers.attacks if attack.integration != "honest")
        wait_for(
            lambda: len(re.findall(r"revocation (?:failed|refused)", portal.log)) >= 0.9 * revocations,
            LOGGED_SECONDS,
            lambda: "not every grant was tried to be revoked",
        )
    hits, requests = internet.reset()
    write(directory / "attempts.tsv", told)
    problems += [f"a decoy was reached: {place} ({count} times)" for place, count in hits.items()]
    problems += [f"not honest: {head}" for head in internet.strange]
    problems += [problem for attack, answer in told.items() for problem in faults(attack, answer)]
    problems += [f"the honest provider was not asked: {path}" for path in unasked(requests)]
    problems += distinguished(told)

    with running_portal(made(directory / "open"), command="serve", **settings, **everything_allowed()) as portal:
        aimed = [attack for attack in attackers.attacks if attack.use == "token" and not attack.may_end_well]
        all_told(Caller(portal), aimed)
    reached_when_open, _ = internet.reset()
    if len(reached_when_open) < FEWEST_DECOYS:
        problems.append(f"only {len(reached_when_open)} decoys were reached with every address allowed")
    by_curl = decoys_reached(attackers, internet, directory / "home/.netrc")
    problems += [] if internet.strange else ["curl sent no password of .netrc"]
    if len(by_curl) < FEWEST_DECOYS:
        problems.append(f"only {len(by_curl)} decoys were reached by curl")
    if len(told) < FEWEST_ATTEMPTS:
        problems.append(f"only {len(told)} attempts were made: definitions are refused for something else")
    if len(names.questions) < len(NAMES):
        problems.append(f"of {len(NAMES)} names {len(names.questions)} were asked for")
    for problem in problems:
        print(problem)
    print(
        f"{len(told)} attempts, {len(attackers.refused)} more refused when read, {sum(hits.values())} decoy hits "
        f"({len(reached_when_open)} decoys reached with all allowed, {len(by_curl)} by curl), "
        f"{sum(requests.values())} requests at the honest provider, {len(problems)} problems"
    )
    return problems


def all_told(caller: Caller, attacks: list[Attack]) -> dict[Attack, Told]:
    def attempt(attack: Attack) -> Told:
        typed = {} if attack.typed is None else {"host": attack.typed}
        return caller.attempt(attack.integration, attack.use, **typed)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(attacks, pool.map(attempt, attacks), strict=True))


def faults(attack: Attack, told: Told) -> list[str]:
    """What is wrong with how an attempt ended."""
    if attack.integration == "honest" or attack.typed == HONEST:
        expected = HONEST_ENDS.get(attack.use, "COMPLETED")
        return [] if told.code == expected else [f"honest {attack.use}: {told}"]
    if told.status == 500:
        return [f"{attack}: {told}"]
    goes_on = attack.use in {"account", "userinfo", "userinfo-endpoint", "revocation"}
    allowed = CLEAN | ({"COMPLETED", "removed"} if goes_on else set())
    allowed |= {"COMPLETED", "refreshed", "identity_not_proven", "cancelled"} if attack.may_end_well else set()
    # What the person typed can be refused before anything is asked.
    allowed |= {"invalid_input", "cancelled"} if attack.typed else set()
    allowed |= FOLLOWED_NOT if attack.integration.startswith("redirect") or attack.may_end_well else set()
    return [] if told.code in allowed else [f"{attack}: {told}"]


def distinguished(told: dict[Attack, Told]) -> list[str]:
    """A person who types host names must not learn which of them exist inside."""
    words = {attack.typed: (answer.code, answer.detail) for attack, answer in told.items() if attack.use == "key"}
    there = words["a-10-0-0-1.inside.test"]
    return [f"{NOBODY} answers {words[NOBODY]}, a name that is there {there}"] if words[NOBODY] != there else []


def unasked(requests: Counter[str]) -> list[str]:
    """Where the honest provider must have been asked directly, whatever proxies the environment names."""
    paths = {f"/{use}" for use in USES} - {"/discovery"} | {"/discovery/.well-known/openid-configuration"}
    return sorted(path for path in paths - {"/revocation"} if not requests[path])


def write(file: Path, told: dict[Attack, Told]) -> None:
    rows = [
        "\t".join(
            map(ascii, (attack.integration, attack.use, attack.target, answer.status, answer.code, answer.detail))
        )
        for attack, answer in told.items()
    ]
    file.write_text("\n".join(rows))
    print(Counter((attack.use, answer.code) for attack, answer in told.items()))


if __name__ == "__main__":
    enter(*sys.argv)
    sys.exit(bool(main(Path(sys.argv[1]))))
