"""Servers that speak TLS in one way each, some of them in ways in which nobody should."""

import ssl
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

from certificates import Authority, openssl

V = ssl.TLSVersion
# The versions that each speaks, its certificate, and whether it may be trusted.
SERVERS = {
    "TLS 1.3": (V.TLSv1_3, V.TLSv1_3, "good", True),
    "TLS 1.2": (V.TLSv1_2, V.TLSv1_2, "good", True),
    "TLS 1.1": (V.TLSv1_1, V.TLSv1_1, "good", False),
    "TLS 1.0": (V.TLSv1, V.TLSv1, "good", False),
    "TLS 1.0 and 1.1": (V.TLSv1, V.TLSv1_1, "good", False),
    "an expired certificate": (V.TLSv1_2, V.TLSv1_3, "expired", False),
    "a certificate of another name": (V.TLSv1_2, V.TLSv1_3, "another-name", False),
    "a certificate of an unknown authority": (V.TLSv1_2, V.TLSv1_3, "stranger", False),
    "a certificate of its own": (V.TLSv1_2, V.TLSv1_3, "own", False),
    "a certificate for a client": (V.TLSv1_2, V.TLSv1_3, "client", False),
}


class OldTLS:
    """One server for each; `served` has the names of those that a request came to."""

    def __init__(self, directory: Path):
        self._directory = directory
        ours, stranger = Authority(directory, "authority"), Authority(directory, "unknown")
        self.authority = ours.certificate
        ours.certify("localhost", directory / "good.crt")
        ours.certify("localhost", directory / "expired.crt", days=-1)
        ours.certify("elsewhere.example", directory / "another-name.crt")
        stranger.certify("localhost", directory / "stranger.crt")
        make_own(directory, "own")
        make_own(directory, "client", ours)
        self.served: set[str] = set()
        self._servers = {name: self._start(name, *kind) for name, kind in SERVERS.items()}

    def url(self, name: str) -> str:
        return f"https://localhost:{self._servers[name].server_port}/"

    def stop(self) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    def answers_others(self, name: str) -> bool:
        """Whether the server is awake: somebody who takes everything gets an answer."""
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        weaken(trusting, V.TLSv1, V.TLSv1_3)
        with urlopen(self.url(name), context=trusting, timeout=10) as answer:
            return answer.status == 200

    def _start(self, name: str, oldest: V, newest: V, certificate: str, _: bool) -> ThreadingHTTPServer:
        served = self.served

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                served.add(name)
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        weaken(context, oldest, newest)
        context.load_cert_chain(self._directory / f"{certificate}.crt", self._directory / f"{certificate}.key")
        server = QuietServer(("127.0.0.1", 0), Handler)
        # The handshake belongs to the connection's own thread.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        Thread(target=server.serve_forever, daemon=True).start()
        return server


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_):
        pass


def weaken(context: ssl.SSLContext, oldest: V, newest: V) -> None:
    """Python's own idea of what is good enough would be in the way."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = oldest, newest


def make_own(directory: Path, name: str, authority: Authority | None = None) -> None:
    """A certificate for localhost that it signed itself, or that an authority made for clients only."""
    key, file = directory / f"{name}.key", directory / f"{name}.crt"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key]
    if authority is None:
        openssl("req", "-x509", *new, *subject, "-days", "2", "-out", file)
        return
    request, extensions = directory / f"{name}.csr", directory / f"{name}.cnf"
    extensions.write_text("subjectAltName = DNS:localhost\nextendedKeyUsage = clientAuth\n")
    openssl("req", "-new", *new, *subject, "-out", request)
    signed = ["-CA", authority.certificate, "-CAkey", authority.certificate.with_suffix(".key"), "-days", "2"]
    openssl("x509", "-req", "-in", request, *signed, "-extfile", extensions, "-out", file)
