"""What is shipped runs as nobody, changes none of its files, and needs only the libraries that it names."""

import json
import os
import re
import subprocess

import pytest
from clients import client_of
from contents import contents, fill
from installation import NOBODY, PREFIX, installed_portal
from portal import BINARY, REPOSITORY

DOCKERFILE = (REPOSITORY / "Deploy/Dockerfile").read_text()
UNIT = (REPOSITORY / "Deploy/connect-portal.service").read_text()
# What every Debian has.
ESSENTIAL = {"libc6", "libgcc-s1", "libstdc++6"}


@pytest.fixture(scope="module")
def installed():
    with installed_portal() as portal:
        yield portal


def status_of(portal) -> dict[str, str]:
    with open(f"/proc/{portal.process.pid}/status") as lines:
        return dict(line.rstrip("\n").split(":\t", 1) for line in lines)


def test_whole_journey_as_nobody(installed):
    before = installed.installation.contents()
    with client_of(installed) as client:
        fill(installed, client)
        held = contents(installed, client)
        assert held["connections"]
        assert installed.stop() == 0
        installed.start()
        installed.wait_until_ready()
        assert contents(installed, client) == held
    assert installed.installation.contents() == before
    assert {file.name for file in installed.directory.iterdir()} >= {"portal.sqlite", "portal.sqlite-wal", "portal.log"}
    assert not (installed.directory / "portal.sqlite.keys").exists()


def test_without_rights(installed):
    status = status_of(installed)
    assert status["Uid"].split() != ["0"] * 4
    assert int(status["CapEff"], 16) == 0
    if os.geteuid() == 0:
        assert status["Uid"].split() == [str(NOBODY)] * 4
        assert (int(status["CapBnd"], 16), status["NoNewPrivs"]) == (0, "1")
        # Not even its own user may look into its memory.
        assert os.stat(f"/proc/{installed.process.pid}/environ").st_uid == 0


def test_no_core_file(installed):
    with open(f"/proc/{installed.process.pid}/limits") as limits:
        assert re.search(r"^Max core file size +0 +0 ", limits.read(), re.MULTILINE)


def test_health(installed):
    for arguments in (["health"], ["health", "--ready"]):
        run = installed.run(*arguments)
        assert (run.returncode, run.stdout, run.stderr) == (0, "ok\n", "")
    run = installed.run("health", PORTAL_PORT="1")
    assert (run.returncode, run.stdout) == (1, "")
    assert "http://127.0.0.1:1/health does not answer" in run.stderr
    everywhere = installed.run("health", PORTAL_HOST="0.0.0.0")
    assert everywhere.returncode == 0


def test_versions(installed):
    version = json.loads(installed.run("version", "--json").stdout)
    lines = installed.run("version").stdout.splitlines()
    assert [line.split() for line in lines] == [[name, value] for name, value in version.items()]
    assert f"connect-portal {version['connect-portal']} starts" in installed.log
    assert f"libcurl={version['libcurl']}" in installed.log
    bill = json.loads((REPOSITORY / "sbom.json").read_text())
    assert bill["metadata"]["component"]["version"] == version["connect-portal"]


def test_libraries(installed):
    """Of Debian's packages, the container installs those that bring every library that the program loads."""
    named = set(re.findall(r"lib[a-z0-9+.-]+", DOCKERFILE.split("FROM debian")[1])) & set(installed_packages())
    assert named == {"libcurl4", "libpq5", "libsqlite3-0"}
    reachable, waiting = set(), named | ESSENTIAL
    while waiting:
        package = waiting.pop()
        reachable.add(package)
        waiting |= set(installed_packages().get(package, [])) - reachable
    paths = re.findall(r"=> (/\S+)", output("ldd", str(BINARY)))
    loaded = {path.rsplit("/", 1)[1] for path in paths if not path.startswith("/opt/swift")}
    owners = {name: output("dpkg-query", "--search", f"*/{name}").split(":")[0] for name in loaded}
    assert set(owners.values()) <= reachable


def installed_packages() -> dict[str, list[str]]:
    lines = output("dpkg-query", "--show", "--showformat", "${Package}\t${Depends}, ${Pre-Depends}\n").splitlines()
    return {
        package: re.findall(r"(?:^|[,|]) *([a-z0-9+.-]+)", depends)
        for package, depends in (line.split("\t") for line in lines)
    }


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_container_and_unit_start_what_is_installed():
    assert f'ENTRYPOINT ["{PREFIX}/connect-portal"]\nCMD ["serve"]' in DOCKERFILE
    assert f"COPY --from=build /installed{PREFIX} {PREFIX}\n" in DOCKERFILE
    assert f'CMD ["{PREFIX}/connect-portal", "health"]' in DOCKERFILE
    assert f"ExecStart={PREFIX}/connect-portal serve\n" in UNIT
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", DOCKERFILE, re.MULTILINE)
    settings = re.findall(r"PORTAL_[A-Z_]+", DOCKERFILE + UNIT)
    known = output(str(BINARY), "settings")
    assert all(re.search(f"^{name}$", known, re.MULTILINE) for name in settings)


def test_bill_of_materials():
    """`make test` compares it with Package.resolved; here, that it is whole."""
    bill = json.loads((REPOSITORY / "sbom.json").read_text())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    refs = {part["bom-ref"] for part in bill["components"]} | {"connect-portal"}
    assert {entry["ref"] for entry in bill["dependencies"]} <= refs
    assert {ref for entry in bill["dependencies"] for ref in entry["dependsOn"]} <= refs
    names = {part["name"] for part in bill["components"]}
    assert {"hummingbird", "GRDB.swift", "swift-crypto", "libcurl4", "libssl3", "libsqlite3-0", "libpq5"} <= names
    assert all(re.fullmatch(r"pkg:(swift|deb)/\S+@\S+", part["purl"]) for part in bill["components"])
