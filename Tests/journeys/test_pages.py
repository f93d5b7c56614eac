"""Lists in pages, which lose and double nothing."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from creations import creations, find_id
from refusals import expect_refusal

# For each list, the member of the answer that holds it.
LISTS = {
    "/workspaces": "workspaces",
    "/connections": "connections",
    "/end-users": "endUsers",
    "/connect/sessions": "sessions",
    "/api-keys": "apiKeys",
    "/oauth-apps": "apps",
    "/workspaces/{workspace}/integrations": "integrations",
}


@pytest.fixture(params=LISTS)
def listing(request, api, workspace):
    """A list with five items more, its way to get a page of two, and its way to add one more."""
    path, member = request.param.replace("{workspace}", workspace["id"]), LISTS[request.param]

    def add():
        creating = path.replace("/connect/sessions", "/connect/token")
        answer = api.post(f"/api/v1{creating}", json=creations(workspace["id"], f"a-{uuid4()}")[creating])
        assert answer.is_success, answer.text
        return find_id(answer.json())

    def page(**place):
        query = {"limit": 2, "workspaceId": workspace["id"]} | place
        answer = api.get(f"/api/v1{path}", params=query).json()
        return answer[member], answer

    return SimpleNamespace(add=add, page=page, added=[add() for _ in range(5)])


def expect_newest_first(items: list[dict], added: list[str], total: int) -> None:
    """Each item once, the newest first; those of the same millisecond by their ids."""
    assert (len(items), len({item["id"] for item in items})) == (total, total)
    by_id = sorted(items, key=lambda item: item["id"])
    assert items == sorted(by_id, key=lambda item: item["createdAt"], reverse=True)
    assert {item["id"] for item in items[:5]} == set(added)


def test_pages_by_offset(listing):
    total = listing.page()[1]["total"]
    seen = [item for offset in range(0, total, 2) for item in listing.page(offset=offset)[0]]
    expect_newest_first(seen, listing.added, total)
    assert listing.page(offset=total)[0] == []


def test_pages_by_cursor(listing):
    """Every item comes once, although newer ones are added meanwhile."""
    total = listing.page()[1]["total"]
    seen, answer = listing.page()
    while answer["nextCursor"]:
        listing.add()
        items, answer = listing.page(cursor=answer["nextCursor"])
        seen += items
    expect_newest_first(seen, listing.added, total)
    assert answer["total"] > total


@pytest.mark.parametrize("name", ["limit", "offset", "cursor", "id", "workspaceId", "status"])
@pytest.mark.parametrize("value", ["", "-1", "1e3", "nonsense", "99999999999999999999", "a%00b"])
def test_bad_query(name, value, api):
    expect_refusal(api.get(f"/api/v1/connections?{name}={value}"), 400, "VALIDATION_ERROR", name)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=1&limit=2", "offset=2147483648", "limit=0&offset=-1"])
def test_query_out_of_range(query, api):
    names = {part.partition("=")[0] for part in query.split("&")}
    for path in ("workspaces", "connections", "connect/sessions", "api-keys", "oauth-apps", "integrations"):
        expect_refusal(api.get(f"/api/v1/{path}?{query}"), 400, "VALIDATION_ERROR", *names)
