"""Integrations for each request that the portal makes, with one address that an attacker chose."""

from network_addresses import HONEST, WORLD

HONEST_URL = f"https://{HONEST}"
SIGN_IN = {"authorizationUrl": f"{HONEST_URL}/authorize", "tokenUrl": f"{HONEST_URL}/token", "scopes": ["openid"]}
LOOKUP = {"headers": {"Authorization": "Bearer {accessToken}"}}
# What is asked for where, by the keys of the ways to connect.
USES = {
    "token": {"tokenUrl": "{}"},
    "refresh": {"refreshUrl": "{}"},
    "revocation": {"revocationUrl": "{}"},
    "pushed": {"pushedAuthorizationUrl": "{}"},
    "keys": {"jwksUrl": "{}"},
    "userinfo": {"userinfoUrl": "{}"},
    "account": {},
    "discovery": {"discovery": True, "issuer": "{}", "scopes": ["openid"]},
    "verification": {},
}
# What the metadata of an issuer may name, and the use in which it is asked for.
MEMBERS = {
    "token_endpoint": "token",
    "jwks_uri": "keys",
    "userinfo_endpoint": "userinfo",
    "pushed_authorization_request_endpoint": "pushed",
}


def definition(name: str, ways: list[dict], **fields) -> dict:
    return {
        "name": name,
        "displayName": f"Provider {name}",
        "description": "A made-up provider with an address that somebody chose",
        "categories": ["DEVELOPER_TOOLS"],
        "color": "#7C3AED",
        "auth": ways,
    } | fields


def address(host: str, path: str) -> str:
    """Over TLS, unless the host comes with a scheme of its own."""
    return f"{host}/{path}" if host.startswith("//") or ":/" in host else f"https://{host}/{path}"


def way(use: str, url: str, name: str) -> dict:
    """The way to connect on which this address is asked for, in the definition of this name."""
    if use == "verification":
        return typed(use, url)
    option = {"key": use, "type": "OAUTH2", "displayName": "Sign in"}
    option["oauth2"] = {} if use == "discovery" else dict(SIGN_IN)
    option["oauth2"] |= {name: value.format(url) if value == "{}" else value for name, value in USES[use].items()}
    if use == "account":
        option["account"] = {"request": LOOKUP | {"url": url}, "id": "id", "label": "label"}
    elif use == "userinfo":
        option["account"] = {"fromUserinfo": {"id": "sub", "label": "email"}}
    elif use == "keys":
        # Two definitions may not differ about the endpoints of one issuer.
        option["oauth2"]["issuer"] = f"{HONEST_URL}/{name}"
        option["account"] = {"fromIdToken": {"id": "sub", "label": "email"}}
    return option


def typed(key: str, url: str) -> dict:
    """A key that is tried at an address."""
    request = {"url": url, "headers": {"Authorization": "Bearer {secret}"}}
    return {"key": key, "type": "SECRET_TEXT", "displayName": "A key", "verification": {"request": request}}


def discovering(member: str, number: int) -> dict:
    """The way to connect at an issuer whose metadata names the host of this number."""
    oauth2 = {"discovery": True, "issuer": f"{HONEST_URL}/issuer/{member}/{number}", "scopes": ["openid"]}
    option = {"key": member.replace("_", "-"), "type": "OAUTH2", "displayName": "Sign in", "oauth2": oauth2}
    if member in {"jwks_uri", "userinfo_endpoint"}:
        source = "fromIdToken" if member == "jwks_uri" else "fromUserinfo"
        option["account"] = {source: {"id": "sub", "label": "email"}}
    return option


def self_managed() -> dict:
    """Where a person types the host."""
    host = {"key": "host", "label": "Host", "type": "text", "required": True, "pattern": "(?s).+"}
    return definition("self-managed", [typed("key", "https://{host}/account")], inputs=[host])


def own_endpoints() -> dict:
    """Where an app of the organization's own may name another token endpoint, at very many hosts."""
    option = way("token", f"{HONEST_URL}/token", "own-endpoints") | {"key": "own-app"}
    option["oauth2"]["allowedHosts"] = [f".{WORLD}", ".inside.test"]
    return definition("own-endpoints", [option])
