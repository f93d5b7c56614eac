"""The application's own page that a person returns to in redirect mode."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit


class Landing:
    """A small web server that says "Back in the app" and remembers with which addresses it was called."""

    def __init__(self):
        self.paths: list[str] = []
        paths = self.paths

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if not self.path.startswith("/favicon"):
                    paths.append(self.path)
                body = b"<!doctype html><title>App</title><h1>Back in the app</h1>"
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def last_call(self) -> tuple[str, dict[str, str]]:
        """The path and the query of the newest call."""
        address = urlsplit(self.paths[-1])
        return address.path, {name: values[0] for name, values in parse_qs(address.query).items()}
