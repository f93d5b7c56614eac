"""What `doctor` makes of what a provider answers."""

import json

import pytest
from clinic import running_clinic


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    with running_clinic(tmp_path_factory.mktemp) as clinic:
        yield clinic


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
    with clinic.quirks(authorizationError=error):
        report = clinic.doctor("brook", apps=[clinic.app()])
    report.expect(sign, "sign-in", *words)
    assert report.exit_code == (1 if sign == "✗" else 0)


def test_nobody_has_to_sign_in(clinic):
    with clinic.quirks(automaticUser="ada"):
        report = clinic.doctor("brook", apps=[clinic.app()])
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
    clinic.answer_next_code(status, body)
    report = clinic.doctor("brook", apps=[clinic.app()])
    report.expect(sign, "client secret", words)
    assert "\x1b" not in report.text


def test_secret_that_the_provider_repeats(clinic):
    body = json.dumps({"error": "invalid_client", "error_description": f"got {clinic.portal.client_secret}"})
    clinic.answer_next_code(401, body)
    clinic.doctor("brook", apps=[clinic.app()]).expect("✗", "client secret", "got •••")
