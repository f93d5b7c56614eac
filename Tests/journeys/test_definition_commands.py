"""`integrations show`: what definitions say."""

import json

import pytest
from clinic_definitions import write_definitions
from portal import run_command

SERVICE = "https://service.example"


@pytest.fixture
def definitions(tmp_path):
    return write_definitions(tmp_path, SERVICE)


def test_show(definitions):
    settings = {"PORTAL_INTEGRATIONS_DIR": str(definitions)}
    run = run_command("integrations", "show", "brook", **settings)
    assert run.returncode == 0
    assert str(definitions / "brook.yaml") in run.stdout
    for words in ["PKCE", "client_secret_basic", f"{SERVICE}/authorize", "profile email", "RFC 7009"]:
        assert words in run.stdout
    run = run_command("integrations", "show", "brook", "--yaml", **settings)
    assert json.loads(run.stdout)["name"] == "brook"


@pytest.mark.parametrize("command", ["doctor", "integrations show"])
def test_unknown_name(command, definitions):
    run = run_command(*command.split(), "broo", PORTAL_INTEGRATIONS_DIR=str(definitions))
    assert (run.returncode, run.stdout.strip()) == (1, "")
    assert "did you mean brook" in run.stderr
