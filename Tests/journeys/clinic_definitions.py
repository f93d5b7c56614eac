"""Integrations at the sandbox, one for each thing that a doctor looks at."""

import json
from pathlib import Path

FACTS = {
    "description": "A made-up service at the sandbox",
    "categories": ["DEVELOPER_TOOLS"],
    "color": "#1D4ED8",
    "website": "https://service.example",
    "docs": "https://www.rfc-editor.org/rfc/rfc6749",
    "checked": "2026-11-21",
}
PLAIN = {
    "authorizationUrl": "{sandbox}/authorize",
    "tokenUrl": "{sandbox}/token",
    "revocationUrl": "{sandbox}/revoke",
    "scopes": ["profile", "email"],
}
# What people sign in with: fields of `oauth2`.
SIGN_INS = {
    "brook": PLAIN,
    "signed-brook": PLAIN | {"clientAuthentication": "private_key_jwt"},
    "pushing-brook": PLAIN | {"pushedAuthorizationUrl": "{sandbox}/par"},
    "dry-brook": PLAIN | {"tokenUrl": "http://localhost:1/token"},
    "named-brook": PLAIN | {"appParameters": ["orchardName"]},
    "orchard": {"discovery": True, "issuer": "{sandbox}", "scopes": ["profile", "email"]},
}
# For every definition, with the key for a form.
KEY_OPTION = {
    "key": "api_key",
    "type": "SECRET_TEXT",
    "displayName": "API key",
    "verification": {"request": {"method": "GET", "url": "{sandbox}/api/whoami"}},
}
FORMS = {
    "keys-only": {"auth": [KEY_OPTION]},
    "branches": {
        "inputs": [{"key": "host", "label": "Branch", "placeholder": "north", "pattern": "[a-z]+"}],
        "auth": [
            {
                "key": "oauth2",
                "type": "OAUTH2",
                "displayName": "Sign in",
                "oauth2": PLAIN | {"authorizationUrl": "{sandbox}/authorize?branch={host}"},
            }
        ],
    },
}


def write_definitions(directory: Path, sandbox_url: str = "{sandbox}") -> Path:
    """A directory for PORTAL_INTEGRATIONS_DIR; only the demo knows the placeholder."""
    directory.mkdir(exist_ok=True)
    forms = FORMS | {name: {"auth": [sign_in(oauth2)]} for name, oauth2 in SIGN_INS.items()}
    for name, form in forms.items():
        definition = FACTS | {"name": name, "displayName": name.replace("-", " ").title()} | form
        (directory / f"{name}.yaml").write_text(json.dumps(definition).replace("{sandbox}", sandbox_url))
    return directory


def sign_in(oauth2: dict) -> dict:
    account = {"request": {"method": "GET", "url": "{sandbox}/userinfo"}, "id": "sub", "label": "email"}
    account["request"]["headers"] = {"Authorization": "Bearer {accessToken}"}
    return {"key": "oauth2", "type": "OAUTH2", "displayName": "Sign in", "oauth2": oauth2, "account": account}
