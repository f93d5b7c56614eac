"""A thousand callers of an expired connection bring about one request to the provider."""

import time
from contextlib import contextmanager
from datetime import datetime

import pytest
from crowd import access_tokens, ask_all
from judge import running_judge
from judged_portal import MANY_CALLERS, JudgedPortal, judged_settings, running_judged_portal
from portal import API_KEY, wait_for
from two_portals import running_pair

CALLERS = 1000


@contextmanager
def on_sqlite(new_directory, request):
    with running_judged_portal(new_directory) as app:
        yield app, [app.portal]


@contextmanager
def on_postgresql(new_directory, request):
    settings = request.getfixturevalue("postgresql").settings()
    with running_judge() as judge:
        settings |= judged_settings(judge, new_directory("judged")) | MANY_CALLERS
        with running_pair(new_directory, settings) as pair:
            # One of them made the first key and told it.
            first = next(process for process in pair if API_KEY.search(process.log))
            yield JudgedPortal(first, judge), pair


@pytest.fixture(params=[on_sqlite, on_postgresql])
def running(request, tmp_path_factory):
    with request.param(tmp_path_factory.mktemp, request) as running:
        yield running


def is_due(connection: dict) -> bool:
    return datetime.fromisoformat(connection["refresh"]["nextAttemptAt"]).timestamp() <= time.time()


def test_thousand_callers(running):
    app, processes = running
    kept = app.connect(expires_in=1)
    connection = kept.look()
    urls = [f"{process.url}/api/v1/connections/{kept.id}/credentials" for process in processes]
    with app.judge.holding() as hold:
        wait_for(lambda: is_due(connection), 5, lambda: f"not due: {connection}")

        def go_on() -> None:
            hold.wait_for_request()
            app.judge.release(hold)

        answers = ask_all(urls * (CALLERS // len(urls)), app.portal.api_key, go_on)
    assert access_tokens(answers) == {kept.grant.access_token(1): CALLERS}
    assert kept.grant.shown == [0]
    # And it goes on.
    assert kept.refresh().status_code == 200
    assert kept.grant.shown == [0, 1]
    kept.expect_usable()
