"""What is asked of the portal again and again, each with its baseline."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from calls import Call
from seeds import INTEGRATION, Seed
from servers import Server

# How many different requests of a case there are.
DIFFERENT = 20_000
SESSIONS = 1000


class World:
    """A portal with connections, and requests that fit what it has."""

    def __init__(self, server: Server, seed: Seed):
        self.server, self.seed = server, seed

    def health(self) -> list[Call]:
        """What every request costs before it asks for anything."""
        return [Call("GET", "/health", expected=("ok",))]

    def resolve(self) -> list[Call]:
        return [self._resolve(number) for number in self._numbers]

    def connection(self) -> list[Call]:
        return [
            self._get(f"/api/v1/connections?id={id}", f'"externalId":"account-{number}"')
            for number, id in self._ids.items()
        ]

    def credentials(self) -> list[Call]:
        return [
            self._get(f"/api/v1/connections/{id}/credentials", f'"accessToken":"account-{number}.access.0"')
            for number, id in self._ids.items()
        ]

    def mint(self) -> list[Call]:
        """For people who have no connection yet; so many that nobody has too many sessions."""
        return [self._mint(number) for number in range(DIFFERENT)]

    def poll(self) -> list[Call]:
        return [
            Call("POST", "/api/v1/connect/session/poll", {"token": token}, expected=('"status":"PENDING"',))
            for token in self._tokens
        ]

    def page(self) -> list[Call]:
        expected = ("<!doctype html>", "GitHub", "<form")
        return [Call("GET", f"/connect?token={token}", expected=expected) for token in self._tokens]

    def minted(self, count: int) -> list[dict]:
        """New sessions, as minting answered."""
        return [self._mint(number).answer(self.server.port) for number in range(count)]

    @cached_property
    def _numbers(self) -> list[int]:
        return random.sample(range(self.seed.connections), min(DIFFERENT, self.seed.connections))

    @cached_property
    def _ids(self) -> dict[int, str]:
        return self.seed.ids(self._numbers)

    @cached_property
    def _tokens(self) -> list[str]:
        return [session["token"] for session in self.minted(SESSIONS)]

    def _resolve(self, number: int) -> Call:
        wanted = self._account(number)
        return Call(
            "POST",
            "/api/v1/connections/resolve",
            wanted,
            self.seed.api_key,
            (f'"externalId":"{wanted["externalId"]}"', f'"endUserId":"{wanted["endUserId"]}"', '"status":"ACTIVE"'),
        )

    def _account(self, number: int) -> dict:
        return {
            "integrationName": INTEGRATION,
            "workspaceId": self.seed.workspace_id,
            "externalId": f"account-{number}",
            "endUserId": f"user-{number}",
        }

    def _get(self, target: str, expected: str) -> Call:
        return Call("GET", target, None, self.seed.api_key, (expected, '"status":"ACTIVE"'))

    def _mint(self, number: int) -> Call:
        body = self._account(self.seed.connections + number) | {"connectionName": f"Account {number}"}
        return Call("POST", "/api/v1/connect/token", body, self.seed.api_key, ('"token":"cst_', '"connectUrl":"http'))


@dataclass(frozen=True)
class Case:
    """A request, and how fast it must be in terms of the bare framework's hello."""

    name: str
    title: str
    calls: Callable[[World], list[Call]]
    share_of_hello: float | None = None
    # How many times as fast as a peer that does the same.
    peers: tuple[tuple[str, float], ...] = ()


CASES = (
    Case("resolve", "`POST /connections/resolve`", World.resolve, 0.60, (("fastapi", 10), ("go", 1))),
    Case("connection", "`GET /connections?id=`", World.connection),
    Case("credentials", "`GET /connections/:id/credentials`", World.credentials, 0.45),
    Case("mint", "`POST /connect/token`", World.mint, 0.25),
    Case("poll", "`POST /connect/session/poll`", World.poll, 0.50),
    Case("page", "`GET /connect?token=`", World.page, 0.15),
    Case("health", "`GET /health`", World.health),
)
