"""A portal with integrations of its own at the sandbox, and `connect-portal doctor` beside it."""

import json
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread

import httpx
from clients import client_of
from clinic_definitions import write_definitions
from portal import Portal, run_command, running_portal
from walk import callback_address, consenting_provider, switch

CLIENT_ID = "connect-portal-demo"
LINE = re.compile(r"^([✓!✗]) (.{17}) (.*)$")


@dataclass
class Report:
    """What one run told."""

    exit_code: int
    text: str
    # Sign, subject and words with the hints below.
    findings: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self):
        for line in self.text.splitlines():
            if match := LINE.match(line):
                self.findings.append((match[1], match[2].strip(), match[3]))
            elif line.startswith(" ") and self.findings:
                sign, subject, words = self.findings[-1]
                self.findings[-1] = sign, subject, f"{words} {line.strip().removeprefix('→ ')}"

    def expect(self, sign: str, subject: str, *words: str) -> str:
        """The finding about a subject, which has this sign and all the words."""
        found = [finding for finding in self.findings if finding[1] == subject]
        fitting = [text for mark, _, text in found if mark == sign and all(word in text for word in words)]
        assert fitting, f"no “{sign} {subject}” with {words} in:\n{self.text}"
        return fitting[0]

    @property
    def bad(self) -> set[str]:
        return {subject for sign, subject, _ in self.findings if sign == "✗"}


class Clinic:
    def __init__(self, portal: Portal, directory: Path, storage: dict[str, str]):
        self.portal, self.directory = portal, directory
        self.storage = {"PORTAL_DATABASE_URL": portal.database_url} | storage

    def app(self, integration: str = "brook", **fields) -> dict:
        """A right entry of the file of OAuth apps, but for the fields given."""
        entry = {"integrationName": integration, "clientId": CLIENT_ID, "clientSecret": self.portal.client_secret}
        return entry | fields

    def settings(self, apps: list[dict] = ()) -> dict[str, str]:
        """As the server's would be that knows these OAuth apps."""
        definitions = write_definitions(self.directory / "definitions", self.portal.sandbox_url)
        file = self.directory / "apps.yaml"
        file.write_text(json.dumps(list(apps)))
        return self.storage | {
            "PORTAL_PUBLIC_URL": self.portal.url,
            "PORTAL_INTEGRATIONS_DIR": str(definitions),
            "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8,[::1]/128",
            "PORTAL_OAUTH_APPS": str(file),
        }

    def doctor(self, *arguments: str, apps: list[dict] = (), **settings: str) -> Report:
        run = run_command("doctor", *arguments, **self.settings(apps) | settings)
        assert run.stderr == "", run
        assert self.portal.client_secret not in run.stdout
        return Report(run.returncode, run.stdout)

    def accept(self, *arguments: str) -> CompletedProcess:
        return run_command("integrations", "accept", *arguments, **self.settings())

    def register_own_app(self, integration: str) -> None:
        """As the organization's own, by the API."""
        with client_of(self.portal) as client:
            body = self.app(integration, displayName="Our own")
            assert client.post("/oauth-apps", json=body).status_code == 201

    def connect(self, integration: str) -> None:
        """A person signs in, so that a discovered provider is asked for the first time."""
        with client_of(self.portal) as client:
            body = {
                "integrationName": integration,
                "connectionName": "Patient",
                "externalId": f"patient-{integration}",
                "workspaceId": self.portal.workspace_id,
            }
            minted = client.post("/connect/token", json=body).json()
        with consenting_provider(self.portal.sandbox_url), httpx.Client() as browser:
            answer = browser.get(callback_address(browser, minted), follow_redirects=True)
            assert answer.status_code == 200, answer.text

    @contextmanager
    def quirks(self, **quirks: str):
        """Meanwhile the sandbox has these."""
        client = f"{self.portal.sandbox_url}/control/clients/{CLIENT_ID}"
        usual = httpx.get(client).json()["quirks"]
        switch(self.portal.sandbox_url, quirks=quirks)
        try:
            yield
        finally:
            switch(self.portal.sandbox_url, quirks={name: usual[name] for name in quirks})

    def answer_next_code(self, status: int, body: str) -> None:
        """With this, instead of the sandbox's own words."""
        faults = {"endpoint": "token", "failure": "response", "status": status, "body": body, "times": 1}
        switch(self.portal.sandbox_url, faults=faults)

    @contextmanager
    def changed_metadata(self, **changes):
        """Meanwhile the sandbox says something else of itself."""
        address = f"{self.portal.sandbox_url}/control/metadata"
        assert httpx.patch(address, json=changes).status_code == 200
        try:
            yield
        finally:
            usual = {"moved": False, "members": {}, "status": 200}
            assert httpx.patch(address, json=usual).status_code == 200


@contextmanager
def running_clinic(new_directory, **storage: str):
    """With SQLite, or the storage that the settings name; `new_directory` makes a directory of the given name."""
    definitions = write_definitions(new_directory("definitions"))
    directory = new_directory("portal")
    with running_portal(directory, **storage, PORTAL_INTEGRATIONS_DIR=str(definitions)) as portal:
        yield Clinic(portal, new_directory("clinic"), storage)


@contextmanager
def running_skewed_server(seconds_ahead: int):
    """The address of one whose clock is wrong; it answers everything with nothing."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def date_time_string(self, timestamp=None):
            return formatdate(time.time() + seconds_ahead, usegmt=True)

        def log_message(self, format, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
