"""People who connect over plain HTTP, and what came of it."""

import time
from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlsplit

import httpx
from honest_answers import CODE, KEY
from outcomes import Case
from walk import CALLBACK


@dataclass(frozen=True)
class Attempt:
    """What came of it."""

    seconds: float
    # What the person saw next.
    page: str
    session: dict
    connection: dict | None
    credentials: dict | None

    @property
    def events(self) -> dict[str, dict]:
        return {event["type"]: event["detail"] for event in self.session["events"]}


class Person:
    """Connects at a portal, with an app that mints the links."""

    def __init__(self, portal):
        self._portal = portal
        self._app = httpx.Client(
            base_url=f"{portal.url}/api/v1",
            headers={"Authorization": f"Bearer {portal.api_key}"},
            timeout=30,
        )

    def attempt(self, case: Case) -> Attempt:
        """Connects and, where that fails, gives up."""
        minted = self._mint(case)
        # Certificates are loaded for each client otherwise.
        with httpx.Client(
            base_url=self._portal.url, headers={"Origin": self._portal.url}, timeout=30, verify=False
        ) as browser:
            browser.get(minted["connectUrl"], follow_redirects=True).raise_for_status()
            press = {"method": case.use, "display": "page"}
            if case.use == "key":
                begun, answer = self._timed(browser, "POST", minted, data=press | {"field.secret": KEY})
            else:
                state = self._state(browser.post(f"/connect/{minted['sessionId']}", data=press))
                begun, answer = self._timed(browser, "GET", minted, params={"code": CODE, "state": state})
            if answer.next_request:
                answer = browser.send(answer.next_request)
            browser.post(f"/connect/{minted['sessionId']}/cancel", data={"display": "page"})
        session = self._get(f"/connect/session/{minted['sessionId']}")["session"]
        return self._seen(begun, answer, session)

    def _mint(self, case: Case) -> dict:
        body = {
            "integrationName": case.behaviour.name,
            "authMethodKey": case.use,
            "connectionName": str(case),
            "externalId": token_urlsafe(),
            "endUserId": "ada",
            "workspaceId": self._portal.workspace_id,
        }
        answer = self._app.post("/connect/token", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    @staticmethod
    def _state(answer: httpx.Response) -> str:
        return parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]

    def _timed(self, browser: httpx.Client, method: str, minted: dict, **request):
        address = CALLBACK if method == "GET" else f"/connect/{minted['sessionId']}"
        begin = time.monotonic()
        answer = browser.request(method, address, **request)
        return time.monotonic() - begin, answer

    def _get(self, path: str, **query: str) -> dict:
        answer = self._app.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _seen(self, seconds: float, answer: httpx.Response, session: dict) -> Attempt:
        connection_id = session["connectionId"]
        return Attempt(
            seconds=seconds,
            page=answer.text,
            session=session,
            connection=self._get("/connections", id=connection_id)["connection"] if connection_id else None,
            credentials=self._get(f"/connections/{connection_id}/credentials")["credentials"]
            if connection_id
            else None,
        )
