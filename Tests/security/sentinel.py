"""After people and apps have done all that they can do, no secret lies where it does not belong.

CONNECT_PORTAL_BIN=BINARY PYTHONPATH=Tests/journeys python Tests/security/sentinel.py DIRECTORY

Twice: with SQLite and lines of text in the log, and with PostgreSQL and lines of JSON.
"""

import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

from folders import made
from mail_server import running_mail_server
from playwright.sync_api import Browser, sync_playwright
from portal import free_port_pair, run_command, running_portal
from postgresql import running_postgresql
from sentinel_app import Backend
from sentinel_calls import play_calls
from sentinel_journeys import Journeys
from sentinel_keys import SigningKey
from sentinel_places import copies, databases, expect_substance, files, metrics, pages, processes, search
from sentinel_portal import note_database, settings
from sentinel_provider import Provider
from sentinel_secrets import Secrets, proof


def main(root: Path) -> int:
    forms = proof()
    problems, told = [], []
    with ExitStack() as running:
        postgresql = running.enter_context(running_postgresql())
        chromium = running.enter_context(sync_playwright()).chromium
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = chromium.launch(executable_path=program, args=["--no-sandbox"])
        for engine, format in (("sqlite", "text"), ("postgresql", "json")):
            database = postgresql.settings() if engine == "postgresql" else {}
            run = Run(made(root / engine), browser, {**database, "PORTAL_LOG_FORMAT": format})
            problems += [f"{engine}, {problem}" for problem in run.problems()]
            told.append(f"{run.secrets.count} secrets in {run.searched // 1_000_000} MB with {engine}")
        browser.close()
    print(*problems, sep="\n")
    print(f"{' and '.join(told)}, each looked for in {forms} forms; {len(problems)} found")
    return bool(problems)


class Run:
    """One portal from its first start to its end."""

    def __init__(self, directory: Path, browser: Browser, configured: dict[str, str]):
        self.secrets = Secrets()
        self.searched = 0
        self._directory, self._browser, self._configured = directory, browser, configured

    def problems(self) -> list[str]:
        provider = Provider(self.secrets, SigningKey(self._directory / "provider.key"))
        try:
            with running_mail_server() as mail:
                chosen = settings(self._directory, provider, self.secrets, mail.port) | self._configured
                places = self._played(chosen, provider, mail)
        finally:
            provider.stop()
        expect_substance(places)
        expect_substance(places)
        self.searched = sum(len(content) for _, content, _ in places)
        return search(self.secrets, places)

    def _played(self, chosen: dict[str, str], provider: Provider, mail) -> list:
        metrics_address = f"127.0.0.1:{free_port_pair()}" if has_metrics() else None
        if metrics_address:
            chosen["PORTAL_METRICS_ADDRESS"] = metrics_address
        with running_portal(made(self._directory / "portal"), command="serve", **chosen) as portal:
            self.secrets.add("API key", portal.api_key)
            note_database(portal.database_url, self.secrets)
            backend = Backend(portal, self.secrets)
            journeys = Journeys(portal, backend, provider, self.secrets, self._new_context)
            journeys.play()
            play_calls(portal, backend, provider, self.secrets, journeys)
            journeys.close()
            places = [*backend.places, *pages(self._directory, portal.url), *metrics(metrics_address)]
            places += [*processes(portal), *databases(portal, chosen, self._directory)]
            places += files(portal, chosen["TMPDIR"])
            places.append(("the app's address", "\n".join(journeys.landing.paths).encode(), {"confirm handle"}))
            for _, message in mail.handler.mails:
                places.append(("a mail", message.as_bytes() + message_text(message), {"portal token"}))
        places += [(path.name, path.read_bytes(), set()) for path in portal.directory.glob("portal.sqlite*")]
        return places + copies(portal, chosen, self._directory)

    def _new_context(self):
        context = self._browser.new_context(
            record_har_path=self._directory / f"{uuid4()}.har", record_har_content="embed"
        )
        context.set_default_timeout(10_000)
        return context


def has_metrics() -> bool:
    return "PORTAL_METRICS_ADDRESS" in run_command("help", "settings").stdout


def message_text(message) -> bytes:
    return b"\n".join(part.get_content().encode() for part in message.walk() if not part.is_multipart())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
