"""What `doctor` finds wanting before a provider has said anything."""

import json
import re

import pytest
from certificates import new_key
from clinic import running_clinic, running_skewed_server
from clinic_definitions import write_definitions
from portal import run_command
from walk import switch


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    with running_clinic(tmp_path_factory.mktemp) as clinic:
        yield clinic


def test_no_app(clinic):
    report = clinic.doctor("named-brook")
    assert (report.exit_code, report.bad) == (1, {"OAuth app"}), report.text
    for words in ["- integrationName: named-brook", "orchardName: …", f"{clinic.portal.url}/api/v1/oauth-apps"]:
        assert words in report.text
    report.expect("✓", "endpoints")


def test_file_of_apps_that_cannot_be_used(clinic):
    report = clinic.doctor("named-brook", apps=[clinic.app("named-brook")])
    assert report.exit_code == 1
    report.expect("✗", "PORTAL_OAUTH_APPS", "orchardName is missing")


def test_unreachable_host(clinic):
    report = clinic.doctor("dry-brook", apps=[clinic.app("dry-brook")])
    assert (report.exit_code, report.bad) == (1, {"endpoints", "client secret"}), report.text
    report.expect("✗", "endpoints", "http://localhost:1 (tokens): nobody answers", "firewall")
    report.expect("✗", "client secret", "nobody answers there")


def test_address_that_is_not_allowed(clinic):
    report = clinic.doctor("brook", apps=[clinic.app()], PORTAL_PRIVATE_TARGETS="10.9.8.7")
    assert report.exit_code == 1
    report.expect("✗", "endpoints", "private", "PORTAL_PRIVATE_TARGETS")


def test_private_key(clinic):
    key, _ = new_key("EC")
    app = clinic.app("signed-brook", clientSecret=key)
    with clinic.quirks(clientAuthentication="privateKeyJWT"):
        report = clinic.doctor("signed-brook", apps=[app])
        assert report.bad == {"client secret"}, report.text
        report.expect("✓", "private key", "P-256, signs with ES256")
        report.expect("✗", "client secret", "invalid_client", "not signed by a registered key")

        [key_set] = [line.strip() for line in report.text.splitlines() if line.strip().startswith('{"keys"')]
        assert set(json.loads(key_set)["keys"][0]) == {"crv", "kty", "x", "y", "use", "kid", "alg"}
        switch(clinic.portal.sandbox_url, jwks=json.loads(key_set))
        report = clinic.doctor("signed-brook", apps=[app])
        assert (report.exit_code, report.bad) == (0, set()), report.text
        report.expect("✓", "client secret", "client id and private key")


def test_secret_that_is_no_key(clinic):
    report = clinic.doctor("signed-brook", apps=[clinic.app("signed-brook")])
    assert report.exit_code == 1
    report.expect("✗", "private key", "neither PEM", "openssl genpkey")


def test_clock(clinic):
    with running_skewed_server(seconds_ahead=120) as address:
        definitions = write_definitions(clinic.directory / "skewed", address)
        report = clinic.doctor("brook", apps=[clinic.app()], PORTAL_INTEGRATIONS_DIR=str(definitions))
    assert "clock" in report.bad, report.text
    assert re.search(r"clock is (119|120|121) s behind the provider's", report.text), report.text


def test_inputs(clinic):
    apps = [clinic.app("branches")]
    report = clinic.doctor("branches", apps=apps)
    report.expect("!", "addresses", "Branch is asked", "connect-portal doctor branches --input host=north")
    report = clinic.doctor("branches", "--input", "host=north", apps=apps)
    assert report.exit_code == 0
    report.expect("✓", "sign-in")
    for wrong, words in [("host=N0", "should look like north"), ("town=x", "branches knows host=…"), ("x", "host=…")]:
        run = run_command("doctor", "branches", "--input", wrong, **clinic.settings(apps))
        assert (run.returncode, run.stdout.strip()) == (1, "")
        assert words in run.stderr


def test_keys_only(clinic):
    report = clinic.doctor("keys-only")
    assert (report.exit_code, report.bad) == (0, set())
    report.expect("✓", "OAuth app", "nothing is to be registered")
    report.expect("✓", "credentials", "API key", f"tried by GET {clinic.portal.sandbox_url}/api/whoami")


def test_sign_in_at_another_host(clinic):
    with clinic.changed_metadata(members={"authorization_endpoint": "https://elsewhere.example/authorize"}):
        report = clinic.doctor("orchard", apps=[clinic.app("orchard")])
    report.expect("✗", "metadata", "people would sign in at elsewhere.example", "allowedHosts")


def test_explain():
    run = run_command("doctor", "--explain", "aadsts50011: The redirect URI …")
    assert run.returncode == 0
    assert run.stdout.startswith("AADSTS50011\nThe redirect URI is not one of those registered")
    run = run_command("doctor", "--explain", "unheard_of")
    assert (run.returncode, run.stdout) == (1, "")
