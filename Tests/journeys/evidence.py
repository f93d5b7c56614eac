"""Where a secret must never turn up, and which secrets there were."""

import base64
import json
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from postgresql import dump

SECRET_NAMES = {"access_token", "refresh_token", "code", "code_verifier", "state", "client_secret"}
SHORTEST_SECRET = 8


def secrets_in(record) -> dict[str, set[str]]:
    """Every secret in a JSON record of HTTP exchanges, by name, however deep: in objects, bodies, queries, headers."""
    found: dict[str, set[str]] = {name: set() for name in SECRET_NAMES}
    for name, value in named_values(record):
        if name in SECRET_NAMES and len(value) >= SHORTEST_SECRET:
            found[name].add(value)
    return found


def named_values(record, name: str = ""):
    if isinstance(record, dict):
        # A list of {name, value} pairs is one usual way to record headers and parameters.
        if isinstance(record.get("name"), str) and isinstance(record.get("value"), str):
            yield from named_values(record["value"], record["name"])
        for key, value in record.items():
            yield from named_values(value, key)
    elif isinstance(record, list):
        for value in record:
            yield from named_values(value, name)
    elif isinstance(record, str):
        yield name, record
        yield from values_inside(record)


def values_inside(text: str):
    if text.startswith("Basic "):
        _, _, secret = base64.b64decode(text.removeprefix("Basic ")).decode().partition(":")
        yield "client_secret", unquote(secret)
    elif text.startswith(("{", "[")):
        try:
            yield from named_values(json.loads(text))
        except ValueError:
            return
    elif "=" in text:
        yield from parse_qsl(urlsplit(text).query or text)


def page_bodies(recording: Path, origin: str):
    """Address and text of every answer in a HAR file that came from this origin."""
    for entry in json.loads(recording.read_text())["log"]["entries"]:
        url = entry["request"]["url"]
        if url.startswith(origin + "/"):
            yield url.partition("?")[0], entry["response"]["content"].get("text", "").encode()


def kept_by(portal) -> dict[str, bytes]:
    """All that lies in the portal's files, by name, and in its database."""
    places = {path.name: path.read_bytes() for path in portal.directory.iterdir() if path.is_file()}
    if portal.database_url.startswith("postgresql:"):
        places["database"] = dump(portal.database_url)
    return places


def occurrences(secrets: dict[str, set[str]], places: dict[str, bytes]) -> list[str]:
    """Names the kind of secret and the place, never the secret itself."""
    return sorted(
        f"{kind} in {place}"
        for kind, values in secrets.items()
        for place, content in places.items()
        if any(form.encode() in content for value in values for form in forms(value))
    )


def forms(secret: str) -> set[str]:
    """As it is, as part of an address, and as a dump shows bytes."""
    return {secret, quote(secret, safe=""), secret.encode().hex()}
