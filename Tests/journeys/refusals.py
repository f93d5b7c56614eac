"""How the portal says no, over plain HTTP and through the official client."""

from contextlib import contextmanager

import httpx
import pytest
from weavz_sdk import WeavzError


def expect_refusal(answer: httpx.Response, status: int, code: str, *fields: str) -> dict:
    """Checks the envelope and that each of the fields is named; returns the details."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    body = answer.json()
    assert body.keys() == {"error", "code", "details"}
    assert (body["code"], bool(body["error"])) == (code, True), body
    details = body["details"]
    assert details.pop("requestId") == answer.headers["x-request-id"]
    assert set(fields) <= details.get("fields", {}).keys(), body
    return details


@contextmanager
def refused(status: int, code: str, *fields: str):
    """Around a call of the official client that must fail."""
    with pytest.raises(WeavzError) as refusal:
        yield
    error = refusal.value
    assert (error.status, error.code) == (status, code), error
    assert set(fields) <= error.details.get("fields", {}).keys(), error.details
