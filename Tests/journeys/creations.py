"""A body for each request that creates something."""


def creations(workspace_id: str, unique: str) -> dict[str, dict]:
    """A body for each request that creates something, by path."""
    return {
        "/workspaces": {"name": unique, "slug": unique},
        "/api-keys": {"name": unique},
        "/end-users": {"workspaceId": workspace_id, "externalId": unique},
        "/connections": {
            "type": "SECRET_TEXT",
            "integrationName": "sandbox",
            "secretText": "sk_sandbox_ada_1815",
            "externalId": unique,
            "displayName": unique,
            "workspaceId": workspace_id,
            "scope": "WORKSPACE",
        },
        "/oauth-apps": {"integrationName": "github", "clientId": unique, "clientSecret": "a client secret"},
        f"/workspaces/{workspace_id}/integrations": {"integrationName": "github", "alias": unique},
        "/connect/token": {
            "integrationName": "sandbox",
            "connectionName": unique,
            "externalId": unique,
            "workspaceId": workspace_id,
        },
    }


def find_id(created: dict) -> str:
    """The id of what was created, however the answer wraps it."""
    return created.get("sessionId") or next(value["id"] for value in created.values() if isinstance(value, dict))
