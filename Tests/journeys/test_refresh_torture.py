"""Killed at any moment, the portal never loses what it has told, and never calls a dead connection alive."""

from judged_portal import running_judged_portal
from refresh_torture import Torture

ROUNDS = 6


def test_torture(tmp_path_factory):
    with running_judged_portal(tmp_path_factory.mktemp, PORTAL_LOG_LEVEL="warning") as app:
        torture = Torture(app)
        torture.run(ROUNDS)
        assert torture.problems == []
        torture.settle()
        assert torture.problems == []
        assert torture.finish().refreshes > ROUNDS, torture.counts
        print(torture.counts)
