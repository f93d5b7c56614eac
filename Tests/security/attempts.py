"""People and apps that make the portal ask at an address, and what they are told."""

from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlsplit

import httpx
from clients import client_of
from outcomes import readable


@dataclass(frozen=True)
class Told:
    """What came of it: the status of the answer, the code that the app sees, and the sentence that the person reads."""

    status: int
    code: str
    sentence: str = ""
    detail: str = ""


class Caller:
    """Does all that an outsider can do at a portal."""

    def __init__(self, portal):
        self._portal = portal
        self._app = client_of(portal)

    def attempt(self, integration: str, use: str, **fields: str) -> Told:
        """Makes the portal send the request of this kind; keywords are what the person types."""
        if use == "refresh":
            return self._refresh(integration, use)
        if use == "revocation":
            return self._revoke(integration, use)
        if use == "own-app":
            return self._use_own_app(integration, use, fields["host"])
        return self._connect(integration, use, fields)

    def _use_own_app(self, integration: str, use: str, host: str) -> Told:
        """An OAuth app of the organization's own with a token endpoint of its own."""
        app = {
            "integrationName": integration,
            "clientId": "own",
            "clientSecret": "own",
            "tokenUrl": f"https://{host}/token",
        }
        answer = self._app.post("/oauth-apps", json=app)
        if answer.status_code != 201:
            return Told(answer.status_code, answer.json()["code"], answer.text)
        return self._connect(integration, use, {}, oauthAppMode="custom", oauthAppId=answer.json()["app"]["id"])

    def _connect(self, integration: str, use: str, fields: dict[str, str], **minting: str) -> Told:
        answer = self._app.post("/connect/token", json=self._body(integration, authMethodKey=use, **minting))
        if answer.status_code != 200:
            return Told(answer.status_code, answer.json()["code"], answer.json()["error"])
        minted = answer.json()
        path = f"/connect/{minted['sessionId']}"
        form = {"method": use, "display": "page", "field.secret": "a-key"}
        form |= {f"field.{name}": value for name, value in fields.items()}
        # Certificates are loaded for each client otherwise.
        headers = {"Origin": self._portal.url}
        with httpx.Client(base_url=self._portal.url, headers=headers, timeout=60, verify=False) as browser:
            browser.get(minted["connectUrl"], follow_redirects=True).raise_for_status()
            answer = browser.post(path, data=form)
            target = urlsplit(answer.headers.get("location", ""))
            # What was pushed is not in the address; the person turns back there.
            asked = parse_qs(target.query)
            if "state" in asked:
                answer = browser.get(asked["redirect_uri"][0], params={"code": "a-code", "state": asked["state"][0]})
            status = answer.status_code
            if answer.next_request and answer.next_request.url.host == "localhost":
                answer = browser.send(answer.next_request)
            page = readable(answer.text)
            browser.post(f"{path}/cancel", data={"display": "page"})
        session = self._app.get(f"/connect/session/{minted['sessionId']}").json()["session"]
        details = [event["detail"] for event in session["events"]]
        detail = " ".join(f"{detail[name]}" for detail in details for name in ("transport", "reason") if name in detail)
        code = session["errorCode"] or session["status"]
        return Told(status, code, session["error"] or sentence(page), detail)

    def _refresh(self, integration: str, use: str) -> Told:
        kept = self._keep(integration, use)
        answer = self._app.post(f"/connections/{kept}/refresh")
        refresh = self._app.get("/connections", params={"id": kept}).json()["connection"]["refresh"]
        words = answer.json().get("code", "refreshed"), f"{answer.json().get('error')}"
        return Told(answer.status_code, *words, f"{refresh['lastError']}")

    def _revoke(self, integration: str, use: str) -> Told:
        """Nobody waits for what comes of this."""
        answer = self._app.delete(f"/connections/{self._keep(integration, use)}")
        return Told(answer.status_code, "removed")

    def _keep(self, integration: str, use: str) -> str:
        tokens = {"type": "OAUTH2", "accessToken": "a-token", "refreshToken": "a-refresh-token", "expiresIn": 3600}
        body = self._body(integration, displayName="A connection", authMethodKey=use, scope="WORKSPACE", **tokens)
        del body["connectionName"]
        answer = self._app.post("/connections", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["connection"]["id"]

    def _body(self, integration: str, **fields) -> dict:
        return {
            "integrationName": integration,
            "connectionName": "A connection",
            "externalId": token_urlsafe(12),
            "workspaceId": self._portal.workspace_id,
        } | fields


def sentence(page: str) -> str:
    return " ".join(page.split())[:200]
