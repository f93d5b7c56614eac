"""What the README says about connecting a provider is so."""

import re

import pytest
from clinic import Report, running_clinic
from portal import REPOSITORY, run_command


def block(heading: str, first: str, language: str = "") -> str:
    """The one below the heading that begins with these words."""
    section = (REPOSITORY / "README.md").read_text().partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
    [found] = re.findall(rf"```{language}\n({re.escape(first)}.*?)```", section, re.DOTALL)
    return found


@pytest.fixture
def definition() -> str:
    return block("Adding an integration", "name: acme\n", "yaml")


def test_definition(definition, tmp_path):
    file = tmp_path / "acme.yaml"
    file.write_text(definition)
    run = run_command("integrations", "validate", str(tmp_path))
    assert (run.returncode, run.stderr) == (0, ""), run
    assert run.stdout.splitlines()[0] == "acme: oauth2"
    run = run_command("integrations", "list", PORTAL_INTEGRATIONS_DIR=str(tmp_path))
    assert re.search(r"(?m)^acme +Acme: Sign in with Acme$", run.stdout)

    # File, line and field of what is wrong.
    file.write_text(definition.replace("tokenUrl:", "tokenURL:"))
    run = run_command("integrations", "validate", str(tmp_path))
    assert (run.returncode, run.stdout) == (78, "")
    assert "acme.yaml:10: auth[0].oauth2.tokenURL: unknown key" in run.stderr


def test_definition_by_discovery(definition, tmp_path):
    three_lines = "{discovery: true, issuer: https://acme.example, scopes: [read]}"
    (tmp_path / "acme.yaml").write_text(re.sub(r"oauth2: \{.*\}", f"oauth2: {three_lines}", definition))
    run = run_command("integrations", "show", "acme", PORTAL_INTEGRATIONS_DIR=str(tmp_path))
    assert (run.returncode, run.stderr) == (0, ""), run
    assert "https://acme.example" in run.stdout


def test_own_definition_from_a_built_in_one(tmp_path):
    text = run_command("integrations", "show", "github", "--yaml").stdout
    (tmp_path / "github.yaml").write_text(text.replace("displayName: GitHub\n", "displayName: Our Hub\n"))
    run = run_command("integrations", "show", "github", PORTAL_INTEGRATIONS_DIR=str(tmp_path))
    assert run.stdout.startswith("Our Hub (github)\n"), run
    assert f"{tmp_path}/github.yaml, in place of the built-in one" in run.stdout


def test_sample_of_doctor(definition, tmp_path, tmp_path_factory):
    sample = Report(1, block("Register an app at a provider", "Acme (acme)\n"))
    with running_clinic(tmp_path_factory.mktemp) as clinic:
        sandbox = clinic.portal.sandbox_url
        definition = definition.replace("https://acme.example", sandbox).replace("[read]", "[profile]")
        (tmp_path / "acme.yaml").write_text(definition)
        app = clinic.app("acme", clientSecret="not this one")
        report = clinic.doctor("acme", apps=[app], PORTAL_INTEGRATIONS_DIR=str(tmp_path))
    text = report.text.replace("without TLS", "TLS is good")
    for here, there in {clinic.portal.url: "https://connect.example.com", sandbox: "https://acme.example"}.items():
        text = text.replace(here, there)
    # The public URL is this machine's, and the clock not in the sample.
    told = [finding for finding in Report(1, text).findings if finding[1] not in ("public URL", "clock")]
    assert sample.findings[1:] == told
