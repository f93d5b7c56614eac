"""Glewlwyd, an OpenID provider that others wrote, as a server of the tests' own with an empty database."""

import shutil
import sqlite3
import subprocess
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import httpx
from certificates import new_key
from glewlwyd_settings import CONFIGURATION, ISSUER, SCOPES
from portal import free_port_pair, wait_for
from tls_front import TLSFront

PROGRAM = shutil.which("glewlwyd") or "/usr/bin/glewlwyd"
START_SECONDS = 10
MODULES = "/usr/lib/glewlwyd"
TABLES = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
WEBAPP = Path("/usr/share/glewlwyd/webapp")
WEBAPP_SETTINGS = Path("/usr/share/glewlwyd/templates/config.json")
# What no journey looks at.
LEFT_OUT = ("config.json", "admin*", "profile*", "callback*", "img", "*.map", "*.svg", "*.eot", "*.ttf", "*.woff")
# The account that the tables come with.
ADMINISTRATOR = {"username": "admin", "password": "password"}


@dataclass(frozen=True)
class Person:
    name: str
    password: str = "Lovelace-1815"

    @property
    def email(self) -> str:
        return f"{self.name}@people.example"


class Glewlwyd:
    """A running server, on which its administrator sets up issuers, people and clients."""

    def __init__(self, directory: Path, front: TLSFront | None):
        """People and portals find it at the front, if it has one."""
        port = free_port_pair()
        self.address = f"http://127.0.0.1:{port}"
        self.front = front
        self.url = front.url() if front else self.address
        self._database = directory / "glewlwyd.sqlite"
        self._administrator = httpx.Client(base_url=f"{self.address}/api")
        self._numbers = count(1)
        with closing(sqlite3.connect(self._database)) as database:
            database.executescript(TABLES.read_text())
        copy_webapp(directory / "webapp")
        file = directory / "glewlwyd.conf"
        file.write_text(CONFIGURATION.format(port=port, url=self.url, directory=directory, modules=MODULES))
        self._process = subprocess.Popen([PROGRAM, f"--config-file={file}"], stdin=subprocess.DEVNULL)

    def wait_until_ready(self) -> None:
        wait_for(self._is_ready, START_SECONDS, lambda: f"glewlwyd does not answer at {self.address}")
        self._set_up("auth", ADMINISTRATOR)
        for name in SCOPES:
            self._set_up("scope", {"name": name, "display_name": name, "password_required": True, "scheme": {}})

    def stop(self) -> None:
        self._administrator.close()
        self._process.terminate()
        self._process.wait()

    @cached_property
    def issuer(self) -> str:
        """The URL of the one that does for most journeys."""
        return self.new_issuer()

    def new_issuer(self, **parameters) -> str:
        """The URL of one more, with a key of its own; keywords differ from ISSUER."""
        name = f"oidc{next(self._numbers)}"
        url = f"{self.url}/api/{name}"
        key, public_key = new_key("RSA")
        parameters = ISSUER | {"iss": url, "key": key, "cert": public_key} | parameters
        issuer = {"module": "oidc", "name": name, "display_name": name, "enabled": True, "parameters": parameters}
        self._set_up("mod/plugin", issuer)
        return url

    def new_person(self) -> Person:
        person = Person(f"ada{next(self._numbers)}")
        scopes = ["openid", "g_profile", *SCOPES]
        account = {"username": person.name, "password": person.password, "email": person.email, "scope": scopes}
        self._set_up("user", account | {"name": "Ada Lovelace", "enabled": True})
        return person

    def new_client(self, client_id: str, redirect_uri: str, **fields) -> None:
        """Keywords are fields of its registration."""
        client = {
            "client_id": client_id,
            "name": client_id,
            "confidential": True,
            "enabled": True,
            "redirect_uri": [redirect_uri],
            # The last one lets it revoke.
            "authorization_type": ["code", "refresh_token", "client_credentials"],
            "scope": [],
        }
        self._set_up("client", client | fields)

    @property
    def trust(self) -> dict[str, str]:
        """The settings with which a portal trusts it."""
        return {"PORTAL_CA_FILE": str(self.front.authority)} if self.front else {}

    def userinfo(self, issuer: str, access_token: str) -> httpx.Response:
        """What it tells whoever has this token."""
        issuer = issuer.replace(self.url, self.address)
        return httpx.get(f"{issuer}/userinfo", headers={"Authorization": f"Bearer {access_token}"})

    def access_tokens_of(self, person: Person) -> list[bool]:
        """Which ones of all that were issued, oldest first, are alive."""
        return self._alive("gpo_access_token", "gpoa", person)

    def refresh_tokens_of(self, person: Person) -> list[bool]:
        return self._alive("gpo_refresh_token", "gpor", person)

    def _alive(self, table: str, prefix: str, person: Person) -> list[bool]:
        query = f"SELECT {prefix}_enabled FROM {table} WHERE {prefix}_username = ? ORDER BY {prefix}_id"
        with closing(sqlite3.connect(f"file:{self._database}?mode=ro", uri=True)) as database:
            return [bool(enabled) for (enabled,) in database.execute(query, [person.name])]

    def _set_up(self, kind: str, thing: dict) -> None:
        answer = self._administrator.post(f"/{kind}/", json=thing)
        assert answer.status_code == 200, f"{kind}: {answer.status_code} {answer.text}"

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, "glewlwyd ended by itself"
        try:
            return self._administrator.get(f"{self.address}/config").status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running_glewlwyd(new_directory, scheme: str):
    """At a plain address or, with `https`, behind TLS; `new_directory` makes a directory of the given name."""
    with ExitStack() as running:
        front = TLSFront(new_directory("front")) if scheme == "https" else None
        server = Glewlwyd(new_directory("glewlwyd"), front)
        running.callback(server.stop)
        server.wait_until_ready()
        if front:
            front.start(server.address)
            running.callback(front.stop)
            front.wait_until_ready()
        yield server


def copy_webapp(target: Path) -> None:
    """The package has links in it, which the server does not follow, and its settings where they are not looked for."""
    shutil.copytree(WEBAPP, target, ignore=shutil.ignore_patterns(*LEFT_OUT))
    shutil.copyfile(WEBAPP_SETTINGS, target / "config.json")
