"""The tokens of a connection that is removed die at the provider, and nothing of them stays in the database."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from judged_portal import PATIENCE_SECONDS, running_judged_portal
from portal import wait_for


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running_judged_portal(tmp_path_factory.mktemp) as app:
        yield app


def database(app, mode: str = "ro"):
    path = app.portal.directory / "portal.sqlite"
    return closing(sqlite3.connect(f"file:{path}?mode={mode}", uri=True, isolation_level=None))


def sealed(app, kept) -> bytes:
    with database(app) as connection:
        return connection.execute("SELECT credentials FROM connection WHERE id = ?", (kept.id,)).fetchone()[0]


def expect_end(app, kept, *generations: int) -> None:
    """Both tokens of each of these generations are dead, and there is no trace of them."""
    grant = kept.grant
    tokens = {token(generation) for generation in generations for token in (grant.refresh_token, grant.access_token)}
    wait_for(lambda: grant.ended >= tokens, PATIENCE_SECONDS, lambda: f"ended: {grant.ended}")
    with database(app) as connection:
        wait_for(lambda: rows(connection) == 0, PATIENCE_SECONDS, lambda: "the grant is still kept")


def let_time_pass(app) -> None:
    """As if the time of the next attempt had come."""
    with database(app, "rw") as connection:
        connection.execute("UPDATE revocation SET dueAt = 0")
        connection.execute("DELETE FROM lease")


def rows(connection) -> int:
    return connection.execute("SELECT COUNT(*) FROM revocation").fetchone()[0]


def expect_no_trace(app, *secrets: bytes) -> None:
    wait_for(lambda: not traces(app, *secrets), PATIENCE_SECONDS, lambda: f"found in {traces(app, *secrets)}")


def traces(app, *secrets: bytes) -> list[str]:
    """The files in which one of them is found."""
    files = {file.name: file.read_bytes() for file in app.portal.directory.iterdir() if file.is_file()}
    return [name for name, content in files.items() if any(secret in content for secret in secrets)]


def test_nothing_stays(app):
    kept = app.connect()
    secrets = [sealed(app, kept)]
    assert kept.refresh().status_code == 200
    secrets.append(sealed(app, kept))
    assert traces(app, secrets[1]), "the database was searched"
    kept.delete()
    expect_end(app, kept, 1)
    tokens = [kept.grant.refresh_token(1).encode(), kept.grant.access_token(1).encode()]
    expect_no_trace(app, *secrets, *tokens)


def test_while_the_provider_is_down(app):
    """At the moment of the removal and when the portal starts again."""
    kept = app.connect()
    secret = sealed(app, kept)
    with app.judge.out_of_reach():
        kept.delete()
        wait_for(lambda: "revocation failed" in app.portal.log, PATIENCE_SECONDS, lambda: app.portal.log)
        app.portal.restart()
        assert traces(app, secret), "it is kept until the provider was told"
        assert app.portal.stop() == 0
    let_time_pass(app)
    app.start()
    expect_end(app, kept, 0)
    expect_no_trace(app, secret)


def test_stopped_at_once(tmp_path_factory):
    """While the portal begins to tell the provider."""
    with running_judged_portal(tmp_path_factory.mktemp) as app:
        removed = [app.connect() for _ in range(6)]
        with app.judge.out_of_reach():
            for some in (removed[:3], removed[3:]):
                for kept in some:
                    kept.delete()
                app.portal.restart()
            assert app.portal.stop() == 0
        let_time_pass(app)
        app.start()
        for kept in removed:
            expect_end(app, kept, 0)


def test_killed_before_the_provider_was_told(app):
    kept = app.connect()
    with app.judge.holding("revoke", before=True) as hold:
        kept.delete()
        hold.wait_for_request()
        app.kill()
    let_time_pass(app)
    app.start()
    expect_end(app, kept, 0)


def test_during_a_refresh(app):
    """The tokens that came for nobody are ended, too."""
    kept = app.connect()
    with ThreadPoolExecutor(1) as threads, app.judge.holding() as hold:
        caller = threads.submit(kept.refresh)
        hold.wait_for_request()
        kept.delete()
        expect_end(app, kept, 0)
        app.judge.release(hold)
        assert caller.result().status_code == 404
    expect_end(app, kept, 0, 1)
    assert app.client.get("/connections", params={"externalId": f"{kept.grant.name}-files"}).json()["total"] == 0
