/**
 * Lets the people who use your app connect their accounts, in a popup:
 *
 *     <script src="https://connect.example.com/connect.js"></script>
 *     button.onclick = () => ConnectPortal.open({ connectUrl: fetchConnectUrl }).then(showConnection, showError);
 *
 * Call `open` directly in the click handler, before any `await`: browsers block popups that come later. Where they
 * block it all the same, the page itself goes to the portal, which returns to the session's `successRedirectUri`.
 * The result tells the page what to show; your backend reads the connection from the API before it relies on it.
 * In confirm mode `confirm` hands the one-time handle to your backend, which knows who is signed in.
 *
 * The session's `allowedOrigins` must name your page's origin, and the page's content security policy the portal's, in
 * `script-src` and `connect-src`. Options, events, results and error codes are in connect.d.ts, beside this file.
 */
(() => {
    "use strict";

    const TICK = 500;
    const SIZE = { width: 520, height: 680 };
    /** When to poll: while no stream of events comes, after a hint that it should, and in case it died unnoticed. */
    const POLL_AFTER = { start: 5_000, answer: 1_500, hint: 1_000, event: 30_000, trouble: 4_000 };
    const POLL_TIMEOUT = 20_000;
    const UNREACHABLE_AFTER = 60_000;
    /** A window that looks closed: when to say so, and when to give up if there is no dialog in which to decide. */
    const LOOKS_CLOSED_AFTER = 2_000;
    const GIVE_UP_AFTER = 180_000;

    /** What to do, its button; what if the window looks closed, more about it, its button; cancel. */
    const WORDS = {
        en: ["Finish in the other window", "Show window", "Did the window close?",
            "If it is still open, just finish there. Otherwise open it again.", "Open again", "Cancel"],
        de: ["Im anderen Fenster fortfahren", "Fenster anzeigen", "Ist das Fenster geschlossen?",
            "Falls es noch offen ist, machen Sie einfach dort weiter. Sonst öffnen Sie es noch einmal.",
            "Noch einmal öffnen", "Abbrechen"],
        fr: ["Continuez dans l’autre fenêtre", "Afficher la fenêtre", "La fenêtre s’est-elle fermée ?",
            "Si elle est encore ouverte, terminez-y simplement. Sinon, rouvrez-la.", "Rouvrir", "Annuler"],
        es: ["Continúe en la otra ventana", "Mostrar ventana", "¿Se cerró la ventana?",
            "Si sigue abierta, termine allí. Si no, ábrala de nuevo.", "Abrir de nuevo", "Cancelar"],
        pt: ["Continue na outra janela", "Mostrar janela", "A janela foi fechada?",
            "Se ainda estiver aberta, termine lá. Se não, abra-a de novo.", "Abrir de novo", "Cancelar"],
        ja: ["別のウィンドウで続けてください", "ウィンドウを表示", "ウィンドウは閉じましたか？",
            "まだ開いている場合は、そのまま続けてください。閉じた場合は、もう一度開いてください。", "もう一度開く", "キャンセル"],
        zh: ["请在另一个窗口中继续", "显示窗口", "窗口关闭了吗？",
            "如果窗口仍打开，请在那里完成；否则请重新打开。", "重新打开", "取消"],
        ar: ["يُرجى المتابعة في النافذة الأخرى", "إظهار النافذة", "هل أُغلقت النافذة؟",
            "إذا كانت لا تزال مفتوحة فيمكنك المتابعة فيها، وإلا فيمكنك فتحها من جديد.", "فتح من جديد", "إلغاء"],
    };

    /** `important` keeps the page's own rules out; only its color-scheme comes in. */
    const STYLE = `
        :host { all: initial !important; color-scheme: inherit !important; }
        dialog {
            --line: color-mix(in srgb, CanvasText 25%, Canvas);
            box-sizing: border-box; width: min(420px, 100vw - 32px); padding: 24px;
            border: 1px solid var(--line); border-radius: 14px; background: Canvas; color: CanvasText;
            font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 16px 48px #0006;
        }
        dialog::backdrop { background: #0008; }
        h2 { margin: 0; font-size: 19px; line-height: 1.3; }
        p { margin: 8px 0 0; }
        .actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 20px; }
        button {
            min-height: 44px; padding: 8px 18px; border: 1px solid var(--line); border-radius: 9px;
            background: none; color: inherit; font: inherit; font-weight: 600; cursor: pointer;
        }
        button:first-child { border-color: CanvasText; background: CanvasText; color: Canvas; }
        :focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
        @media (prefers-reduced-motion: no-preference) {
            dialog { animation: appear 0.2s ease-out; }
            @keyframes appear { from { opacity: 0; translate: 0 8px; } }
        }`;

    const scriptURL = document.currentScript?.src;
    const attempts = new Map();

    class ConnectError extends Error {
        constructor(code, message, sessionId = null, cause) {
            super(message, { cause });
            Object.assign(this, { name: "ConnectError", code, sessionId });
        }
    }

    class Attempt {
        constructor(key, options) {
            Object.assign(this, { key, options });
            this.windowName = `connect-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
            this.promise = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
            this.promise.cancel = () => this.fail("CANCELLED", "The connection was cancelled.");
            this.promise.focus = () => this.show();
            if (options.ui !== false) this.dialog = new Dialog(this.promise, options.locale);
        }

        /** Must not wait for anything: the browser opens a window only in the click itself. */
        show() {
            if (this.ended) return;
            if (!this.isClosed) {
                this.popup.focus();
                return this.emit({ type: "focused" });
            }
            // First the dialog, so that the window comes to lie above it, with the focus.
            this.dialog?.show(false);
            this.closedAt = null;
            this.saidClosed = false;
            this.popup = window.open(this.popupAddress, this.windowName, features());
            if (!this.isClosed) return this.emit({ type: "opened" });
            this.dialog?.close();
            if (this.options.redirect === false || window.top !== window) {
                return this.fail("POPUP_BLOCKED", "The browser opened no window.");
            }
            this.isBlocked = true;
            this.emit({ type: "redirecting" });
            if (this.url) this.redirect();
        }

        async run() {
            try {
                this.url = await address(this.options);
            } catch (error) {
                return this.fail("NO_CONNECT_URL", error.message, error);
            }
            if (this.ended) return;
            this.token = this.url.searchParams.get("token");
            this.sessionId = sessionId(this.token);
            if (this.isBlocked) return this.redirect();
            if (!this.isClosed) this.popup.location.replace(this.popupAddress);
            this.watch();
        }

        /** With the Back button the browser may bring this very page back, as it was. */
        redirect() {
            window.addEventListener("pageshow", ({ persisted }) => {
                if (!persisted) return;
                this.dialog?.show(true);
                this.watch();
            }, { once: true });
            location.assign(this.url);
        }

        /** Says that it is a popup, which it cannot see where one of the pages cuts the opener off. */
        get popupAddress() {
            if (!this.url) return "about:blank";
            const address = new URL(this.url);
            address.searchParams.set("display", "popup");
            return address.href;
        }

        get isClosed() { return this.popup?.closed !== false; }

        watch() {
            if (this.listeners) return;
            this.listeners = new AbortController();
            this.pollAt = Date.now() + POLL_AFTER.start;
            this.timer = setInterval(() => this.tick(), TICK);
            window.addEventListener("message", (event) => this.receive(event), this.listeners);
            window.addEventListener("focus", () => this.pollIn(POLL_AFTER.hint), this.listeners);

            const address = this.endpoint("events");
            address.searchParams.set("token", this.token);
            this.stream = new EventSource(address);
            this.stream.addEventListener("status", ({ data }) => {
                this.isStreaming = true;
                this.pollAt = Date.now() + POLL_AFTER.event;
                this.hear(JSON.parse(data));
            });
            this.stream.addEventListener("error", () => {
                this.isStreaming = false;
                this.pollIn(0);
            });
        }

        endpoint(name) { return new URL(`/api/v1/connect/session/${name}`, this.url); }

        /** A message is a hint that there is news. What happened, the server says. */
        receive({ origin, source, data }) {
            if (origin !== this.url.origin || source !== this.popup) return;
            if (data?.type === "connect-portal-confirm") return this.confirm(data);
            if (data?.type !== "weavz-connect-result") return;
            this.emit({ type: "message", message: data });
            this.pollIn(POLL_AFTER.hint);
        }

        /** Once for each handle, however often the page in the popup is loaded. */
        async confirm({ sessionId, handle }) {
            if (!this.options.confirm || this.handle === handle) return;
            this.handle = handle;
            this.emit({ type: "confirming" });
            try {
                await this.options.confirm({ sessionId, handle });
                this.pollIn(0);
            } catch (error) {
                this.popup?.close();
                this.fail("NOT_CONFIRMED", error?.message ?? "The app did not confirm.", error);
            }
        }

        tick() {
            const now = Date.now();
            if (this.isClosed) this.noticeClosed(now);
            if (now >= this.pollAt) this.poll();
        }

        /**
         * A page that sends `Cross-Origin-Opener-Policy`, the provider's or this one, makes an open window look closed.
         * So that alone is no news, and the person decides.
         */
        noticeClosed(now) {
            if (!this.closedAt) this.pollIn(POLL_AFTER.hint);
            this.closedAt ??= now;
            if (!this.saidClosed && now - this.closedAt > LOOKS_CLOSED_AFTER) {
                this.saidClosed = true;
                this.dialog?.show(true);
                this.emit({ type: "window-closed" });
            }
            if (!this.dialog && now - this.closedAt > GIVE_UP_AFTER) {
                this.fail("WINDOW_CLOSED", "The window was closed too early.");
            }
        }

        pollIn(milliseconds) { this.pollAt = Math.min(this.pollAt, Date.now() + milliseconds); }

        async poll() {
            this.pollAt = Infinity;
            const known = this.status;
            try {
                const response = await fetch(this.endpoint("poll"), {
                    method: "POST",
                    headers: { "Content-Type": "application/json" },
                    body: JSON.stringify({ token: this.token }),
                    credentials: "omit",
                    signal: AbortSignal.timeout(POLL_TIMEOUT),
                });
                const answer = await response.json();
                if (response.ok) this.hear(answer);
                else if (response.status < 500 && response.status !== 429) this.fail(answer.code, answer.error);
                else throw new Error(answer.error);
                if (this.status !== known) this.isStreaming = false;
                this.pollIn(this.isStreaming ? POLL_AFTER.event : POLL_AFTER.answer);
            } catch (error) {
                this.troubleSince ??= Date.now();
                if (Date.now() - this.troubleSince > UNREACHABLE_AFTER) {
                    this.fail("UNREACHABLE", `No answer for ${location.origin}, see allowedOrigins.`, error);
                }
                this.pollIn(POLL_AFTER.trouble);
            }
        }

        hear(session) {
            if (this.ended) return;
            this.troubleSince = null;
            const { status, connectionId, integrationName, externalId, error, errorCode } = session;
            if (status !== this.status) this.emit({ type: "status", status });
            this.status = status;
            if (status === "FAILED") this.fail(errorCode ?? "FAILED", error ?? "The connection failed.");
            if (status !== "COMPLETED") return;
            const result = { status, connectionId, integrationName, externalId, sessionId: this.sessionId };
            this.end(() => this.resolve(result));
        }

        fail(code, message, cause) {
            if (this.ended) return;
            if (code === "CANCELLED" || code === "NO_CONNECT_URL") this.popup?.close();
            this.end(() => this.reject(new ConnectError(code, message, this.sessionId, cause)));
        }

        end(settle) {
            this.ended = true;
            clearInterval(this.timer);
            this.stream?.close();
            this.listeners?.abort();
            this.dialog?.close();
            attempts.delete(this.key);
            settle();
        }

        emit(event) {
            try {
                this.options.onEvent?.(event);
            } catch (error) {
                reportError(error);
            }
        }
    }

    /** What the page shows while the other window is open; modal, so that nobody starts twice. */
    class Dialog {
        constructor({ focus, cancel }, locale = document.documentElement.lang || navigator.language) {
            const language = Object.keys(WORDS).find((code) => locale.toLowerCase().startsWith(code)) ?? "en";
            this.words = WORDS[language];
            this.host = document.createElement("connect-portal");
            const root = this.host.attachShadow({ mode: "open" });
            // Needs no permission by the page's content security policy, unlike a style element.
            const style = new CSSStyleSheet();
            style.replaceSync(STYLE);
            root.adoptedStyleSheets = [style];

            this.element = add(root, "dialog", { lang: language, dir: language === "ar" ? "rtl" : "ltr" });
            this.element.setAttribute("aria-labelledby", "title");
            this.element.setAttribute("aria-describedby", "more");
            const news = add(this.element, "div");
            news.setAttribute("aria-live", "polite");
            this.title = add(news, "h2", { id: "title" });
            this.more = add(news, "p", { id: "more" });
            const actions = add(this.element, "div", { className: "actions" });
            this.button = add(actions, "button", { type: "button", onclick: focus });
            add(actions, "button", { type: "button", onclick: cancel, textContent: this.words.at(-1) });

            // By Escape; what closes here is gone by then.
            this.element.onclose = () => { if (this.host.isConnected && !this.element.open) cancel(); };
            // A click beside it may be the second of two.
            this.element.onclick = ({ target }) => { if (target === this.element && !this.looksClosed) focus(); };
        }

        show(looksClosed) {
            const [finish, showWindow, closed, more, openAgain] = this.words;
            this.looksClosed = looksClosed;
            this.title.textContent = looksClosed ? closed : finish;
            this.more.textContent = looksClosed ? more : "";
            this.button.textContent = looksClosed ? openAgain : showWindow;
            if (this.host.isConnected) return;
            this.close(); // in case the page removed it
            document.body.append(this.host);
            this.element.showModal();
        }

        /** The browser gives the focus back to where it was. */
        close() {
            this.element.close();
            this.host.remove();
        }
    }

    function add(parent, name, properties) {
        return parent.appendChild(Object.assign(document.createElement(name), properties));
    }

    async function address({ connectUrl, token }) {
        const source = connectUrl ?? token;
        const given = await (typeof source === "function" ? source() : source);
        const url = new URL(connectUrl ? given : `/connect?token=${encodeURIComponent(given ?? "")}`, scriptURL);
        if (!/^https?:$/.test(url.protocol) || !url.searchParams.get("token")) throw new Error("No usable connectUrl.");
        return url;
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

    function open(options) {
        const key = options.key ?? options.connectUrl ?? options.token;
        const running = attempts.get(key);
        const attempt = running ?? new Attempt(key, options);
        attempts.set(key, attempt);
        attempt.show();
        if (!running && !attempt.ended) attempt.run();
        return attempt.promise;
    }

    globalThis.ConnectPortal = Object.freeze({ open, ConnectError });
})();
