"""What everything has to be after four weeks."""

import httpx
from four_weeks_calendar import Calendar
from four_weeks_course import DAYS, LAST_RESTART, OUTAGE, Course
from four_weeks_objects import Objects
from four_weeks_rows import rows_left
from four_weeks_table import Table
from judged_portal import Kept
from portal import run_command, wait_for

# Of tokens for an hour, in a day: by who reads all the time, and by the portal for one that nobody reads, which the
# simulated clock leaves behind; and in an outage, also if somebody reads every five minutes.
READ_A_DAY, LEFT_ALONE_A_DAY, FAILING_A_DAY = (22, 30), (1, 30), (12, 45)
MOST_GROWTH = 1.25
ACTIVITY_DAYS = 14


def at_the_end(objects: Objects, calendar: Calendar, course: Course) -> Table:
    table = Table()
    connections(table, objects)
    sessions(table, objects)
    keys_and_links(table, objects)
    requests(table, objects)
    for what, count in rows_left(objects.app.portal.directory / "portal.sqlite", calendar):
        table.same(f"rows left, {what}", 0, count)
    memory = course.memory
    table.within("memory at the end, to that of day 16", 0, MOST_GROWTH, memory[DAYS - 1] / memory[LAST_RESTART + 2])
    audit_log(table, objects, calendar)
    return table


def audit_log(table: Table, objects: Objects, calendar: Calendar) -> None:
    """It is kept for so many days, says what is gone, and is whole."""

    def entries(**filters: str) -> list[dict]:
        return objects.app.client.get("/activity", params={"limit": 1} | filters).json()["activity"]

    wait_for(lambda: not entries(until=calendar.after(-ACTIVITY_DAYS)), 10, lambda: "old entries are still there")
    table.same("entries of the audit log, of before", 0, len(entries(until=calendar.after(-ACTIVITY_DAYS))))
    table.same(
        "entries of the audit log, of the first day then", 1, len(entries(until=calendar.after(1 - ACTIVITY_DAYS)))
    )
    log = run_command("audit", "verify", PORTAL_DATABASE_URL=objects.app.portal.database_url)
    table.same("the audit log", "whole", "whole" if log.returncode == 0 else log.stderr)


def connections(table: Table, objects: Objects) -> None:
    for name, kept in (objects.renewed | {"kept alive": objects.kept_alive, "for ever": objects.for_ever}).items():
        table.same(f"connection, {name}", "ACTIVE, good", state(kept))
    over = state(objects.over_on_day_10)
    table.same("connection, refresh token over on day 10", "ERROR reauthorization_required, 424", over)
    table.same("connection, 12 days and no refresh token", "ERROR expired, 424", state(objects.for_12_days))
    table.same("connection, removed in the outage", 404, objects.removed.credentials().status_code)


def sessions(table: Table, objects: Objects) -> None:
    client = objects.app.client
    fresh = objects.mint("fresh")
    expected = {
        "never opened": (objects.unopened, "FAILED", 401),
        "left at the provider": (objects.left, "FAILED", 401),
        "never confirmed": (objects.unconfirmed, "FAILED", 401),
        "finished": (objects.finished, "COMPLETED", 401),
        "minted just now": (fresh, "PENDING", 200),
    }
    for name, (minted, status, poll) in expected.items():
        found = client.get(f"/connect/session/{minted['sessionId']}").json()["session"]["status"]
        table.same(f"session, {name}", status, found)
        answer = client.post("/connect/session/poll", json={"token": minted["token"]})
        table.same(f"its token, {name}", poll, answer.status_code)
    table.same("grant that nobody confirmed, at the provider", "ended", objects.end_of_unconfirmed)


def keys_and_links(table: Table, objects: Objects) -> None:
    table.same("API key for 10 days", 401, objects.status(objects.key_for_10_days))
    table.same("API key for 60 days", 200, objects.status(objects.key_for_60_days))
    links = {
        "for a week": (objects.link_for_a_week, 401),
        # Signed with the encryption key that was taken away.
        "for 30 days, of before the keys changed": (objects.link_for_30_days, 401),
        "for 30 days, of after": (objects.later_link, 200),
    }
    for name, (link, status) in links.items():
        table.same(f"portal link {name}", status, httpx.get(link, follow_redirects=True).status_code)
    again = objects.make_workspace()
    table.same("the same request again", (409, "DUPLICATE"), (again.status_code, again.json().get("code")))


def requests(table: Table, objects: Objects) -> None:
    """That each was renewed in its time, and nothing asked again and again."""
    quiet = [day for day in range(1, DAYS - 1) if day not in OUTAGE]
    for name, kept in objects.renewed.items():
        counts = kept.grant.requests
        bounds = LEFT_ALONE_A_DAY if name == "idle" else READ_A_DAY
        table.within(f"requests on the busiest day, {name}", *bounds, max(counts[day] for day in quiet))
        table.within(f"requests on the quietest day, {name}", *bounds, min(counts[day] for day in quiet))
    for name, kept in (("busy", objects.busy), ("idle", objects.idle)):
        shown = kept.grant.shown
        table.same(f"refresh tokens shown twice, {name}", 0, len(shown) - len(set(shown)))
    for day in OUTAGE:
        table.within(f"requests in the outage, day {day}", *FAILING_A_DAY, objects.busy.grant.requests[day])
    over = objects.over_on_day_10.grant.requests
    table.same("requests after the refresh token was over", 0, sum(over[day] for day in range(11, DAYS + 1)))
    alive = objects.kept_alive.grant.requests
    table.within("requests to keep one alive", 3, 5, sum(alive[day] for day in range(DAYS + 1) if day not in OUTAGE))


def state(kept: Kept) -> str:
    connection, answer = kept.look(), kept.credentials()
    status = " ".join(filter(None, [connection["status"], connection["statusReason"]]))
    if answer.status_code != 200:
        return f"{status}, {answer.status_code}"
    is_good = answer.json()["credentials"]["accessToken"] == kept.grant.live_access_token
    return f"{status}, {'good' if is_good else 'no good'}"
