"""The calls of the README work as they are written."""

import re
import subprocess

from portal import REPOSITORY


def test_api_section(start_portal):
    portal = start_portal()
    section = (REPOSITORY / "README.md").read_text().partition("## The API\n")[2].partition("\n## ")[0]
    script = "set -e\n" + "\n".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))
    assert script.count("\nportal ") >= 12
    run = subprocess.run(
        ["bash", "-c", script.replace("http://localhost:8080", portal.url)],
        env={"PATH": "/usr/bin:/bin", "API_KEY": portal.api_key, "WORKSPACE": portal.workspace_id},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_five_minute_walk(start_portal):
    portal = start_portal()
    section = (REPOSITORY / "README.md").read_text().partition("## Five minutes")[2].partition("\n## ")[0]
    mint = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)[0]
    script = re.sub(r"^(API_KEY|WORKSPACE)=.*$", "", mint, flags=re.MULTILINE)
    run = subprocess.run(
        ["bash", "-c", script.replace("http://localhost:8080", portal.url)],
        env={"PATH": "/usr/bin:/bin", "API_KEY": portal.api_key, "WORKSPACE": portal.workspace_id},
        capture_output=True,
        text=True,
    )
    assert '"connectUrl"' in run.stdout, run.stdout + run.stderr
