"""An invitation reaches a real mail server whole, and `emailSent` tells the truth when it does not."""

import re
import socket
import ssl
import subprocess
import time
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest
from mail_server import PASSWORD, USER, free_port, running_mail_server
from playwright.sync_api import expect
from weavz_sdk import WeavzClient

SENDER = "Größte Notizen 🗒️ <connect@acme.example>"
LONGEST_WAIT = 15


@pytest.fixture(scope="module")
def mail_server():
    with running_mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def mailing_portal(start_sqlite_portal, mail_server):
    return start_sqlite_portal(**mail_settings("127.0.0.1", mail_server.port))


@pytest.fixture
def mailroom(mail_server):
    mail_server.handler.reset()
    return mail_server.handler


def mail_settings(host: str, port: int) -> dict[str, str]:
    user, password = quote(USER), quote(PASSWORD, safe="")
    return {"PORTAL_SMTP_URL": f"smtp://{user}:{password}@{host}:{port}", "PORTAL_MAIL_FROM": SENDER}


def invite(portal, repetition: str | None = None, user: str | None = None, **fields) -> dict:
    headers = {"Authorization": f"Bearer {portal.api_key}"}
    if repetition:
        headers["Idempotency-Key"] = repetition
    url = f"{portal.url}/api/v1/end-users/{user or new_user(portal)}/invite"
    answer = httpx.post(url, json={"email": "dana@acme.example"} | fields, headers=headers, timeout=LONGEST_WAIT + 5)
    assert answer.status_code == 200, answer.text
    assert httpx.get(answer.json()["connectUrl"]).status_code == 200, "the link works, mail or not"
    return answer.json()


def new_user(portal) -> str:
    weavz = WeavzClient(api_key=portal.api_key, base_url=portal.url)
    return weavz.end_users.create(workspace_id=portal.workspace_id, external_id=str(uuid4()))["endUser"]["id"]


def test_mail_is_whole(mailing_portal, mailroom, new_context):
    invitation = invite(mailing_portal, integrationName="sandbox")
    assert invitation["emailSent"] is True
    assert mailroom.logins == [(USER, PASSWORD)]
    [(recipients, mail)] = mailroom.mails
    assert (mailroom.senders, recipients) == (["connect@acme.example"], ["dana@acme.example"])
    assert mail["From"] == SENDER or mail["From"] == '"Größte Notizen 🗒️" <connect@acme.example>'
    assert mail["To"] == "dana@acme.example"
    assert mail["Subject"] == "Connect Sandbox to Acme Notes"
    assert abs(mail["Date"].datetime.timestamp() - time.time()) < 60
    assert re.fullmatch(r"<[\w-]{22}@localhost>", mail["Message-ID"])
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not mail.defects

    text, html = (part.get_content() for part in mail.iter_parts())
    assert text.count(invitation["connectUrl"]) == 1
    page = new_context("phone").new_page()
    page.set_content(html)
    expect(page.get_by_text("until")).to_be_visible()
    page.get_by_role("link", name="Connect Sandbox").click()
    expect(page.get_by_role("heading", name="Your connections")).to_be_visible()


def test_repeated_invite_sends_one_mail(mailing_portal, mailroom):
    user = new_user(mailing_portal)
    first, second = (invite(mailing_portal, repetition="invite-dana", user=user) for _ in range(2))
    assert first == second
    assert first["emailSent"] is True
    assert len(mailroom.mails) == 1


@pytest.mark.parametrize("behaviour", ["refuses the recipient", "hangs up", "never answers"])
def test_mail_that_is_not_taken(behaviour, mailing_portal, mailroom):
    mailroom.reset(behaviour)
    started = time.monotonic()
    assert invite(mailing_portal)["emailSent"] is False
    assert time.monotonic() - started < LONGEST_WAIT + 1
    assert len(mailroom.senders) == 1, "it came that far, once"
    assert mailroom.mails == []

    mailroom.reset()
    assert invite(mailing_portal)["emailSent"] is True, "the next one is none the worse"


def test_mail_server_is_away(start_sqlite_portal):
    portal = start_sqlite_portal(**mail_settings("127.0.0.1", free_port("127.0.0.1")))
    assert invite(portal)["emailSent"] is False


@pytest.mark.parametrize("security", ["no TLS", "a certificate of nobody known"])
def test_nothing_is_told_in_clear(security, start_sqlite_portal, tmp_path):
    name = socket.gethostname()
    options = {} if security == "no TLS" else {"tls_context": self_signed(name, tmp_path), "require_starttls": True}
    with running_mail_server(socket.gethostbyname(name), **options) as server:
        portal = start_sqlite_portal(**mail_settings(name, server.port))
        assert invite(portal)["emailSent"] is False
        assert (server.handler.logins, server.handler.senders) == ([], [])
        assert "tlsFailed" in portal.log


def test_no_mail_server(portal):
    assert invite(portal)["emailSent"] is False


def test_log_names_no_secret_and_no_person(mailing_portal, mailroom):
    mailroom.reset("refuses the recipient")
    invitation = invite(mailing_portal)
    assert "550" in mailing_portal.log
    for secret in [invitation["token"], PASSWORD.decode(), quote(PASSWORD, safe=""), "dana@acme.example"]:
        assert secret not in mailing_portal.log


def self_signed(name: str, directory) -> ssl.SSLContext:
    certificate, key = directory / "certificate.pem", directory / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    whose = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    subprocess.run([*command, *whose, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context
