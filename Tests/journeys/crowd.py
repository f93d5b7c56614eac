"""Very many who ask the same at the same moment, each on a connection of its own."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlsplit

AT_ONCE = 200


def ask_all(urls: list[str], api_key: str, when_sent: Callable[[], None]) -> list[tuple[int, dict]]:
    """Status and body of each answer; calls `when_sent` when all requests have left."""
    # Playwright has a loop in this thread.
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, _ask_all(urls, api_key, when_sent)).result()


async def _ask_all(urls: list[str], api_key: str, when_sent: Callable[[], None]) -> list[tuple[int, dict]]:
    turn = asyncio.Semaphore(AT_ONCE)
    sent = await asyncio.gather(*(_send(url, api_key, turn) for url in urls))
    when_sent()
    return await asyncio.gather(*(_answer(*streams) for streams in sent))


async def _send(url: str, api_key: str, turn: asyncio.Semaphore):
    address = urlsplit(url)
    async with turn:
        reader, writer = await asyncio.open_connection("127.0.0.1", address.port)
        fields = ["Host: localhost", f"Authorization: Bearer {api_key}", "Connection: close"]
        writer.write("\r\n".join([f"GET {address.path} HTTP/1.1", *fields, "", ""]).encode())
        await writer.drain()
    return reader, writer


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[int, dict]:
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return int(head.split()[1]), json.loads(body)


def access_tokens(answers: list[tuple[int, dict]]) -> Counter:
    """Of the answers to reading credentials, or what they were instead."""
    return Counter(
        body["credentials"]["accessToken"] if status == 200 else f"{status} {body}" for status, body in answers
    )
