"""Servers whose misbehaviour ends the exchange: too slow, too much, no HTTP, cut off, or not there.

Each has the error of the transport that the timeline must name, and the seconds that it may take, which are the
portal's: 5 to connect, 15 in all.
"""

from misbehaving import Behaviour, Conversation, endlessly, then_close, then_wait

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
SWITCHED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: a\r\nConnection: upgrade\r\n\r\n"
SOME_FIELD = b"X-Pad: " + b"a" * 1000 + b"\r\n"
CONNECTING, IN_ALL = 5, 15


def honest_after(head: bytes, tail: bytes = b""):
    """The right body after a wrong head; the head may name its length as `%d`."""

    def act(conversation: Conversation) -> None:
        length = str(len(conversation.honest)).encode()
        conversation.send(head.replace(b"%d", length), conversation.honest, tail)

    return act


def chunk_of_size(size: bytes):
    return honest_after(CHUNKED + size + b"\r\n", b"\r\n0\r\n\r\n")


def hang_up_midway(conversation: Conversation) -> None:
    conversation.send(OK, b"Content-Length: 4000\r\n\r\n", conversation.honest)


def reset_midway(conversation: Conversation) -> None:
    hang_up_midway(conversation)
    conversation.reset()


def close_own_half(conversation: Conversation) -> None:
    conversation.close_own_half()
    conversation.wait_for_close()


TOO_SLOW = [
    (Behaviour("silence", then_wait()), "timedOut", IN_ALL),
    (Behaviour("stall-in-headers", then_wait(OK)), "timedOut", IN_ALL),
    (Behaviour("stall-in-body", then_wait(OK, b"Content-Length: 400\r\n\r\n{")), "timedOut", IN_ALL),
    (Behaviour("slow-headers", endlessly(OK + b"X-Slow: ", b"a", 1)), "timedOut", IN_ALL),
    (Behaviour("slow-body", endlessly(OK + b"Content-Length: 400\r\n\r\n", b" ", 1)), "timedOut", IN_ALL),
    (Behaviour("trickling-headers", endlessly(OK + b"X-Slow: ", b"a" * 10, 0.2)), "timedOut", IN_ALL),
    (Behaviour("trickling-body", endlessly(OK + b"\r\n", b" " * 10, 0.2)), "timedOut", IN_ALL),
    # No limit counts what belongs to neither the headers nor the body.
    (Behaviour("endless-chunk-extension", endlessly(CHUNKED + b"5;", b"a" * 4096, 0.05)), "timedOut", IN_ALL),
]
TOO_MUCH = [
    (Behaviour("endless-body", endlessly(OK + b"\r\n", b" " * 65536)), "bodyTooLarge", 0),
    (Behaviour("endless-chunks", endlessly(CHUNKED, b"1000\r\n" + b" " * 4096 + b"\r\n")), "bodyTooLarge", 0),
    (Behaviour("immense-length", then_wait(OK + b"Content-Length: 9999999999\r\n\r\n")), "bodyTooLarge", 0),
    (Behaviour("endless-headers", endlessly(OK, SOME_FIELD)), "headersTooLarge", 0),
    (Behaviour("endless-header", endlessly(OK + b"X-Pad: ", b"a" * 65536)), "headersTooLarge", 0),
    (Behaviour("endless-trailers", endlessly(CHUNKED + b"0\r\n", SOME_FIELD)), "headersTooLarge", 0),
    (Behaviour("endless-continue", endlessly(b"", b"HTTP/1.1 100 Continue\r\n\r\n")), "headersTooLarge", 0),
    (
        Behaviour("endless-early-hints", endlessly(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")),
        "headersTooLarge",
        0,
    ),
]
NOT_HTTP = [
    (Behaviour(name, honest_after(head)), "malformedResponse", 0)
    for name, head in {
        "http-0-9": b"",
        "other-protocol": b"220 mail.example ESMTP\r\n",
        "no-status": b"HTTP/1.1 banana\r\nContent-Length: %d\r\n\r\n",
        "status-of-two-digits": b"HTTP/1.1 20 OK\r\nContent-Length: %d\r\n\r\n",
        "status-of-no-class": b"HTTP/1.1 999 What\r\nContent-Length: %d\r\n\r\n",
        "http-7": b"HTTP/7.0 200 OK\r\nContent-Length: %d\r\n\r\n",
        "icy": b"ICY 200 OK\r\nContent-Length: %d\r\n\r\n",
        "folded-header": OK + b"X-A: 1\r\n 2\r\nContent-Length: %d\r\n\r\n",
        "header-without-name": OK + b": 1\r\nContent-Length: %d\r\n\r\n",
        "header-without-colon": OK + b"banana\r\nContent-Length: %d\r\n\r\n",
        "space-in-header-name": OK + b"X A: 1\r\nContent-Length: %d\r\n\r\n",
        "nul-in-header": OK + b"X-A: 1\0002\r\nContent-Length: %d\r\n\r\n",
        # RFC 9112 §6.3: nobody can tell where such a response ends.
        "two-lengths": OK + b"Content-Length: 5\r\nContent-Length: %d\r\n\r\n",
        "two-lengths-in-one-field": OK + b"Content-Length: 5, %d\r\n\r\n",
        "negative-length": OK + b"Content-Length: -1\r\n\r\n",
        "length-with-unit": OK + b"Content-Length: %d bytes\r\n\r\n",
        "length-in-words": OK + b"Content-Length: banana\r\n\r\n",
    }.items()
]
CUT_OFF = [
    (Behaviour("reset", Conversation.reset), "connectionLost", 0),
    (Behaviour("close-unanswered"), "connectionLost", 0),
    (Behaviour("half-close", close_own_half), "connectionLost", 0),
    (Behaviour("close-at-once", reads=False), "connectionLost", 0),
    (Behaviour("reset-in-body", reset_midway), "connectionLost", 0),
    (Behaviour("close-in-status", then_close(b"HTTP/1.1 20")), "connectionLost", 0),
    (Behaviour("close-after-continue", then_close(b"HTTP/1.1 100 Continue\r\n\r\n")), "connectionLost", 0),
    (Behaviour("protocol-switched", honest_after(SWITCHED)), "connectionLost", 0),
    (Behaviour("close-in-headers", then_close(OK, b"X-A: ")), "connectionLost", 0),
    (Behaviour("close-in-body", hang_up_midway), "connectionLost", 0),
    (Behaviour("close-before-last-chunk", then_close(CHUNKED, b"2\r\n{}\r\n")), "connectionLost", 0),
    (Behaviour("chunk-size-in-words", chunk_of_size(b"banana")), "connectionLost", 0),
    (Behaviour("chunk-size-below-zero", chunk_of_size(b"-1")), "connectionLost", 0),
    (Behaviour("chunk-size-too-long", chunk_of_size(b"F" * 20)), "connectionLost", 0),
    (Behaviour("immense-chunk", chunk_of_size(b"7FFFFFFFFFFFFFF0")), "connectionLost", 0),
]
NOT_THERE = [
    (Behaviour("connection-refused", door="closed"), "connectionFailed", 0),
    (Behaviour("connection-unanswered", door="blocked"), "connectTimedOut", CONNECTING),
    (
        Behaviour("tls-unanswered", Conversation.wait_for_close, scheme="https", reads=False),
        "connectTimedOut",
        CONNECTING,
    ),
    (Behaviour("no-tls", Conversation.answer, scheme="https", reads=False), "tlsFailed", 0),
    (Behaviour("unknown-certificate", Conversation.answer, scheme="https", speaks_tls=True), "tlsFailed", 0),
    (Behaviour("tls-unasked", Conversation.answer, speaks_tls=True), "connectionLost", 0),
]
BROKEN = [*TOO_SLOW, *TOO_MUCH, *NOT_HTTP, *CUT_OFF, *NOT_THERE]
