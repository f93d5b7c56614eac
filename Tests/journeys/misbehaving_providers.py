"""Integrations whose providers misbehave."""

import json
import ssl
import subprocess
from contextlib import contextmanager
from pathlib import Path

from honest_answers import CLIENT_SECRET, HONEST
from misbehaving import Behaviour, Conversation, Endpoint
from outcomes import Case


class Providers:
    """One integration for each behaviour, with a way of connecting for each kind of request that meets it."""

    def __init__(self, cases: list[Case], directory: Path):
        self.trap = Endpoint(Behaviour("trap", Conversation.answer), b"{}")
        tls = certified(directory)
        self.endpoints = {case: Endpoint(case.behaviour, HONEST[case.use], self.trap.url, tls) for case in cases}
        self._honest = Endpoint(Behaviour("honest", Conversation.answer), HONEST["token"])
        definitions = directory / "definitions"
        definitions.mkdir()
        names = {case.behaviour.name for case in cases}
        for name in names:
            (definitions / f"{name}.yaml").write_text(json.dumps(self._definition(name)))
        apps = [{"integrationName": name, "clientId": "misbehaving", "clientSecret": CLIENT_SECRET} for name in names]
        (directory / "apps.yaml").write_text(json.dumps(apps))
        self.settings = {
            "PORTAL_INTEGRATIONS_DIR": str(definitions),
            "PORTAL_OAUTH_APPS": str(directory / "apps.yaml"),
            "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8",
        }

    def stop(self) -> None:
        for endpoint in [self.trap, self._honest, *self.endpoints.values()]:
            endpoint.stop()

    def _definition(self, name: str) -> dict:
        urls = {case.use: endpoint.url for case, endpoint in self.endpoints.items() if case.behaviour.name == name}
        ways = {
            "token": lambda url: sign_in("token", url),
            "account": lambda url: sign_in("account", self._honest.url) | {"account": lookup(url)},
            "key": lambda url: {
                "key": "key",
                "type": "SECRET_TEXT",
                "displayName": "Use a key",
                "verification": {"request": {"url": url, "headers": {"Authorization": "Bearer {secret}"}}},
            },
        }
        return {
            "name": name,
            "displayName": f"Provider {name}",
            "description": "A made-up provider that misbehaves",
            "categories": ["DEVELOPER_TOOLS"],
            "color": "#7C3AED",
            "auth": [ways[use](url) for use, url in urls.items()],
        }


def sign_in(key: str, token_url: str) -> dict:
    endpoints = {"authorizationUrl": "https://service.example/authorize", "tokenUrl": token_url}
    oauth2 = {**endpoints, "scopes": ["read", "write"]}
    return {"key": key, "type": "OAUTH2", "displayName": "Sign in", "oauth2": oauth2}


def lookup(url: str) -> dict:
    return {
        "request": {"url": url, "headers": {"Authorization": "Bearer {accessToken}"}},
        "id": "id",
        "label": "label",
    }


def certified(directory: Path) -> ssl.SSLContext:
    """TLS with a certificate that nobody trusts."""
    certificate, key = directory / "certificate.pem", directory / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-days", "1", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@contextmanager
def running_providers(cases: list[Case], directory: Path):
    providers = Providers(cases, directory)
    try:
        yield providers
    finally:
        providers.stop()
