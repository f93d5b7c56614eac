"""An independent tester calls every operation of the OpenAPI document with what it allows and what it forbids."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
from portal import REPOSITORY

OPTIONS = {
    "--checks": "all",
    # Replaced by `valid_data_is_accepted` in contract_checks.py.
    "--exclude-checks": "positive_data_acceptance",
    "--phases": "examples,coverage,fuzzing,stateful",
    "--max-examples": "30",
    "--seed": "1",
    # One after the other: two would list and delete each other's workspaces.
    "--workers": "1",
    "--generation-database": "none",
    "--output-truncate": "false",
}


def test_served_document_is_the_one_in_the_repository(portal):
    served = httpx.get(f"{portal.url}/api/v1/openapi.json")
    assert served.headers["content-type"] == "application/json; charset=utf-8"
    assert served.json() == json.loads((REPOSITORY / "Public/openapi.json").read_text())


def test_schemathesis_finds_nothing(start_portal, tmp_path):
    """On a portal of its own, which it fills with whatever the document allows."""
    # Out of reach, but not off: the document promises the headers of the rate limit.
    portal = start_portal(PORTAL_RATE_LIMIT="1000000", PORTAL_PUBLIC_RATE_LIMIT="1000000")
    authorization = f"Authorization: Bearer {portal.api_key}"
    run = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{portal.url}/api/v1/openapi.json"),
            *("--header", authorization, "--continue-on-failure", "--no-color"),
            *(part for option in OPTIONS.items() for part in option),
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent), "SCHEMATHESIS_HOOKS": "contract_checks"},
        capture_output=True,
        text=True,
        timeout=170,
    )
    assert run.returncode == 0, run.stdout + run.stderr
