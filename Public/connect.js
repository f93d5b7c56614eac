/**
 * Lets the people who use your app connect their accounts, in a popup:
 *
 *     <script src="https://connect.example.com/connect.js"></script>
 *     button.onclick = () => ConnectPortal.open({ connectUrl: fetchConnectUrl }).then(showConnection, showError);
 *
 * Call `open` directly in the click handler, before any `await`: browsers block popups that come later. Where they
 * block it all the same, the page itself goes to the portal, which returns to the session's `successRedirectUri`.
 * The result tells the page what to show; your backend reads the connection from the API before it relies on it.
 *
 * @typedef {object} ConnectOptions
 * @property {string | Promise<string> | (() => Promise<string>)} connectUrl From `POST /api/v1/connect/token`.
 * @property {string} [key] Same key, same window: a second call focuses it. Default: the `connectUrl` itself.
 * @property {string} [token] Default: the `token` in `connectUrl`.
 * @property {string} [pollUrl] Default: `/api/v1/connect/session/poll` at the origin of `connectUrl`.
 * @property {(event: ConnectEvent) => void} [onEvent]
 *
 * @typedef {{ type: "opened" | "focused" | "redirecting" | "window-closed" }
 *     | { type: "status", status: "PENDING" | "CONNECTING" | "COMPLETED" | "FAILED" }
 *     | { type: "message", message: object }} ConnectEvent `window-closed` is a guess, see `watchWindow`.
 *
 * @typedef {object} ConnectResult
 * @property {"COMPLETED"} status
 * @property {string} connectionId
 * @property {string} integrationName
 * @property {string} externalId
 * @property {string | null} sessionId
 * @property {null} error Failures reject instead.
 *
 * @typedef {Promise<ConnectResult> & { cancel(): void, focus(): void }} ConnectAttempt Rejects with `ConnectError`.
 */
(() => {
    "use strict";

    const POLL_INTERVAL = 1_500;
    const SIZE = { width: 520, height: 680 };
    /** How long a window that looks closed is waited for: after it left for the provider, and before that. */
    const GRACE = { atProvider: 180_000, atPortal: 3_000 };
    const UNREACHABLE_AFTER = 60_000;

    const attempts = new Map();

    /** `code`: CANCELLED, WINDOW_CLOSED, NO_CONNECT_URL, UNREACHABLE, or the code the server gave. */
    class ConnectError extends Error {
        constructor(code, message, sessionId = null) {
            super(message);
            Object.assign(this, { name: "ConnectError", code, sessionId });
        }
    }

    class Attempt {
        constructor(key, options) {
            Object.assign(this, { key, options });
            this.windowName = `connect-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
            this.status = "PENDING";
            this.promise = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
            this.promise.cancel = () => this.fail("CANCELLED", "The connection was cancelled.");
            this.promise.focus = () => this.show();
        }

        /** Must not wait for anything: the browser opens a window only in the click itself. */
        show() {
            if (this.ended) return;
            this.closedAt = null;
            if (this.popup && !this.popup.closed) {
                this.popup.focus();
                return this.emit({ type: "focused" });
            }
            this.popup = window.open(this.url?.href ?? "about:blank", this.windowName, features());
            this.emit({ type: this.popup ? "opened" : "redirecting" });
            if (!this.popup && this.url) location.assign(this.url);
        }

        async run() {
            try {
                const { connectUrl } = this.options;
                this.url = new URL(await (typeof connectUrl === "function" ? connectUrl() : connectUrl));
            } catch (error) {
                return this.fail("NO_CONNECT_URL", `No usable connectUrl: ${error.message}`);
            }
            if (this.ended) return;
            if (!this.popup) return location.assign(this.url);
            this.popup.location.replace(this.url);
            this.token = this.options.token ?? this.url.searchParams.get("token");
            this.pollUrl = this.options.pollUrl ?? new URL("/api/v1/connect/session/poll", this.url);
            this.sessionId = sessionId(this.token);
            this.answeredAt = Date.now();

            this.listeners = new AbortController();
            window.addEventListener("message", (event) => this.receive(event), this.listeners);
            window.addEventListener("focus", () => this.poll(), this.listeners);
            this.timer = setInterval(() => { this.watchWindow(); this.poll(); }, POLL_INTERVAL);
        }

        /** A message is a hint that there is news. What happened, the server says. */
        receive({ origin, source, data }) {
            if (origin !== this.url.origin || source !== this.popup || data?.type !== "weavz-connect-result") return;
            this.emit({ type: "message", message: data });
            this.poll();
        }

        async poll() {
            if (this.polling || this.ended) return;
            this.polling = true;
            const askedAt = Date.now();
            try {
                const response = await fetch(this.pollUrl, {
                    method: "POST",
                    headers: { "Content-Type": "application/json" },
                    body: JSON.stringify({ token: this.token }),
                    credentials: "omit",
                });
                const body = await response.json();
                if (this.ended) return;
                if (response.ok) this.update(body);
                else if (response.status < 500 && response.status !== 429) this.fail(body.code, body.error);
                this.answeredAt = askedAt;
            } catch {
                const silence = Date.now() - this.answeredAt;
                if (silence > UNREACHABLE_AFTER) this.fail("UNREACHABLE", "The server does not answer.");
            } finally {
                this.polling = false;
            }
        }

        update(session) {
            if (session.status !== this.status) this.emit({ type: "status", status: session.status });
            this.status = session.status;
            if (session.status === "COMPLETED") {
                const { status, connectionId, integrationName, externalId } = session;
                const result = { status, connectionId, integrationName, externalId, sessionId: this.sessionId };
                this.end(() => this.resolve({ ...result, error: null }));
            } else if (session.status === "FAILED") {
                this.fail(session.errorCode ?? session.error ?? "FAILED", session.error ?? "The connection failed.");
            }
        }

        /**
         * A provider that sends `Cross-Origin-Opener-Policy` makes an open window look closed. So once the person may
         * be at the provider, `closed` is no news of its own: the server is asked for a while longer.
         */
        watchWindow() {
            if (!this.popup?.closed) return;
            if (!this.closedAt) {
                this.closedAt = Date.now();
                this.emit({ type: "window-closed" });
            }
            const grace = this.status === "PENDING" ? GRACE.atPortal : GRACE.atProvider;
            const isOver = this.answeredAt >= this.closedAt && Date.now() - this.closedAt > grace;
            if (isOver) this.fail("WINDOW_CLOSED", "The window was closed too early.");
        }

        fail(code, message) {
            if (this.ended) return;
            if (code === "CANCELLED" || code === "NO_CONNECT_URL") this.popup?.close();
            this.end(() => this.reject(new ConnectError(code, message, this.sessionId)));
        }

        end(settle) {
            this.ended = true;
            clearInterval(this.timer);
            this.listeners?.abort();
            attempts.delete(this.key);
            settle();
        }

        emit(event) { this.options.onEvent?.(event); }
    }

    /** The centre of the window the person looks at, also on a second screen. */
    function features() {
        const left = Math.round(window.screenX + (window.outerWidth - SIZE.width) / 2);
        const top = Math.round(window.screenY + (window.outerHeight - SIZE.height) / 2);
        return `popup,width=${SIZE.width},height=${SIZE.height},left=${left},top=${top}`;
    }

    /** The token is a prefixed JWT; its `jti` is the session. Read for convenience, trusted for nothing. */
    function sessionId(token) {
        try {
            const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
            return JSON.parse(atob(payload)).jti ?? null;
        } catch {
            return null;
        }
    }

    /** @type {(options: ConnectOptions) => ConnectAttempt} */
    function open(options) {
        const key = options.key ?? options.connectUrl;
        const running = attempts.get(key);
        const attempt = running ?? new Attempt(key, options);
        attempts.set(key, attempt);
        attempt.show();
        if (!running) attempt.run();
        return attempt.promise;
    }

    globalThis.ConnectPortal = Object.freeze({ open, ConnectError });
})();
