"""Two processes on one database behind nginx, and a provider in a third process."""

import json
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from nginx import running_nginx
from portal import API_KEY, REPOSITORY, Portal, free_port_pair, running_portal


class TwoPortals:
    """To people and apps one portal, at nginx; each of two processes may answer."""

    def __init__(self, provider: Portal, nginx, processes: list[Portal]):
        self.url, self.sandbox_url = nginx.url, provider.sandbox_url
        self.nginx, self.processes = nginx, processes
        # One of them made the first key and told it.
        first = next(process for process in processes if API_KEY.search(process.log))
        self.api_key, self.workspace_id = first.api_key, first.workspace_id

    def mint(self, name: str) -> dict:
        """A link with which a person connects Acme, by that name."""
        answer = httpx.post(
            f"{self.url}/api/v1/connect/token",
            headers={"Authorization": f"Bearer {self.api_key}"},
            json={
                "integrationName": "acme",
                "authMethodKey": "oauth2",
                "connectionName": name,
                "externalId": name,
                "workspaceId": self.workspace_id,
            },
        )
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def running_two_portals(new_directory, settings: dict[str, str]):
    """On the database that the settings name; `new_directory` makes a directory of the given name."""
    url = f"http://localhost:{free_port_pair()}"
    with ExitStack() as running:
        provider = running.enter_context(running_portal(new_directory("provider"), PORTAL_PUBLIC_URL=url))
        settings = settings | {"PORTAL_PUBLIC_URL": url, "PORTAL_TRUSTED_PROXIES": "127.0.0.1/32"}
        settings |= acme(provider, new_directory("acme"))
        pair = running.enter_context(running_pair(new_directory, settings))
        nginx = running.enter_context(running_nginx(new_directory("nginx"), url, [portal.url for portal in pair]))
        yield TwoPortals(provider, nginx, pair)


@contextmanager
def running_pair(new_directory, settings: dict[str, str]):
    """Two processes started at the same moment, which must end well."""
    pair = [Portal(new_directory("pair"), command="serve", **settings) for _ in range(2)]
    try:
        for portal in pair:
            portal.wait_until_ready()
        yield pair
    finally:
        exit_codes = [portal.stop() for portal in pair]
    assert exit_codes == [0, 0], "\n".join(portal.log for portal in pair)


def acme(provider: Portal, directory: Path) -> dict[str, str]:
    """The settings with which a portal knows this provider as the integration `acme`."""
    sandbox = (REPOSITORY / "Sources/Integrations/Catalog/sandbox.yaml").read_text()
    definition = sandbox.replace("name: sandbox", "name: acme").replace("{sandbox}", provider.sandbox_url)
    (directory / "acme.yaml").write_text(definition)
    app = {"integrationName": "acme", "clientId": "connect-portal-demo", "clientSecret": provider.client_secret}
    apps = directory.with_name(directory.name + "-oauth-apps.yaml")
    apps.write_text(json.dumps([app]))
    return {
        "PORTAL_INTEGRATIONS_DIR": str(directory),
        "PORTAL_OAUTH_APPS": str(apps),
        "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8,[::1]/128",
    }
