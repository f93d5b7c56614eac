"""Plain HTTP clients of a portal, and what they ask often."""

import httpx


def client_of(portal) -> httpx.Client:
    headers = {"Authorization": f"Bearer {portal.api_key}"}
    return httpx.Client(base_url=f"{portal.url}/api/v1", headers=headers, timeout=30)


def slugs(client: httpx.Client) -> set[str]:
    """Of all workspaces, page by page."""
    found, cursor = set(), None
    while True:
        page = client.get("/workspaces", params={"limit": 100} | ({"cursor": cursor} if cursor else {})).json()
        found |= {workspace["slug"] for workspace in page["workspaces"]}
        cursor = page["nextCursor"]
        if cursor is None:
            return found
