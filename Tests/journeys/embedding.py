"""An app on an origin of its own whose page embeds connect.js, under a strict content security policy."""

import json
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Locator, Page, expect

PAGE = """<!doctype html>
<html lang="en">
<title>App</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/app.css">
<body data-options="{options}">
<button id="connect">Connect</button>
<p>Events: <output id="events"></output></p>
<p>Outcome: <output id="outcome"></output></p>
<p>Violations: <output id="violations"></output></p>
<script src="{portal}/connect.js"></script>
<script src="/app.js"></script>
"""
SCRIPT = """
const {source, atOnce, confirms, ...options} = JSON.parse(document.body.dataset.options);
if (source === "function") {
    const address = options.connectUrl;
    options.connectUrl = () => new Promise((resolve) => { setTimeout(resolve, 100, address); });
}
if (confirms) {
    options.confirm = async (request) => {
        const answer = await fetch("/confirm", {method: "POST", body: JSON.stringify(request)});
        if (!answer.ok) throw new Error("not you");
    };
}
const show = (id, text) => document.getElementById(id).append(`${text} `);
const end = (text) => { document.getElementById("outcome").textContent = text; };

document.addEventListener("securitypolicyviolation", (event) => show("violations", event.violatedDirective));
document.getElementById("connect").onclick = connect;
if (atOnce) window.onload = () => setTimeout(connect);

function connect() {
    const onEvent = ({type, status}) => show("events", status ?? type);
    const {ConnectError, open} = ConnectPortal;
    open({...options, onEvent}).then(
        (result) => end(JSON.stringify(result)),
        (error) => end(error instanceof ConnectError ? error.code : `${error}`),
    );
}
"""
# Whatever an app does to its own elements must not reach the dialog.
STYLE = "body * { opacity: 0.9 } button { display: none !important } connect-portal { display: none !important }"
STYLE += "#connect { display: block !important }"
POLICY = (
    "default-src 'none'; script-src 'self' {portal}; connect-src 'self' {portal}; style-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types"
)


class EmbeddingApp:
    """Serves the page; `headers` are sent with it in addition."""

    def __init__(self, portal_url: str):
        self.headers: dict[str, str] = {}
        # The backend's part of confirm mode: whether a handle for a session is accepted.
        self.confirm: Callable[[str, str], bool] = lambda session, handle: False
        app = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                address = urlsplit(self.path)
                if address.path == "/":
                    options = parse_qs(address.query).get("options", ["{}"])[0]
                    self.answer("text/html", PAGE.format(options=escape(options), portal=portal_url))
                else:
                    types = {"/app.js": ("text/javascript", SCRIPT), "/app.css": ("text/css", STYLE)}
                    self.answer(*types.get(address.path, ("text/html", "<!doctype html><h1>Back in the app</h1>")))

            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                is_ours = app.confirm(request["sessionId"], request["handle"])
                self.answer("application/json", "{}", status=200 if is_ours else 403)

            def answer(self, content_type, text, status=200):
                body = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", f"{content_type}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Security-Policy", POLICY.format(portal=portal_url))
                for name, value in app.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # The portal is at localhost: to a browser that is another site.
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def open(self, page: Page, **options) -> None:
        """The page, with these options of `ConnectPortal.open`, and some for the page itself."""
        page.goto(f"{self.url}/?options={quote(json.dumps(options))}")


def press_connect(page: Page) -> Page:
    """Returns the window that opens."""
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Connect").click()
    return opened.value


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def expect_result(page: Page, minted: dict) -> dict:
    """What the promise resolved to, once it has."""
    outcome = page.locator("#outcome")
    expect(outcome).to_contain_text("COMPLETED")
    expect(dialog(page)).to_have_count(0)
    expect(page.locator("#violations")).to_be_empty()
    result = json.loads(outcome.text_content())
    assert result["sessionId"] == minted["sessionId"]
    return result


def expect_error(page: Page, code: str) -> None:
    expect(page.locator("#outcome")).to_have_text(code)
    expect(dialog(page)).to_have_count(0)


def events(page: Page) -> list[str]:
    return page.locator("#events").text_content().split()
