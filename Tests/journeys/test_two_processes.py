"""Two processes on one database behind nginx, which sends every request to the other one: a person notices nothing."""

from uuid import uuid4

import httpx
import pytest
from clients import client_of, slugs
from load import Load
from portal import API_KEY, wait_for
from steps import connect_as_ada, decide_at_sandbox, expect_success_page, sign_in_at_sandbox, start_sign_in
from two_portals import running_pair


@pytest.fixture(scope="module")
def api(two_portals):
    with client_of(two_portals) as api:
        yield api


@pytest.fixture
def minted(two_portals):
    return two_portals.mint(f"acme-{uuid4()}")


def expect_connected(minted, api) -> None:
    poll = api.post("/connect/session/poll", json={"token": minted["token"]}).json()
    assert poll["status"] == "COMPLETED", poll
    connection = api.get("/connections", params={"id": poll["connectionId"]}).json()["connection"]
    assert (connection["status"], connection["account"]["label"]) == ("ACTIVE", "ada@sandbox.example")


@pytest.mark.parametrize("attempt", range(4))
def test_first_start_at_the_same_moment(attempt, postgresql, tmp_path_factory):
    with running_pair(tmp_path_factory.mktemp, postgresql.settings()) as pair:
        wait_for(lambda: any(API_KEY.search(portal.log) for portal in pair), 5, lambda: "no key was printed")
        [key] = [key for portal in pair for key in API_KEY.findall(portal.log)]
        for portal in pair:
            listing = httpx.get(f"{portal.url}/api/v1/workspaces", headers={"Authorization": f"Bearer {key}"})
            assert (listing.status_code, listing.json()["total"]) == (200, 1)


def test_requests_alternate(two_portals, api):
    nginx, before = two_portals.nginx, len(two_portals.nginx.requests())
    for _ in range(10):
        assert api.get("/workspaces").status_code == 200
    wait_for(lambda: len(nginx.requests()) == before + 10, 5, lambda: "nginx did not log every request")
    asked = [asked for _, asked in nginx.requests()[before:]]
    assert asked == asked[:2] * 5
    assert sorted(asked[:2]) == sorted([process.url] for process in two_portals.processes)


@pytest.mark.parametrize("screen", ["desktop", "no-script"])
def test_person_connects(screen, two_portals, minted, api, new_context):
    before = len(two_portals.nginx.requests())
    page = new_context(screen).new_page()
    page.goto(minted["connectUrl"])
    connect_as_ada(page, two_portals)
    expect_success_page(page, two_portals)
    expect_connected(minted, api)
    answered = {tuple(asked) for path, asked in two_portals.nginx.requests()[before:] if "/connect" in path}
    assert answered == {(process.url,) for process in two_portals.processes}


def test_process_is_killed_while_person_is_at_provider(two_portals, minted, api, new_context):
    killed = two_portals.processes[0]
    page = new_context().new_page()
    with Load(two_portals) as load:
        page.goto(minted["connectUrl"])
        start_sign_in(page)
        sign_in_at_sandbox(page, two_portals)
        load.wait_for_answers()
        killed.process.kill()
        killed.process.wait()
        try:
            load.wait_for_answers()
            decide_at_sandbox(page, two_portals, "Allow")
            expect_success_page(page, two_portals)
            expect_connected(minted, api)
        finally:
            killed.start()
            killed.wait_until_ready()
        load.wait_for_answers()
    assert load.problems == []
    assert load.acknowledged <= slugs(api)
