"""Rows that must not be there any more."""

import sqlite3
from contextlib import closing
from pathlib import Path

from four_weeks_calendar import DAY, HOUR, Calendar

# What is removed a day, or ten minutes, after its end by a job that runs every minute; and what only lasts while
# somebody is at it.
QUERIES = {
    "sign-ins that nobody finished": "SELECT count(*) FROM authorizationAttempt WHERE expiresAt < :yesterday",
    "answers to repeated requests": "SELECT count(*) FROM idempotentAnswer WHERE createdAt < :yesterday",
    "counts of requests": "SELECT count(*) FROM rateUse WHERE updatedAt < :hour_ago",
    "finds that nobody confirmed": "SELECT count(*) FROM heldConnection",
    "grants to be ended": "SELECT count(*) FROM revocation",
    "renewals that somebody is at": "SELECT count(*) FROM renewal WHERE heldUntil IS NOT NULL",
    "requests without a known outcome": "SELECT count(*) FROM renewal WHERE sentVersion IS NOT NULL",
    "renewals of nothing": "SELECT count(*) FROM renewal WHERE connectionId NOT IN (SELECT id FROM connection)",
}


def rows_left(file: Path, calendar: Calendar):
    """Of each kind, how many."""
    now = int(calendar.now * 1000)
    moments = {"yesterday": now - (DAY + HOUR) * 1000, "hour_ago": now - HOUR * 1000}
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        for what, query in QUERIES.items():
            yield what, database.execute(query, moments).fetchone()[0]
