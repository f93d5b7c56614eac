"""Runs a PostgreSQL of its own, in a temporary directory and on a free port, until its stdin ends.

    python3 Tests/postgres.py [--durable] [--tls] [--max-connections N]

Prints its URL as soon as it answers. Then it obeys lines on stdin: `stop`, as if the power failed, answered by
`stopped`; and `start`, answered by `started`.
"""

import argparse
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

START_SECONDS = 30
# PostgreSQL does not run as root: then it runs as the user that Debian's package makes for it.
ACCOUNT = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
# Durable against the end of the server, but not of the machine.
FAST = {"fsync": "off", "full_page_writes": "off"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--durable", action="store_true", help="wait for the disk, as in production")
    parser.add_argument("--tls", action="store_true", help="have a certificate, which the URL names as the root")
    parser.add_argument("--max-connections", type=int, default=1000, metavar="N")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))

    server = Server(options.max_connections, options.durable)
    try:
        server.make()
        if options.tls:
            server.make_certificate()
        server.start()
        print(server.url, flush=True)
        for line in sys.stdin:
            match line.strip():
                case "stop":
                    server.stop()
                    print("stopped", flush=True)
                case "start":
                    server.start()
                    print("started", flush=True)
                case other:
                    sys.exit(f"neither `stop` nor `start`: {other}")
    finally:
        server.remove()


class Server:
    def __init__(self, max_connections: int, durable: bool):
        self.programs = directory_of_programs()
        self.directory = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
        self.password = secrets.token_hex(16)
        self.port = free_port()
        self.process = None
        self.parameters = ""
        self.settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.directory,
            "max_connections": max_connections,
        } | ({} if durable else FAST)

    @property
    def url(self) -> str:
        host = "localhost" if self.parameters else "127.0.0.1"
        return f"postgresql://portal:{self.password}@{host}:{self.port}/postgres{self.parameters}"

    def make(self) -> None:
        password_file = self.directory / "password"
        password_file.write_text(self.password)
        if ACCOUNT:
            for path in (self.directory, password_file):
                shutil.chown(path, ACCOUNT["user"], ACCOUNT["group"])
        command = [self.programs / "initdb", "--username=portal", f"--pwfile={password_file}", "--auth=scram-sha-256"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", self.directory / "data"]
        made = subprocess.run(command, cwd=self.directory, capture_output=True, text=True, **ACCOUNT)
        if made.returncode != 0:
            sys.exit(made.stderr)

    def make_certificate(self) -> None:
        certificate, key = self.directory / "server.crt", self.directory / "server.key"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"]
        subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
        key.chmod(0o600)
        if ACCOUNT:
            shutil.chown(key, ACCOUNT["user"], ACCOUNT["group"])
        self.settings |= {"ssl": "on", "ssl_cert_file": certificate, "ssl_key_file": key}
        self.parameters = f"?sslmode=verify-full&sslrootcert={certificate}"
        # The server's user keeps the directory to itself.
        self.directory.chmod(0o755)

    def start(self) -> None:
        command = [self.programs / "postgres", "-D", self.directory / "data"]
        command += [f"--{name}={value}" for name, value in self.settings.items()]
        with (self.directory / "log").open("ab") as log:
            # A session of its own, so that Ctrl-C reaches only this program, which then stops the server.
            self.process = subprocess.Popen(
                command,
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **ACCOUNT,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"PostgreSQL did not start:\n{(self.directory / 'log').read_text()}")
            time.sleep(0.02)

    def answers(self) -> bool:
        question = [self.programs / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={self.port}"]
        return subprocess.run(question).returncode == 0

    def stop(self) -> None:
        """An immediate shutdown: no goodbye to clients, and recovery at the next start."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.directory)


def directory_of_programs() -> Path:
    """In the PATH, else where Debian keeps the newest version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    return newest.parent if newest else sys.exit("no PostgreSQL server found: run Tests/install")


def free_port() -> int:
    """Not one that the system gives away by itself, perhaps while the server is stopped."""
    while True:
        port = 10000 + secrets.randbelow(20000)
        with closing(socket.socket()) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


if __name__ == "__main__":
    main()
