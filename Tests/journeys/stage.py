"""A portal on which every state of the pages can be played, with the parts that lead there."""

import base64
import struct
import zlib
from contextlib import ExitStack, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from uuid import uuid4

from clients import client_of
from playwright.sync_api import Page
from portal import running_portal
from weavz_sdk import WeavzClient

DEFINITIONS = Path(__file__).parent / "definitions"


class Stage:
    """The portal, another one that answers a single page a minute, and what an app does at the portal."""

    def __init__(self, portal, crowded):
        self.portal, self.crowded = portal, crowded
        self.weavz = WeavzClient(api_key=portal.api_key, base_url=portal.url)
        self._client = client_of(portal)
        self._numbers = count(1)
        # Pages of this one are shown; nobody goes there.
        self._add_oauth_app("google", "stage", "a client secret")
        self._add_oauth_app("boards", "connect-portal-demo", portal.client_secret)

    def _add_oauth_app(self, integration: str, client_id: str, secret: str) -> None:
        app = {"integrationName": integration, "clientId": client_id, "clientSecret": secret}
        assert self._client.post("/oauth-apps", json=app).status_code == 201

    def mint(self, integration: str = "sandbox", method: str | None = "oauth2", **fields) -> dict:
        """A connect session of a new user; keywords are fields of the request."""
        number = next(self._numbers)
        body = {
            "integrationName": integration,
            "authMethodKey": method,
            "connectionName": "Ada's notes",
            "externalId": f"notes-{number}",
            "endUserId": f"user-{number}",
            "workspaceId": self.portal.workspace_id,
        }
        answer = self._client.post("/connect/token", json=body | fields)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def open(self, page: Page, integration: str = "sandbox", method: str | None = "oauth2", **fields) -> dict:
        """The page of a new connect session."""
        minted = self.mint(integration, method, **fields)
        page.goto(minted["connectUrl"])
        return minted

    def revoke(self, minted: dict) -> None:
        answer = self._client.delete(f"/connect/session/{minted['sessionId']}")
        assert answer.status_code == 200, answer.text

    @cached_property
    def branded_workspace(self) -> str:
        """The id of one with a name, a logo, a loud colour and links of its own."""
        branding = {
            "appName": "Sunny Tasks",
            "logo": f"data:image/png;base64,{base64.b64encode(disc(64)).decode()}",
            "color": "#ffd400",
            "supportUrl": "mailto:help@sunny.example",
            "termsUrl": "https://sunny.example/terms",
            "privacyUrl": "https://sunny.example/privacy",
        }
        body = {"name": "Sunny Tasks", "slug": "sunny-tasks", "branding": branding}
        answer = self._client.post("/workspaces", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()["workspace"]["id"]

    def open_portal_page(
        self,
        page: Page,
        offered: list[str],
        connected: list[str] | None = None,
        end_user: str = "ada@acme.example",
        **fields,
    ) -> dict:
        """The page of a new user of a new workspace that offers these integrations.

        `connected` are the names of accounts of the sandbox that are connected already; keywords are arguments of
        `workspaces.add_integration`.
        """
        workspace = self.weavz.workspaces.create(name="Stage", slug=f"stage-{uuid4()}")["workspace"]["id"]
        for name in offered:
            method = {"auth_method_key": "oauth2"} if name == "sandbox" else {}
            self.weavz.workspaces.add_integration(workspace, integration_name=name, **method | fields)
        user = self.weavz.end_users.create(workspace_id=workspace, external_id=end_user)["endUser"]
        for name in connected or []:
            self.weavz.connections.create(
                integration_name="sandbox",
                type="SECRET_TEXT",
                secret_text="sk_sandbox_ada_1815",
                external_id=str(uuid4()),
                display_name=name,
                workspace_id=workspace,
                end_user_id=end_user,
            )
        page.goto(self.weavz.end_users.create_connect_token(user["id"])["connectUrl"])
        return user

    @cached_property
    def _catalog_user(self) -> dict:
        """A user with two connections, whose workspace offers all that needs no OAuth app."""
        workspace = self.weavz.workspaces.create(name="Catalog", slug="catalog")["workspace"]["id"]
        for integration in self._client.get("/integrations").json()["integrations"]:
            methods = [method["key"] for method in integration["authOptions"] if method["oauth2"] is None]
            for method in methods[:1]:
                self.weavz.workspaces.add_integration(
                    workspace, integration_name=integration["name"], auth_method_key=method
                )
        user = self.weavz.end_users.create(workspace_id=workspace, external_id="ada@acme.example")["endUser"]
        for name in ("sandbox", "openai"):
            self.weavz.connections.create(
                integration_name=name,
                type="SECRET_TEXT",
                secret_text="sk_sandbox_ada_1815",
                external_id=name,
                display_name="Ada's notes",
                workspace_id=workspace,
                end_user_id="ada@acme.example",
            )
        return user

    @property
    def catalog_link(self) -> str:
        return self.weavz.end_users.create_connect_token(self._catalog_user["id"])["connectUrl"]


def disc(size: int) -> bytes:
    """A PNG picture of a yellow disc on nothing, `size` pixels wide."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    middle = (size - 1) / 2

    def pixel(x: int, y: int) -> bytes:
        is_inside = (x - middle) ** 2 + (y - middle) ** 2 <= (0.45 * size) ** 2
        return b"\xff\xb7\x00\xff" if is_inside else bytes(4)

    rows = (b"\0" + b"".join(pixel(x, y) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"".join(rows))), chunk(b"IEND", b"")]
    )


@contextmanager
def running_stage(new_directory):
    """`new_directory` makes a directory of the given name."""
    with ExitStack() as running:
        portal = running.enter_context(running_portal(new_directory("stage"), PORTAL_INTEGRATIONS_DIR=str(DEFINITIONS)))
        crowded = running.enter_context(running_portal(new_directory("crowded"), PORTAL_PUBLIC_RATE_LIMIT="1"))
        yield Stage(portal, crowded)
