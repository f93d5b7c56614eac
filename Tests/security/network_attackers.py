"""The integrations by which addresses that somebody chose come into a portal, and what people type."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from portal import run_command

from network_addresses import HONEST, MIXED, NAMES, NOBODY, SCHEMES, SPECIAL_V4, SPECIAL_V6, SPELLINGS, bracketed
from network_internet import Internet
from uses import MEMBERS, USES, address, definition, discovering, own_endpoints, self_managed, way

STATUSES = (301, 302, 303, 307, 308)
REDIRECTED = ["10.0.0.1", "localhost", "a-169-254-169-254.inside.test", "[::1]", "rebind.world.test"]


@dataclass(frozen=True)
class Attack:
    """One request at an address that somebody chose."""

    integration: str
    use: str
    # What it aims at, as it was written.
    target: str
    typed: str | None = None

    @property
    def may_end_well(self) -> bool:
        """The public server may be asked, where a name leads there, too."""
        return self.target in {HONEST, *MIXED}


class Attackers:
    """Writes the definitions, leaves out which the portal does not take, and knows the attacks that remain."""

    def __init__(self, directory: Path, internet: Internet):
        self.directory = directory / "definitions"
        self.directory.mkdir()
        self.attacks: list[Attack] = []
        self.refused: list[str] = []
        self._internet = internet
        self._add("honest", HONEST)
        addresses = [bracketed(address) for address in [*SPECIAL_V4, *SPECIAL_V6]]
        for number, host in enumerate([*addresses, *NAMES, NOBODY]):
            if host != HONEST:
                self._add(f"host-{number}", host)
                self._add_issuers(f"issuer-{number}", host)
        for number, host in enumerate([*SPELLINGS, *SCHEMES]):
            self._add(f"spelling-{number}", host)
            self._add_issuers(f"spelled-issuer-{number}", host)
        for number, host in enumerate(REDIRECTED):
            for status in STATUSES:
                path = f"{HONEST}/redirect/{status}/{internet.number(host)}"
                self._add(f"redirect-{status}-{number}", f"{status} to {host}", path)
        self._write(self_managed())
        self._write(own_endpoints())
        for host in [*addresses, *NAMES, NOBODY, *SPELLINGS]:
            self.attacks.append(Attack("self-managed", "key", host, typed=host))
            self.attacks.append(Attack("own-endpoints", "own-app", host, typed=host))
        self._leave_out()
        apps = [
            {"integrationName": name, "clientId": "sandboxed", "clientSecret": "a client secret"}
            for name in sorted({attack.integration for attack in self.attacks} - {"self-managed", "own-endpoints"})
        ]
        self.apps = directory / "oauth-apps.yaml"
        self.apps.write_text(json.dumps(apps))

    def _add(self, name: str, target: str, host: str | None = None) -> None:
        ways = [way(use, address(host or target, use), name) for use in USES]
        self._write(definition(name, ways))
        self.attacks += [Attack(name, use, target) for use in USES]

    def _add_issuers(self, name: str, host: str) -> None:
        ways = [discovering(member, self._internet.number(host)) for member in MEMBERS]
        self._write(definition(name, ways))
        self.attacks += [Attack(name, option["key"], host) for option in ways]

    def _write(self, content: dict) -> None:
        (self.directory / f"{content['name']}.yaml").write_text(json.dumps(content))

    def _leave_out(self) -> None:
        """What a server with these definitions would refuse to start with."""
        told = run_command("integrations", "validate", str(self.directory))
        names = set(re.findall(r"([a-z0-9-]+)\.yaml", told.stdout + told.stderr))
        for name in names:
            (self.directory / f"{name}.yaml").unlink()
        self.refused = [attack.target for attack in self.attacks if attack.integration in names]
        self.attacks = [attack for attack in self.attacks if attack.integration not in names]
        again = run_command("integrations", "validate", str(self.directory))
        assert again.returncode == 0, again
