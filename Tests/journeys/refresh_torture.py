"""A portal that is killed again and again while apps use connections whose tokens live for a second or two."""

import random
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from threading import Event

import httpx
from clients import client_of
from judged_portal import JudgedPortal, Kept
from portal import wait_for

CONNECTIONS = 10
APPS = 4
LONGEST_LIFE = 1.5
SLOWNESS = 0.05
SETTLING_SECONDS = 30
# What the portal may say for now.
PASSING = {429, 503}
# How it calls a connection that is dead.
DEAD = {"refresh_outcome_unknown"}


@dataclass
class Counts:
    """What happened in all rounds."""

    rounds: int = 0
    answers: int = 0
    refreshes: int = 0
    # Refresh tokens that came again after the answer to the first request was lost, and what became of them.
    recovered: int = 0
    flagged: int = 0


class Torture:
    """The rounds; for half of the connections the provider forgives a lost answer."""

    def __init__(self, app: JudgedPortal):
        self.counts = Counts()
        self.problems: list[str] = []
        self._app = app
        app.judge.slowness = SLOWNESS
        self._clients = [client_of(app.portal) for _ in range(APPS)]
        self._connections = [self._connect(number % 2 == 0) for number in range(CONNECTIONS)]

    def run(self, rounds: int) -> None:
        """Leaves the portal running."""
        for number in range(rounds):
            self._kill_at_work()
            if number % 5 == 4:
                self._kill_at_start()
            self._app.start()
            self._examine()
            if self.problems:
                return

    def settle(self) -> None:
        """Until each connection works at the provider, or says that it does not."""
        self._app.judge.slowness = 0
        for kept in self._connections:
            wait_for(lambda kept=kept: self._is_settled(kept), SETTLING_SECONDS, lambda kept=kept: told(kept))
        self._examine()

    def _connect(self, is_graceful: bool) -> Kept:
        lifetime = random.choice([1, 2])
        return self._app.connect(expires_in=lifetime, lifetime=lifetime, is_graceful=is_graceful)

    def _kill_at_work(self) -> None:
        end = Event()
        with ThreadPoolExecutor(APPS) as threads:
            apps = [threads.submit(self._use, client, end) for client in self._clients]
            time.sleep(random.uniform(0, LONGEST_LIFE))
            self._app.kill()
            end.set()
        for app in apps:
            app.result()
        self.counts.rounds += 1

    def _kill_at_start(self) -> None:
        self._app.portal.start()
        time.sleep(random.uniform(0, LONGEST_LIFE / 5))
        self._app.kill()

    def _use(self, client: httpx.Client, end: Event) -> None:
        with suppress(httpx.TransportError):
            while not end.is_set():
                kept = random.choice(self._connections)
                if random.random() < 0.2:
                    self._expect(client.post(f"/connections/{kept.id}/refresh"), kept)
                else:
                    self._read(client, kept)

    def _read(self, client: httpx.Client, kept: Kept) -> None:
        grant, seen = kept.grant, kept.grant.acknowledged
        answer = client.get(f"/connections/{kept.id}/credentials")
        if not self._expect(answer, kept):
            return
        generation = int(answer.json()["credentials"]["accessToken"].rpartition(".")[2])
        if generation < seen:
            self.problems.append(f"generation {generation} was given out after {seen}: {told(kept)}")
        grant.acknowledged = max(grant.acknowledged, generation)

    def _expect(self, answer: httpx.Response, kept: Kept) -> bool:
        """Whether there is what was asked for; everything else must be a refusal that fits."""
        self.counts.answers += 1
        if answer.status_code == 424 and not kept.grant.is_over:
            self.problems.append(f"called dead, and is alive: {told(kept)}")
        if answer.status_code not in {200, 424} | PASSING:
            self.problems.append(f"{answer.status_code} {answer.text}")
        return answer.status_code == 200

    def _examine(self) -> None:
        """The database is whole, nothing is forgotten, and dead connections say so; a new one takes their place."""
        path = self._app.portal.directory / "portal.sqlite"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            [(verdict,)] = database.execute("PRAGMA integrity_check").fetchall()
        if verdict != "ok":
            self.problems.append(verdict)
        for index, kept in enumerate(self._connections):
            if kept.grant.was_forgotten:
                self.problems.append(f"an acknowledged token was lost: {told(kept)}")
            if kept.look()["statusReason"] in DEAD:
                if not kept.grant.is_over:
                    self.problems.append(f"called dead, and is alive: {told(kept)}")
                self._retire(kept)
                self._connections[index] = self._connect(kept.grant.is_graceful)

    def _is_settled(self, kept: Kept) -> bool:
        connection = kept.look()
        if connection["status"] == "ERROR":
            return connection["statusReason"] in DEAD and kept.grant.is_over
        answer = kept.credentials()
        return answer.status_code == 200 and answer.json()["credentials"]["accessToken"] == kept.grant.live_access_token

    def _retire(self, kept: Kept) -> None:
        self._count(kept)
        self.counts.flagged += 1
        kept.delete()

    def _count(self, kept: Kept) -> None:
        shown = kept.grant.shown
        self.counts.refreshes += kept.grant.generation
        self.counts.recovered += len(shown) - len(set(shown)) - kept.grant.is_over

    def finish(self) -> Counts:
        for kept in self._connections:
            self._count(kept)
        return self.counts


def told(kept: Kept) -> str:
    grant = kept.grant
    judged = f"shown {grant.shown[-6:]}, now {grant.generation}, over {grant.is_over}, seen {grant.acknowledged}"
    try:
        return f"{judged}; {kept.look()}"
    except (httpx.TransportError, AssertionError) as error:
        return f"{judged}; {error}"
