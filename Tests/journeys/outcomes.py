"""What may come of an attempt to connect."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape

import pytest
from honest_answers import ACCESS_TOKEN, ACCOUNT, KEY
from misbehaving import Behaviour

# What the person reads, after the provider's name.
SENTENCES = {
    "credentials_rejected": "answered that what you entered is not valid",
    "invalid_client": "does not accept the registration of this app",
    "invalid_grant": "did not accept the sign-in",
    "invalid_response": "answered in a way that could not be understood",
    "provider_error": "reported an error of its own",
    "provider_timeout": "did not answer in time",
    "provider_unavailable": "cannot answer just now",
    "provider_unreachable": "could not be reached just now",
}


class Failed:
    """Nothing is connected; the timeline has this code, and these details."""

    def __init__(self, code: str, **detail: object):
        self.code, self.detail = code, detail

    def check(self, attempt, case: "Case") -> None:
        assert attempt.connection is None, attempt.connection
        event = attempt.events["form_rejected" if case.use == "key" else "exchange_failed"]
        assert event == event | {"code": self.code} | self.detail, event
        session = attempt.session
        assert (session["status"], session["errorCode"], attempt.connection) == ("FAILED", self.code, None), session
        sentence = f"Provider {case.behaviour} {SENTENCES[self.code]}"
        assert sentence in session["error"]
        assert sentence in readable(attempt.page), attempt.page


@dataclass
class Connected:
    """A connection whose access token lives for so many seconds."""

    lifetime: int | None = 3600
    scopes: tuple[str, ...] = ("read", "write")
    account: tuple[str, str] | None = (ACCOUNT["id"], ACCOUNT["label"])
    # Of an account that is unknown, why it is.
    reason: str | None = None

    def check(self, attempt, case: "Case") -> None:
        assert attempt.session["status"] == "COMPLETED", attempt.events
        unknown = attempt.events.get("account_unknown")
        assert (unknown is None) == (self.reason is None), unknown
        assert unknown is None or self.reason in unknown["reason"], unknown
        connection, credentials = attempt.connection, attempt.credentials
        if case.use == "key":
            assert credentials == {"secretText": KEY}
            return
        # Some tokens have a long tail.
        assert credentials["accessToken"].startswith(ACCESS_TOKEN)
        assert credentials["tokenType"].lower() == "bearer", credentials
        assert tuple(credentials["scopes"]) == self.scopes, credentials
        # It counts from the token request; what is asked for afterwards takes fifteen seconds at most.
        assert lifetime(connection) == (self.lifetime and pytest.approx(self.lifetime, abs=20)), connection
        account = connection["account"] and tuple(connection["account"][name] for name in ("id", "label"))
        assert account == (self.account if case.use == "account" else None)


def unlabelled(reason: object = "") -> Connected:
    """A connection of nobody known, for a reason with these words."""
    return Connected(account=None, reason=str(reason))


@dataclass(frozen=True, eq=False)
class Case:
    """What must come of a behaviour when it meets one kind of request, after so many seconds at most."""

    behaviour: Behaviour
    use: str
    expected: Failed | Connected
    seconds: int = 0

    def __str__(self) -> str:
        return f"{self.behaviour}-{self.use}"


def readable(page: str) -> str:
    """Its text; names are in elements of their own, against strange directions."""
    return unescape(re.sub(r"<[^>]+>", "", page))


def lifetime(connection: dict) -> float | None:
    """In seconds."""
    if connection["expiresAt"] is None:
        return None
    end, begin = (datetime.fromisoformat(connection[name]) for name in ("expiresAt", "createdAt"))
    return (end - begin).total_seconds()
