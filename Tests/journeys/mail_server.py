"""A real mail server in a thread of its own, which behaves as a test chooses."""

import asyncio
import socket
from contextlib import closing, contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, syntax

USER, PASSWORD = b"acme@mail.example", b"p@ss:word/sentinel"


class Mailroom:
    """What a mail server was told, and how it answers: the handler of aiosmtpd."""

    def __init__(self):
        self.reset()

    def reset(self, behaviour: str = "accepts") -> None:
        self.behaviour = behaviour
        self.mails = []
        self.senders = []
        self.logins = []

    def authenticate(self, server, session, envelope, mechanism, login) -> AuthResult:
        self.logins.append((login.login, login.password))
        return AuthResult(success=(login.login, login.password) == (USER, PASSWORD))

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        self.senders.append(address)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if self.behaviour == "refuses the recipient":
            return "550 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.behaviour == "never answers":
            await asyncio.Event().wait()
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.SMTP)))
        return "250 Taken"


class HastySMTP(SMTP):
    @syntax("DATA")
    async def smtp_DATA(self, argument: str) -> None:
        if self.event_handler.behaviour == "hangs up":
            await self.push("354 Go ahead")
            self.transport.abort()
        else:
            await super().smtp_DATA(argument)


class MailServer(Controller):
    def factory(self) -> SMTP:
        return HastySMTP(self.handler, **self.SMTP_kwargs)


@contextmanager
def running_mail_server(host: str = "127.0.0.1", **options):
    mailroom = Mailroom()
    options = {"auth_require_tls": False, "authenticator": mailroom.authenticate} | options
    server = MailServer(mailroom, host, free_port(host), **options)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def free_port(host: str) -> int:
    with closing(socket.socket()) as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]
