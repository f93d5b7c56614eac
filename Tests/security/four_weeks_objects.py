"""One of everything that ends or is renewed by itself, made on the first day."""

import json
from contextlib import closing
from pathlib import Path

import httpx
from four_weeks_calendar import DAY, HOUR, Calendar
from four_weeks_provider import DatedJudge
from judged_portal import INTEGRATION, JudgedPortal, Kept, judged_settings
from walk import callback_address

ROBOT = "robot"


def settings(judge: DatedJudge, directory: Path) -> dict[str, str]:
    """A portal that knows the provider, also for clients that stand for themselves."""
    chosen = judged_settings(judge, directory)
    oauth2 = {"grant": "client_credentials", "tokenUrl": f"{judge.url}/token", "scopes": []}
    fields = [{"key": "clientId", "label": "Client ID"}, {"key": "clientSecret", "label": "Client secret"}]
    option = {"key": "oauth2", "type": "OAUTH2", "displayName": "Client", "fields": fields, "oauth2": oauth2}
    definition = {
        "name": ROBOT,
        "displayName": "Robot",
        "description": "A made-up provider for robots",
        "auth": [option],
    }
    definition |= {"categories": ["DEVELOPER_TOOLS"], "color": "#0F766E"}
    (directory / f"definitions/{ROBOT}.yaml").write_text(json.dumps(definition))
    return chosen


class Objects:
    """By what becomes of them."""

    def __init__(self, app: JudgedPortal, calendar: Calendar):
        self.app, self._calendar = app, calendar
        self.busy, self.idle = app.connect(), app.connect()
        self.over_on_day_10 = app.connect(days=10)
        self.kept_alive = app.connect(expires_in=30 * DAY, lifetime=30 * DAY, idle_days=9)
        self.removed = app.connect()
        self.for_12_days = self._without_refresh_token(expiresIn=12 * DAY)
        self.for_ever = self._without_refresh_token()
        self.robot = self._robot()
        self.key_for_10_days, self.key_for_60_days = (self._key(days) for days in (10, 60))
        self.link_for_a_week, self.link_for_30_days = (self._portal_link(seconds) for seconds in (7 * DAY, 30 * DAY))
        self.unopened = self.mint("unopened", expiresIn=HOUR)
        self.left = self.mint("left")
        self.unconfirmed = self.mint("unconfirmed", confirm="app", allowedOrigins=["https://app.example"])
        self.finished = self.mint("finished")
        with closing(httpx.Client()) as browser:
            callback_address(browser, self.left)
        self._sign_in(self.unconfirmed)
        self._unconfirmed_grant = list(self.app.judge.grants.values())[-1]
        self._sign_in(self.finished)
        self.repeated = self.make_workspace().json()

    def mint(self, name: str, **fields) -> dict:
        body = {"integrationName": INTEGRATION, "connectionName": name, "externalId": name, "endUserId": name}
        body["workspaceId"] = self.app.portal.workspace_id
        return self._post("/connect/token", body | fields)

    def make_workspace(self) -> httpx.Response:
        """Always the same request, with the same idempotency key."""
        headers = {"Idempotency-Key": "four-weeks"}
        return self.app.client.post("/workspaces", json={"name": "Repeated", "slug": "repeated"}, headers=headers)

    def status(self, key: str) -> int:
        """What an API key gets."""
        return self.app.client.get("/workspaces", headers={"Authorization": f"Bearer {key}"}).status_code

    @property
    def renewed(self) -> dict[str, Kept]:
        """Those that are renewed every hour to the end."""
        return {"busy": self.busy, "idle": self.idle, "robot": self.robot}

    @property
    def end_of_unconfirmed(self) -> str:
        return "ended" if self._unconfirmed_grant.is_over else "living"

    def make_later_link(self) -> None:
        self.later_link = self._portal_link(30 * DAY)

    def _sign_in(self, minted: dict) -> None:
        with closing(httpx.Client()) as browser:
            answer = browser.get(callback_address(browser, minted), follow_redirects=True)
            assert answer.status_code == 200, answer.text

    def _robot(self) -> Kept:
        body = {"integrationName": ROBOT, "connectionName": ROBOT, "externalId": ROBOT}
        minted = self._post("/connect/token", body | {"workspaceId": self.app.portal.workspace_id})
        url = self.app.portal.url
        with closing(httpx.Client(headers={"Origin": url})) as browser:
            browser.get(minted["connectUrl"], follow_redirects=True)
            form = {"method": "oauth2", "display": "page", "field.clientId": ROBOT, "field.clientSecret": "a secret"}
            browser.post(f"{url}/connect/{minted['sessionId']}", data=form)
        session = self.app.client.get(f"/connect/session/{minted['sessionId']}").json()["session"]
        assert session["status"] == "COMPLETED", session
        return Kept(session["connectionId"], self.app.judge.robot, self.app.client)

    def _without_refresh_token(self, **fields) -> Kept:
        grant = self.app.judge.new_grant(lifetime=fields.get("expiresIn", 1000 * DAY))
        body = self.app.body(grant, 0) | {"refreshToken": None, "expiresIn": None} | fields
        return Kept(self._post("/connections", body)["connection"]["id"], grant, self.app.client)

    def _key(self, days: int) -> str:
        return self._post("/api-keys", {"name": f"{days} days", "expiresAt": self._calendar.after(days)})["plainKey"]

    def _portal_link(self, seconds: int) -> str:
        user = {"workspaceId": self.app.portal.workspace_id, "externalId": f"link-{seconds}-{self._calendar.day}"}
        user_id = self._post("/end-users", user)["endUser"]["id"]
        return self._post(f"/end-users/{user_id}/connect-token", {"expiresIn": seconds})["connectUrl"]

    def _post(self, path: str, body: dict) -> dict:
        answer = self.app.client.post(path, json=body)
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.json()
