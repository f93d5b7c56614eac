"""`/metrics` as Prometheus reads it: on its own address, with no name of anybody in it."""

import re
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from clients import client_of
from contents import fill
from portal import free_port_pair, run_command, running_portal, wait_for
from prometheus_client.parser import text_string_to_metric_families as parse

UNITS = ("_seconds", "_bytes", "_total", "_info", "_ratio")
LABELS = {"method", "route", "status", "code", "outcome", "integration", "le"}
VERSIONS = {"version", "schema", "libcurl", "openssl", "sqlite", "libpq"}
# Counts of things at a moment, which have no unit.
COUNTS = re.compile(r".*_(in_flight|waiting|due|in_use|fds|threads)")


@contextmanager
def metered_portal(directory, **settings):
    address = f"127.0.0.1:{free_port_pair()}"
    with running_portal(directory, PORTAL_METRICS_ADDRESS=address, **settings) as portal:
        yield portal, f"http://{address}"


@pytest.fixture(scope="module")
def metered(new_storage, tmp_path_factory):
    """A portal on which everything happened, where its metrics are, and what they were in the end."""
    with metered_portal(tmp_path_factory.mktemp("metered"), **new_storage()) as (portal, url):
        with client_of(portal) as client:
            fill(portal, client)
            for path in ("/connections", "/connections/unknown", "/nowhere", "/connect/token"):
                client.get(path)
        answer = httpx.get(f"{url}/metrics")
        yield portal, url, answer


@pytest.fixture(scope="module")
def families(metered):
    return {family.name: family for family in parse(metered[2].text)}


def value(families, name: str, **labels: str) -> float:
    family = families[re.sub(r"_(total|bucket|count|sum)$", "", name)]
    return sum(
        sample.value for sample in family.samples if sample.name == name and labels.items() <= sample.labels.items()
    )


def test_format(metered, families):
    answer = metered[2]
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.text.endswith("\n")
    assert len(families) > 20
    assert re.findall(r"^# TYPE (\S+)", answer.text, re.MULTILINE) == re.findall(
        r"^# HELP (\S+)", answer.text, re.MULTILINE
    )


def test_names_follow_the_guide(families):
    """Base units, `_total` on counters and on nothing else, one prefix, known labels."""
    for family in families.values():
        assert re.fullmatch(r"(connect_portal|process)_[a-z_]+[a-z]", family.name)
        assert family.documentation.endswith(".")
        assert family.type in {"counter", "gauge", "histogram"}
        if family.type == "counter":
            assert all(sample.name == f"{family.name}_total" for sample in family.samples)
        elif not COUNTS.fullmatch(family.name):
            assert family.name.endswith(UNITS)
        assert not re.search(r"milli|micro|_ms|kilo|mega|_total$", family.name)
        for sample in family.samples:
            assert set(sample.labels) <= (VERSIONS if family.name == "connect_portal_build_info" else LABELS)


def test_histograms_add_up(families):
    histograms = [family for family in families.values() if family.type == "histogram"]
    assert len(histograms) == 3
    for family in histograms:
        buckets: dict[tuple, list[tuple[float, float]]] = {}
        for sample in family.samples:
            if sample.name.endswith("_bucket"):
                series = tuple(sorted(item for item in sample.labels.items() if item[0] != "le"))
                buckets.setdefault(series, []).append((float(sample.labels["le"]), sample.value))
        for series, counts in buckets.items():
            bounds = [bound for bound, _ in counts]
            assert bounds == sorted(bounds)
            assert bounds[-1] == float("inf")
            assert [count for _, count in counts] == sorted(count for _, count in counts)
            assert counts[-1][1] == value(families, f"{family.name}_count", **dict(series))


def test_what_happened_is_counted(metered, families):
    assert value(families, "connect_portal_sessions_created_total") == 2
    assert value(families, "connect_portal_sessions_ended_total", status="completed") == 1
    assert value(families, "connect_portal_outbound_requests_total", outcome="2xx") >= 2
    requests = "connect_portal_http_requests_total"
    assert value(families, requests, method="POST", route="/api/v1/connect/token", status="2xx") == 2
    assert value(families, requests, method="GET", route="/api/v1/connections", status="2xx") >= 1
    assert value(families, requests, route="none", status="4xx") == 3
    assert value(families, "connect_portal_http_requests_in_flight") == 0
    writes = value(families, "connect_portal_database_writes_total")
    assert writes >= value(families, "connect_portal_database_commit_duration_seconds_count") > 10
    is_sqlite = "sqlite" in metered[0].database_url
    assert ("connect_portal_database_wal_bytes" in families) == is_sqlite
    assert ("connect_portal_database_connections_in_use" in families) != is_sqlite


def test_process(metered, families):
    portal = metered[0]
    text = Path(f"/proc/{portal.process.pid}/status").read_text()
    status = dict(re.findall(r"^(\w+):\s+(\d+)", text, re.MULTILINE))
    resident = value(families, "process_resident_memory_bytes")
    assert resident == pytest.approx(1024 * int(status["VmRSS"]), rel=0.2)
    assert 0 < value(families, "process_cpu_seconds_total") < 60
    assert 5 < value(families, "process_open_fds") < value(families, "process_max_fds")
    started = portal.log_path.stat().st_ctime
    assert value(families, "process_start_time_seconds") == pytest.approx(started, abs=60)


def test_nobody_is_named(metered, families):
    portal, _, answer = metered
    with client_of(portal) as client:
        connections = client.get("/connections").json()["connections"]
        sessions = client.get("/connect/sessions").json()["sessions"]
    names = {portal.api_key, portal.workspace_id, "ada", "sk_sandbox_ada_1815"}
    for row in connections + sessions:
        names |= {row["id"], row["externalId"]}
    words = {label for family in families.values() for sample in family.samples for label in sample.labels.values()}
    assert not words & names
    for name in names - {"ada"}:
        assert name not in answer.text


def test_only_on_its_own_address(metered):
    portal, url, _ = metered
    assert httpx.get(f"{portal.url}/metrics").status_code == 404
    for path in ("/", "/health", "/api/v1/connections", "/metrics/"):
        if path != "/metrics/":
            assert httpx.get(url + path).status_code == 404
    assert httpx.post(f"{url}/metrics").status_code in {404, 405}


def test_refreshes_due(tmp_path):
    with metered_portal(tmp_path) as (portal, url), client_of(portal) as client:
        body = {
            "integrationName": "sandbox",
            "authMethodKey": "oauth2",
            "type": "PLATFORM_OAUTH2",
            "externalId": "due",
            "displayName": "Due",
            "accessToken": "an access token",
            "refreshToken": "nobody knows it",
            "expiresIn": 1,
        }
        assert client.post("/connections", json=body).is_success

        def refused() -> float:
            found = {family.name: family for family in parse(httpx.get(f"{url}/metrics").text)}
            return value(found, "connect_portal_refreshes_total", integration="sandbox", outcome="grant_ended")

        wait_for(lambda: refused() == 1, 15, lambda: httpx.get(f"{url}/metrics").text)


def test_address_in_use(tmp_path, portal):
    settings = {
        "PORTAL_DATABASE_URL": f"sqlite:{tmp_path}/portal.sqlite",
        "PORTAL_PORT": str(free_port_pair()),
        "PORTAL_METRICS_ADDRESS": portal.url.removeprefix("http://"),
    }
    run = run_command("serve", **settings)
    assert run.returncode == 1
    [line] = run.stderr.splitlines()
    assert "PORTAL_METRICS_ADDRESS" in line
