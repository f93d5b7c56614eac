"""`doctor` and `integrations accept`, with what the database of each engine tells them."""

import pytest
from clinic import CLIENT_ID, running_clinic
from portal import run_command


@pytest.fixture(scope="module")
def clinic(new_storage, tmp_path_factory):
    with running_clinic(tmp_path_factory.mktemp, **new_storage()) as clinic:
        yield clinic


def test_all_good(clinic):
    report = clinic.doctor("brook", apps=[clinic.app()])
    assert (report.exit_code, report.bad) == (0, set()), report.text
    report.expect("!", "public URL", "only from this machine", "PORTAL_PUBLIC_URL")
    report.expect("✓", "redirect URI", f"{clinic.portal.url}/api/v1/connect/oauth-callback", "https://service.example")
    report.expect("✓", "OAuth app", "the operator's", f"client id {CLIENT_ID[:8]}…")
    report.expect("✓", "endpoints", clinic.portal.sandbox_url, "sign-in, tokens, revocation")
    report.expect("✓", "sign-in", "knows the client, as far as can be seen without signing in")
    report.expect("✓", "client secret", "accepts client id and client secret", "invalid_grant", "one failed request")
    # A server may write the same `Date` for more than a second.
    assert int(report.expect("✓", "clock", "s apart from the provider's").split()[0]) <= 2


def test_own_app(clinic):
    clinic.register_own_app("pushing-brook")
    report = clinic.doctor("pushing-brook")
    assert (report.exit_code, report.bad) == (0, set()), report.text
    report.expect("✓", "OAuth app", "“Our own” of the organization", CLIENT_ID[:8])
    report.expect("✓", "endpoints", "pushed requests")
    report.expect("✓", "client secret")


def test_metadata_that_changes(clinic):
    clinic.register_own_app("orchard")
    clinic.doctor("orchard").expect("✓", "metadata", "the first sign-in keeps what it says")
    clinic.connect("orchard")
    clinic.doctor("orchard").expect("✓", "metadata", "what is kept of it")

    sandbox = clinic.portal.sandbox_url
    change = f"token_endpoint: was {sandbox}/token, is now {sandbox}/moved/token"
    with clinic.changed_metadata(moved=True):
        unasked = clinic.accept("orchard")
        assert (unasked.returncode, change in unasked.stdout, "--yes" in unasked.stderr) == (1, True, True)
        report = clinic.doctor("orchard")
        assert report.exit_code == 0
        report.expect("!", "metadata", change, "connect-portal integrations accept orchard")

        accepted = clinic.accept("orchard", "--yes")
        assert (accepted.returncode, accepted.stderr) == (0, "")
        assert change in accepted.stdout and f"took over what {sandbox} says of itself" in accepted.stdout
        assert "nothing to take over" in clinic.accept("orchard", "--yes").stdout
        clinic.connect("orchard")
    with clinic.changed_metadata(status=503):
        clinic.doctor("orchard").expect("!", "metadata", "what is kept of it serves on", "there is no metadata")


def test_installation(clinic):
    report = clinic.doctor(apps=[clinic.app()])
    assert (report.exit_code, report.bad) == (0, set()), report.text
    report.expect("✓", "database", "schema version")
    report.expect("✓", "encryption keys", "sealed with")
    report.expect("✓", "endpoints", clinic.portal.sandbox_url)
    report.expect("✓", "clock")
    report.expect("✓", "brook", "the operator's")

    other_keys = "k1:" + "A" * 43 + "="
    report = clinic.doctor(apps=[clinic.app()], PORTAL_ENCRYPTION_KEYS=other_keys)
    assert (report.exit_code, report.bad) == (1, {"encryption keys"}), report.text


def test_nothing_is_made(tmp_path):
    run = run_command("doctor", PORTAL_DATABASE_URL=f"sqlite:{tmp_path}/portal.sqlite")
    assert "there is no" in run.stdout and "there are none yet" in run.stdout
    assert list(tmp_path.iterdir()) == []


def test_database_that_is_none(tmp_path):
    file = tmp_path / "portal.sqlite"
    file.write_text("not a database at all" * 100)
    run = run_command("doctor", PORTAL_DATABASE_URL=f"sqlite:{file}", PORTAL_ENCRYPTION_KEYS="k1:" + "A" * 43 + "=")
    assert run.returncode == 1
    assert "file is not a database" in run.stdout
