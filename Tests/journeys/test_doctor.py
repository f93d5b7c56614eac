"""`doctor`, `integrations show` and `integrations accept`: with which an operator gets a provider to work."""

import json
import subprocess
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from clinic import CLIENT_ID, Clinic, write_definitions
from portal import run_command
from walk import switch


@pytest.fixture(scope="module")
def clinic(start_sqlite_portal, new_storage, tmp_path_factory):
    directory = tmp_path_factory.mktemp("clinic")
    storage = new_storage()
    definitions = write_definitions(tmp_path_factory.mktemp("definitions"))
    portal = start_sqlite_portal(**storage, PORTAL_INTEGRATIONS_DIR=str(definitions))
    return Clinic(portal, directory, storage)


def test_all_good(clinic):
    report = clinic.doctor("brook", apps=[clinic.app()])
    assert (report.exit_code, report.bad) == (0, set()), report.text
    report.expect("!", "public URL", "only from this machine", "PORTAL_PUBLIC_URL")
    report.expect("✓", "redirect URI", f"{clinic.portal.url}/api/v1/connect/oauth-callback", "https://service.example")
    report.expect("✓", "OAuth app", "the operator's", f"client id {CLIENT_ID[:8]}…")
    report.expect("✓", "endpoints", clinic.portal.sandbox_url, "sign-in, tokens, revocation")
    report.expect("✓", "sign-in", "knows the client, as far as can be seen without signing in")
    report.expect("✓", "client secret", "accepts client id and client secret", "invalid_grant", "one failed request")
    report.expect("✓", "clock", "0 s apart")


def test_own_app(clinic):
    clinic.register_own_app("pushing-brook")
    report = clinic.doctor("pushing-brook")
    assert (report.exit_code, report.bad) == (0, set()), report.text
    report.expect("✓", "OAuth app", "“Our own” of the organization", CLIENT_ID[:8])
    report.expect("✓", "endpoints", "pushed requests")
    report.expect("✓", "client secret")


def test_without_token_request(clinic):
    report = clinic.doctor("brook", "--skip-token-request", apps=[clinic.app(clientSecret="wrong")])
    assert report.exit_code == 0
    assert "client secret" not in {subject for _, subject, _ in report.findings}


REGISTRATION_FAULTS = {
    "wrong secret": ({"clientSecret": "not this one"}, {"client secret": ["invalid_client", "Copy both again"]}),
    "unknown client": (
        {"clientId": "nobody-knows-this"},
        {
            "sign-in": ["status 400", "No application with this client_id", "no app with this client id"],
            "client secret": ["invalid_client"],
        },
    ),
    "unknown scope": (
        {"scopes": ["profile,email"]},
        {"sign-in": ["sends people back with invalid_scope", "misspelt"]},
    ),
}


@pytest.mark.parametrize("fault", REGISTRATION_FAULTS)
def test_wrong_registration(fault, clinic):
    fields, expected = REGISTRATION_FAULTS[fault]
    report = clinic.doctor("brook", apps=[clinic.app(**fields)])
    assert (report.exit_code, report.bad) == (1, set(expected)), report.text
    for subject, words in expected.items():
        report.expect("✗", subject, *words)


@pytest.mark.parametrize("integration", ["brook", "pushing-brook"])
def test_wrong_redirect_uri(integration, clinic):
    apps = [clinic.app(integration)]
    report = clinic.doctor(integration, apps=apps, PORTAL_PUBLIC_URL="https://elsewhere.example")
    assert (report.exit_code, report.bad) == (1, {"sign-in"}), report.text
    report.expect("✓", "public URL", "https://elsewhere.example")
    report.expect("✗", "sign-in", "refuses", "is not one of those registered", "exactly as this command prints it")


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


ANSWERS_OF_THE_SIGN_IN = {
    "access_denied": ("✗", "access_denied", "waits for an administrator"),
    "temporarily_unavailable": ("!", "temporarily_unavailable", "Try again later"),
    "login_required": ("✓", "it would ask a person (login_required)"),
    "org_internal": ("✗", "org_internal", "External"),
    "unheard_of": ("✗", "unheard_of", "not in the list"),
}


@pytest.mark.parametrize("error", ANSWERS_OF_THE_SIGN_IN)
def test_refused_sign_in(error, clinic):
    sign, *words = ANSWERS_OF_THE_SIGN_IN[error]
    switch(clinic.portal.sandbox_url, quirks={"authorizationError": error})
    report = clinic.doctor("brook", apps=[clinic.app()])
    switch(clinic.portal.sandbox_url, quirks={"authorizationError": ""})
    report.expect(sign, "sign-in", *words)
    assert report.exit_code == (1 if sign == "✗" else 0)


def test_nobody_has_to_sign_in(clinic):
    switch(clinic.portal.sandbox_url, quirks={"automaticUser": "ada"})
    report = clinic.doctor("brook", apps=[clinic.app()])
    switch(clinic.portal.sandbox_url, quirks={"automaticUser": ""})
    report.expect("✓", "sign-in", "answers at once")


# Of the token endpoint: status, body, and what is made of it.
ANSWERS_TO_A_CODE = {
    "a word of its own": (200, '{"error": "bad_verification_code"}', "✓", "bad_verification_code"),
    "another redirect URI": (400, '{"error": "redirect_uri_mismatch"}', "✗", "redirect_uri_mismatch"),
    "Microsoft's": (401, '{"error": "invalid_client", "error_description": "AADSTS7000222: old"}', "✗", "expired"),
    "no OAuth": (500, "<h1>Oops</h1>", "!", "status 500"),
    "a request it does not like": (400, '{"error": "invalid_request"}', "!", "right or wrong"),
    "no words": (401, "", "✗", "status 401"),
    "a token": (200, '{"access_token": "a", "token_type": "Bearer"}', "!", "for a made-up code"),
    "control characters": (400, '{"error": "invalid_client", "error_description": "\\u001b[2Jred"}', "✗", "[2Jred"),
}


@pytest.mark.parametrize("kind", ANSWERS_TO_A_CODE)
def test_answers_to_a_code(kind, clinic):
    status, body, sign, words = ANSWERS_TO_A_CODE[kind]
    faults = {"endpoint": "token", "failure": "response", "status": status, "body": body, "times": 1}
    switch(clinic.portal.sandbox_url, faults=faults)
    report = clinic.doctor("brook", apps=[clinic.app()])
    report.expect(sign, "client secret", words)
    assert "\x1b" not in report.text


def test_secret_that_the_provider_repeats(clinic):
    body = json.dumps({"error": "invalid_client", "error_description": f"got {clinic.portal.client_secret}"})
    faults = {"endpoint": "token", "failure": "response", "status": 401, "body": body, "times": 1}
    switch(clinic.portal.sandbox_url, faults=faults)
    clinic.doctor("brook", apps=[clinic.app()]).expect("✗", "client secret", "got •••")


def test_private_key(clinic):
    made = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
        capture_output=True,
        text=True,
        check=True,
    )
    app = clinic.app("signed-brook", clientSecret=made.stdout)
    report = clinic.doctor("signed-brook", apps=[app])
    assert report.bad == {"client secret"}, report.text
    report.expect("✓", "private key", "P-256, signs with ES256")
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
    """The provider's clock is two minutes ahead."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def date_time_string(self, timestamp=None):
            return formatdate(time.time() + 120, usegmt=True)

        def log_message(self, format, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    settings = clinic.settings([clinic.app()])
    write_definitions(clinic.directory / "skewed", f"http://localhost:{server.server_port}")
    settings["PORTAL_INTEGRATIONS_DIR"] = str(clinic.directory / "skewed")
    run = run_command("doctor", "brook", **settings)
    server.shutdown()
    server.server_close()
    assert run.returncode == 1
    assert "clock is 120 s behind the provider's" in run.stdout


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


def test_metadata_that_changes(clinic):
    clinic.register_own_app("orchard")
    clinic.doctor("orchard").expect("✓", "metadata", "the first sign-in keeps what it says")
    assert "nothing to take over" in clinic.accept("orchard").stdout
    clinic.connect("orchard")
    clinic.doctor("orchard").expect("✓", "metadata", "what is kept of it")

    sandbox = clinic.portal.sandbox_url
    change = f"token_endpoint: was {sandbox}/token, is now {sandbox}/moved/token"
    with clinic.changed_metadata(moved=True):
        report = clinic.doctor("orchard")
        assert report.exit_code == 0
        report.expect("!", "metadata", change, "connect-portal integrations accept orchard")
        unasked = clinic.accept("orchard")
        assert (unasked.returncode, change in unasked.stdout, "--yes" in unasked.stderr) == (1, True, True)
        clinic.doctor("orchard").expect("!", "metadata", change)

        accepted = clinic.accept("orchard", "--yes")
        assert (accepted.returncode, accepted.stderr) == (0, "")
        assert change in accepted.stdout and f"took over what {sandbox} says of itself" in accepted.stdout
        clinic.doctor("orchard").expect("✓", "metadata", "what is kept of it")
        assert "nothing to take over" in clinic.accept("orchard", "--yes").stdout
        clinic.connect("orchard")
    with clinic.changed_metadata(status=503):
        clinic.doctor("orchard").expect("!", "metadata", "what is kept of it serves on", "there is no metadata")


def test_sign_in_at_another_host(clinic):
    with clinic.changed_metadata(members={"authorization_endpoint": "https://elsewhere.example/authorize"}):
        clinic.accept("orchard", "--yes")
        report = clinic.doctor("orchard")
        report.expect("✗", "metadata", "people would sign in at elsewhere.example", "allowedHosts")
    clinic.accept("orchard", "--yes")


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


def test_explain():
    run = run_command("doctor", "--explain", "aadsts50011: The redirect URI …")
    assert run.returncode == 0
    assert run.stdout.startswith("AADSTS50011\nThe redirect URI is not one of those registered")
    run = run_command("doctor", "--explain", "unheard_of")
    assert (run.returncode, run.stdout) == (1, "")


def test_unknown_integration(clinic):
    for command in [["doctor"], ["integrations", "show"]]:
        run = run_command(*command, "broo", **clinic.settings())
        assert run.returncode == 1
        assert "did you mean brook" in run.stderr


def test_show(clinic):
    run = run_command("integrations", "show", "brook", **clinic.settings())
    assert run.returncode == 0
    assert str(clinic.directory / "definitions/brook.yaml") in run.stdout
    for words in ["PKCE", "client_secret_basic", f"{clinic.portal.sandbox_url}/authorize", "profile email", "RFC 7009"]:
        assert words in run.stdout
    run = run_command("integrations", "show", "brook", "--yaml", **clinic.settings())
    assert json.loads(run.stdout)["name"] == "brook"
