"""The providers behind the portal's integrations: definitions that name them, and a simulated one as a process."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import servers
from calls import Call

SANDBOX_CLIENT = "connect-portal-demo"
SECRET = "a client secret"


def settings(directory: Path, url: str, names: list[str], client: str = SANDBOX_CLIENT) -> dict[str, str]:
    """With which a portal knows a provider, under some names."""
    definitions = directory / "definitions"
    definitions.mkdir()
    for name in names:
        # JSON is YAML.
        (definitions / f"{name}.yaml").write_text(json.dumps(definition(name, url)))
    apps = directory / "oauth-apps.yaml"
    apps.write_text(
        json.dumps([{"integrationName": name, "clientId": client, "clientSecret": SECRET} for name in names])
    )
    return {
        "PORTAL_INTEGRATIONS_DIR": str(definitions),
        "PORTAL_OAUTH_APPS": str(apps),
        "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8,[::1]/128",
    }


def definition(name: str, url: str) -> dict:
    oauth2 = {"authorizationUrl": f"{url}/authorize", "tokenUrl": f"{url}/token", "scopes": ["profile", "email"]}
    request = {"method": "GET", "url": f"{url}/userinfo", "headers": {"Authorization": "Bearer {accessToken}"}}
    return {
        "name": name,
        "displayName": name.title(),
        "description": "A made-up provider on this machine",
        "categories": ["DEVELOPER_TOOLS"],
        "color": "#0F766E",
        "auth": [
            {
                "key": "oauth2",
                "type": "OAUTH2",
                "displayName": "Sign in",
                "oauth2": oauth2,
                "account": {"request": request, "id": "sub", "label": "email"},
            }
        ],
    }


@contextmanager
def sandbox(binary: Path, directory: Path, portal_port: int) -> Iterator[str]:
    """The address of the simulated provider, which consents without asking and sends people back to the portal."""
    apps = directory / "sandbox-apps.yaml"
    apps.write_text(json.dumps([{"integrationName": "sandbox", "clientId": SANDBOX_CLIENT, "clientSecret": SECRET}]))
    public = {"PORTAL_PUBLIC_URL": f"http://localhost:{portal_port}", "PORTAL_OAUTH_APPS": str(apps)}
    with servers.portal(binary, directory / "sandbox.sqlite", "demo", PORTAL_LOG_LEVEL="warning", **public) as demo:
        port = demo.port + 1
        consent = Call("PATCH", f"/control/clients/{SANDBOX_CLIENT}", {"quirks": {"automaticUser": "ada"}})
        consent.check(port, "sandbox")
        yield f"http://localhost:{port}"
