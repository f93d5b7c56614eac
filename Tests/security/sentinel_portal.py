"""A portal all of whose settings and providers hold secrets that are known."""

import base64
import json
from pathlib import Path
from secrets import token_bytes, token_urlsafe
from urllib.parse import quote, urlsplit

from certificates import new_key
from mail_server import PASSWORD, USER
from sentinel_keys import CLIENT_ID
from sentinel_provider import Provider
from sentinel_secrets import Secrets

# How each of the integrations says who it is to the provider.
CLIENTS = {"basic": "client_secret_basic", "form": "client_secret_post", "signed": "private_key_jwt"}
FIELDS = [
    {"key": "token", "label": "Token", "type": "secret"},
    {"key": "certificate", "label": "Certificate", "type": "multiline"},
    {"key": "site", "label": "Site"},
]


def settings(directory: Path, provider: Provider, secrets: Secrets, smtp_port: int) -> dict[str, str]:
    """Settings by name; what is secret in them goes to `secrets`."""
    definitions = directory / "definitions"
    definitions.mkdir()
    for name, definition in [*((name, signing_in(name, provider)) for name in CLIENTS), ("typed", typed(provider))]:
        # JSON is YAML.
        (definitions / f"{name}.yaml").write_text(json.dumps(definition))
    client_secrets = {"basic": f"secret+/{token_urlsafe()}", "form": f'"{token_urlsafe()}%', "signed": new_key("EC")[0]}
    for secret in client_secrets.values():
        # Of a key in PEM, its lines.
        secrets.add("client secret", *(line for line in secret.splitlines() if "PRIVATE KEY" not in line))
    apps = [
        {"integrationName": name, "clientId": CLIENT_ID, "clientSecret": secret}
        for name, secret in client_secrets.items()
    ]
    (directory / "oauth-apps.yaml").write_text(json.dumps(apps))
    key = token_bytes(32)
    secrets.add("encryption key", key, base64.b64encode(key))
    secrets.add("SMTP password", PASSWORD)
    (directory / "temporary").mkdir()
    return {
        "PORTAL_INTEGRATIONS_DIR": str(definitions),
        "PORTAL_OAUTH_APPS": str(directory / "oauth-apps.yaml"),
        "PORTAL_PRIVATE_TARGETS": "127.0.0.0/8",
        "PORTAL_ENCRYPTION_KEYS": f"k1:{base64.b64encode(key).decode()}",
        "PORTAL_SMTP_URL": f"smtp://{quote(USER)}:{quote(PASSWORD, safe='')}@127.0.0.1:{smtp_port}",
        "PORTAL_MAIL_FROM": "Acme Notes <connect@acme.example>",
        "PORTAL_LOG_LEVEL": "trace",
        "TMPDIR": str(directory / "temporary"),
    }


def note_database(url: str, secrets: Secrets) -> None:
    if password := urlsplit(url).password:
        secrets.add("PostgreSQL password", password)


def signing_in(name: str, provider: Provider) -> dict:
    oauth2 = {
        "authorizationUrl": f"{provider.url}/authorize",
        "tokenUrl": f"{provider.url}/token",
        "revocationUrl": f"{provider.url}/revoke",
        "clientAuthentication": CLIENTS[name],
        "scopes": ["openid", "read"] if name == "signed" else ["read"],
    }
    account = request(f"{provider.url}/account", "accessToken") | {"id": "sub", "label": "email"}
    if name == "signed":
        oauth2 |= {"issuer": provider.url, "jwksUrl": f"{provider.url}/keys"}
        account = {"fromIdToken": {"id": "sub", "label": "email"}}
    option = {"key": "oauth2", "type": "OAUTH2", "displayName": "Sign in", "oauth2": oauth2, "account": account}
    return described(name, [option])


def typed(provider: Provider) -> dict:
    ways = {"key": ("SECRET_TEXT", "secret"), "password": ("BASIC_AUTH", "password"), "form": ("CUSTOM_AUTH", "token")}
    options = [
        {
            "key": key,
            "type": type,
            "displayName": f"By {key}",
            "verification": request(f"{provider.url}/verify", secret),
        }
        for key, (type, secret) in ways.items()
    ]
    options[-1]["fields"] = FIELDS
    return described("typed", options)


def request(url: str, secret: str) -> dict:
    return {"request": {"url": url, "headers": {"Authorization": f"Bearer {{{secret}}}"}}}


def described(name: str, options: list[dict]) -> dict:
    described = {
        "name": name,
        "displayName": name.title(),
        "description": "A made-up provider that repeats all it hears",
    }
    return described | {"categories": ["DEVELOPER_TOOLS"], "color": "#7C3AED", "auth": options}
