"""A provider that replaces a refresh token with every use, outlives the portal and knows which tokens are alive."""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager, suppress
from random import random
from threading import Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

from answer import Answer
from portal import wait_for
from token_grant import TOKEN, Grant

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Hold:
    """Keeps requests waiting, before the judge decides or before its answer leaves."""

    def __init__(self, endpoint: str, is_before: bool):
        self.endpoint, self.is_before = endpoint, is_before
        self.waiting = 0
        self.gate = asyncio.Event()

    async def pause(self) -> None:
        self.waiting += 1
        await self.gate.wait()

    def wait_for_request(self, number: int = 1) -> None:
        wait_for(lambda: self.waiting >= number, 10, lambda: f"{self.waiting} requests came")


class Judge:
    """The running provider."""

    def __init__(self, port: int = 0):
        self.grants: dict[str, Grant] = {}
        # How many refresh requests had their answer.
        self.answered = 0
        # How long a decision takes, and then its answer, in seconds at most.
        self.slowness = 0.0
        # What the token endpoint answers instead, first once each and then always, without looking at the token.
        self._script: deque[Answer] = deque()
        self._always: Callable[[Grant], Answer] | None = None
        self._hold: Hold | None = None
        self._port = port
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        Thread(target=self._loop.run_forever, daemon=True).start()
        self._in_loop(self._start())
        self.url = f"http://127.0.0.1:{self._port}"

    def stop(self) -> None:
        self._in_loop(self._stop())

    @contextmanager
    def out_of_reach(self):
        """Nobody listens till the end."""
        self.stop()
        try:
            yield
        finally:
            self._in_loop(self._start())

    def new_grant(self, **fields) -> Grant:
        """Keywords are fields of it."""
        grant = Grant(**fields)
        self.grants[grant.name] = grant
        return grant

    @contextmanager
    def holding(self, endpoint: str = "token", *, before: bool = False):
        """All requests to an endpoint wait till the end, `before` they are looked at or after that."""
        hold = self._hold = Hold(endpoint, before)
        try:
            yield hold
        finally:
            self._hold = None
            self.release(hold)

    def release(self, hold: Hold) -> None:
        self._loop.call_soon_threadsafe(hold.gate.set)

    @contextmanager
    def saying(self, answer: Answer | Callable[[Grant], Answer]):
        """All token requests are answered so, without a decision."""
        self._always = answer if callable(answer) else lambda grant: answer
        try:
            yield
        finally:
            self._always = None

    def say_once(self, *answers: Answer) -> None:
        self._script.extend(answers)

    def _in_loop(self, work) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port, backlog=512)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        self._server.close()
        for writer in self._writers:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                target = head.split(b" ", 2)[1].decode()
                length = LENGTH.search(head)
                body = await reader.readexactly(int(length[1]) if length else 0)
                writer.write((await self._answer(urlsplit(target), dict(parse_qsl(body.decode())))).message)
                await writer.drain()
        self._writers.discard(writer)
        writer.close()

    async def _answer(self, address, form: dict[str, str]) -> Answer:
        match address.path:
            case "/token" if form["grant_type"] == "refresh_token":
                return await self._refresh(form["refresh_token"])
            case "/token":
                return self._tokens(self.grants[form["code"]])
            case "/revoke":
                return await self._held("revoke", lambda: self._revoke(form["token"]))
            case "/authorize":
                query = dict(parse_qsl(address.query))
                back = urlencode({"code": self.new_grant().name, "state": query["state"]})
                return Answer(302, headers={"Location": f"{query['redirect_uri']}?{back}"})
            case "/answered":
                return Answer.of({"answered": self.answered})
        return Answer(404)

    async def _refresh(self, token: str) -> Answer:
        answer = await self._held("token", lambda: self._decide(*self._of(token)))
        self.answered += 1
        return answer

    async def _held(self, endpoint: str, decide: Callable[[], Answer]) -> Answer:
        hold = self._hold if self._hold and self._hold.endpoint == endpoint else None
        if hold and hold.is_before:
            await hold.pause()
        await self._dawdle()
        answer = decide()
        await self._dawdle()
        if hold and not hold.is_before:
            await hold.pause()
        return answer

    async def _dawdle(self) -> None:
        if self.slowness:
            await asyncio.sleep(random() * self.slowness)

    def _revoke(self, token: str) -> Answer:
        self._of(token)[0].end(token)
        return Answer()

    def _decide(self, grant: Grant, generation: int) -> Answer:
        if self._script:
            return self._script.popleft()
        if self._always:
            return self._always(grant)
        if grant.refresh(generation):
            return self._tokens(grant)
        return Answer.of({"error": "invalid_grant", "error_description": "This token was used before"}, 400)

    def _of(self, token: str) -> tuple[Grant, int]:
        """The grant, which may have been made by name alone, and the generation."""
        found = TOKEN.fullmatch(token)
        name = found["grant"]
        if name not in self.grants:
            self.new_grant(name=name)
        return self.grants[name], int(found["generation"])

    @staticmethod
    def _tokens(grant: Grant) -> Answer:
        tokens = {"access_token": grant.access_token(), "refresh_token": grant.refresh_token()}
        return Answer.of(tokens | {"token_type": "Bearer", "expires_in": grant.lifetime})


@contextmanager
def running_judge():
    judge = Judge()
    try:
        yield judge
    finally:
        judge.stop()
