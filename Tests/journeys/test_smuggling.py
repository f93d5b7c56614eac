"""Requests that a proxy could read in another way than the portal: refused, and the connection ends."""

from urllib.parse import urlsplit

import pytest
from raw_client import connect, exchange, statuses
from smuggled_requests import SMUGGLED, SMUGGLED_PATH


@pytest.mark.parametrize("smuggled", SMUGGLED, ids=lambda smuggled: smuggled.name[:60])
def test_smuggled_request(smuggled, plain):
    answered, text = exchange(plain.url, smuggled.raw(urlsplit(plain.url).netloc))
    assert len(answered) == 1, text
    assert answered[0] in smuggled.statuses, text
    assert b"connection: close" in text.lower()
    assert b"server:" not in text.lower()


@pytest.fixture(scope="module")
def plain(start_sqlite_portal):
    portal = start_sqlite_portal()
    yield portal
    # No smuggled request arrived, and none of this is an error of ours.
    assert SMUGGLED_PATH.decode() not in portal.log
    assert " error " not in portal.log


def test_good_requests_in_a_row(plain):
    """What the refusals do not touch: several requests on a connection, chunks, an extension, a trailer."""
    host = urlsplit(plain.url).netloc.encode()
    head = b"Host: " + host + b"\r\n"
    raw = (
        b"\r\nGET /health HTTP/1.1\r\n" + head + b"\r\n"
        b"POST /api/v1/connect/session/poll HTTP/1.1\r\n" + head + b"Content-Type: application/json\r\n"
        b"Transfer-Encoding: Chunked\r\n\r\n1;a=b\r\n{\r\n1\r\n}\r\n0\r\nX: a\r\n\r\n"
        b"GET /health HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n"
    )
    answered, text = exchange(plain.url, raw)
    assert answered == [200, 400, 200], text
    assert b"MISSING_TOKEN" in text


def test_upgrade_is_not_followed(plain):
    """Java's client asks for HTTP/2 this way; it gets its answer, and opens a new connection for the next request."""
    fields = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n"
    host = urlsplit(plain.url).netloc.encode()
    answered, text = exchange(plain.url, b"GET /health HTTP/1.1\r\nHost: " + host + b"\r\n" + fields)
    assert answered == [200]
    assert b"connection: close" in text.lower()


def test_body_that_breaks_off(plain):
    """What came of a body is not taken for the whole, and the log tells no error."""
    host = urlsplit(plain.url).netloc.encode()
    form = b"Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{}"
    with connect(plain.url) as client:
        client.sendall(b"POST /api/v1/connect/session/poll HTTP/1.1\r\nHost: " + host + b"\r\n" + form)
        client.shutdown(1)
        assert statuses(client.recv(65536)) == [400]
