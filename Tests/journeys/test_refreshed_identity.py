"""The id_token that comes with renewed tokens is of the person who signed in, or the connection is stopped."""

import pytest
from orchard import Orchard, orchard_settings
from refusals import expect_refusal
from walk import switch

# What is wrong with the id_token, and how the fault is called in the timeline (OpenID Connect Core §12.2).
ANOTHER = {
    "otherSubject": "otherSubject",
    "wrongIssuer": "wrongIssuer",
    "wrongAudience": "wrongAudience",
    "extraAudience": "untrustedAudience",
    "wrongNonce": "wrongNonce",
    "wrongAccessTokenHash": "wrongAccessTokenHash",
    "wrongSignature": "badSignature",
    "unsigned": "algorithmNotAllowed",
    "algorithmConfusion": "algorithmNotAllowed",
    "embeddedKey": "badSignature",
    "criticalHeader": "criticalHeader",
}
# Nothing to prove, nothing missing that a refresh has to bring, or a clock that is not right.
THE_SAME = ["none", "absent", "missingNonce", "strangeKeyFirst", "withoutKeyID", "expired", "futureIssuedAt"]


@pytest.fixture(scope="module")
def orchard(start_sqlite_portal, tmp_path_factory):
    return Orchard(start_sqlite_portal(**orchard_settings(tmp_path_factory.mktemp("definitions"))))


@pytest.fixture
def refresh(orchard):
    """Renews a connection, at a provider whose id_tokens have a flaw from now on."""

    def refresh(connection: dict, flaw: str):
        switch(orchard.sandbox_url, quirks={"idToken": flaw})
        return orchard.client.post(f"/connections/{connection['id']}/refresh")

    yield refresh
    switch(orchard.sandbox_url, quirks={"idToken": "none"})


@pytest.mark.parametrize("flaw", ANOTHER)
def test_another_person(flaw, orchard, refresh):
    connection = orchard.connect(integration="orchard", endUserId=flaw)
    details = expect_refusal(refresh(connection, flaw), 424, "REAUTHORIZATION_REQUIRED")
    assert details["reason"] == "account_mismatch"
    seen = orchard.client.get("/connections", params={"id": connection["id"]}).json()
    assert (seen["connection"]["status"], seen["connection"]["statusReason"]) == ("ERROR", "account_mismatch")
    assert seen["connection"]["account"] == connection["account"], "nobody else's name comes in"
    assert seen["connection"]["refresh"]["nextAttemptAt"] is None
    assert (seen["events"][-1]["type"], seen["events"][-1]["detail"]) == ("account_mismatch", {"fault": ANOTHER[flaw]})
    # The tokens are there, and nobody is given them.
    credentials = orchard.client.get(f"/connections/{connection['id']}/credentials")
    details = expect_refusal(credentials, 424, "REAUTHORIZATION_REQUIRED")
    assert (details["reason"], details["connectUrl"].startswith(orchard.url)) == ("account_mismatch", True)


@pytest.mark.parametrize("flaw", THE_SAME)
def test_the_same_person(flaw, orchard, refresh):
    connection = orchard.connect(integration="orchard")
    answer = refresh(connection, flaw)
    assert answer.status_code == 200, answer.text
    refreshed = answer.json()["connection"]
    assert (refreshed["status"], refreshed["account"]) == ("ACTIVE", connection["account"])
    assert orchard.client.get(f"/connections/{connection['id']}/credentials").status_code == 200
