"""What an organization may change of a provider with an OAuth app of its own, and what nobody ever reads again."""

import pytest
from clients import client_of
from evidence import kept_by, occurrences
from refusals import expect_refusal

SECRET = "a client secret that nobody reads again"
APP = {"integrationName": "github", "clientId": "Iv1.0123456789abcdef", "clientSecret": SECRET}
# Whoever decides about an endpoint gets the codes and the client secret (RFC 9700 §4.4).
ELSEWHERE = [
    *("https://evil.example/token", "https://github.com.evil.example/token", "https://evil.example/github.com"),
    *("http://github.com/token", "https://github.com:8443/token", "https://github.com@evil.example/token"),
    *("https://github.com./token", "https://evilgithub.com/token", "https://github.com#@evil.example", "//github.com"),
]
PROTOCOL = [
    *("response_type", "client_id", "redirect_uri", "state", "scope", "nonce", "code_challenge"),
    *("code_challenge_method", "request", "request_uri", "response_mode"),
]


@pytest.fixture(scope="module")
def portal(start_sqlite_portal):
    return start_sqlite_portal()


@pytest.fixture(scope="module")
def client(portal):
    with client_of(portal) as client:
        yield client


@pytest.fixture(scope="module")
def app(client):
    answer = client.post("/oauth-apps", json=APP)
    assert answer.status_code == 201, answer.text
    return answer.json()["app"]


@pytest.mark.parametrize("field", ["authUrl", "tokenUrl"])
@pytest.mark.parametrize("address", ELSEWHERE)
def test_endpoint_elsewhere(address, field, client, app):
    expect_refusal(client.post("/oauth-apps", json=APP | {field: address}), 400, "VALIDATION_ERROR", field)
    expect_refusal(client.patch(f"/oauth-apps/{app['id']}", json={field: address}), 400, "VALIDATION_ERROR", field)


@pytest.mark.parametrize("name", PROTOCOL)
def test_parameter_of_the_protocol(name, client, app):
    body = {"extraParams": {"login": "ada", name: "x"}}
    expect_refusal(client.post("/oauth-apps", json=APP | body), 400, "VALIDATION_ERROR", "extraParams")
    expect_refusal(client.patch(f"/oauth-apps/{app['id']}", json=body), 400, "VALIDATION_ERROR", "extraParams")


@pytest.mark.parametrize("body", [{"authUrl": "https://evil.example/"}, {"clientSecret": "x"}, {"scopes": ["repo"]}])
def test_the_operators_app_is_not_theirs_to_change(body, client):
    """It has no id by which it could be named, and a session may only choose it."""
    for name in ("platform:sandbox", "sandbox", "weavz_managed"):
        assert client.patch(f"/oauth-apps/{name}", json=body).status_code == 404
    assert [app["id"] for app in client.get("/oauth-apps/available/sandbox").json()["apps"]] == ["platform:sandbox"]


def test_nobody_reads_a_client_secret(client, app, portal):
    changed = client.patch(f"/oauth-apps/{app['id']}", json={"clientSecret": SECRET + "!", "displayName": "Hub"})
    answers = [changed, client.get("/oauth-apps"), client.get("/oauth-apps/available/github")]
    assert all(answer.status_code == 200 for answer in answers)
    assert not any(SECRET in answer.text or "clientSecret" in answer.text for answer in answers)
    assert "clientSecret" not in app
    assert occurrences({"client secret": {SECRET}}, kept_by(portal)) == []
