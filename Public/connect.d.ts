/**
 * Types of connect.js, which defines the global `ConnectPortal`.
 *
 * Keep this file in your project, or name it: `/// <reference path="connect.d.ts" />`.
 */

declare const ConnectPortal: {
    /**
     * Opens the connect page in a popup and waits until the session has ended. Call it directly in a click.
     *
     * Called again with the same `key` while the window is open, it brings that window to the front, and the options of
     * the first call stay in force. Where the browser opens no popup, the page goes to the portal and the promise stays
     * pending; if the person comes back by the Back button, it goes on.
     */
    open(options: ConnectOptions): ConnectAttempt;
    readonly ConnectError: new (code: ConnectErrorCode, message: string, sessionId?: string | null) => ConnectError;
};

/** A value, or what leads to one: begun in the click, and awaited while the window is open already. */
type ConnectSource = string | Promise<string> | (() => string | Promise<string>);

type ConnectOptions = ConnectTarget & {
    /** Same key, same window. Default: the `connectUrl` or `token` as given. */
    key?: unknown;
    /** `false`: no dialog in this page. Then show the person that another window waits, from `onEvent`. */
    ui?: boolean;
    /** The dialog's language: en, de, fr, es, pt, ja, zh or ar. Default: that of the document, else of the browser. */
    locale?: string;
    /** `false`: where the browser opens no popup, fail with `POPUP_BLOCKED` and stay, as in a frame. */
    redirect?: boolean;
    /**
     * For sessions with `confirm: "app"`: sends the one-time handle to your backend, which checks who is signed in to
     * your app and calls `POST /api/v1/connect/session/:id/confirm`. Resolve when it has; reject to refuse.
     */
    confirm?(request: { sessionId: string; handle: string }): Promise<unknown>;
    onEvent?(event: ConnectEvent): void;
};

/** From the answer of `POST /api/v1/connect/token`; a `token` alone is for the portal that served the script. */
type ConnectTarget =
    | { connectUrl: ConnectSource; token?: undefined }
    | { token: ConnectSource; connectUrl?: undefined };

/** Rejects with a `ConnectError`. */
interface ConnectAttempt extends Promise<ConnectResult> {
    /** Closes the window if it can, and rejects with `CANCELLED`. The link works on until your backend revokes it. */
    cancel(): void;
    /** Brings the window to the front, or opens it again. Call it directly in a click. */
    focus(): void;
}

/** What to show. Before you rely on it, your backend reads the connection from the API. */
interface ConnectResult {
    status: "COMPLETED";
    connectionId: string;
    integrationName: string;
    externalId: string;
    sessionId: string | null;
}

interface ConnectError extends Error {
    name: "ConnectError";
    code: ConnectErrorCode;
    /** For a log: in English, or in the words of your own error where `connectUrl` or `token` failed. */
    message: string;
    sessionId: string | null;
    cause?: unknown;
}

type ConnectStatus = "PENDING" | "CONNECTING" | "COMPLETED" | "FAILED";

type ConnectEvent =
    | { type: "opened" | "focused" | "redirecting" }
    /** A guess: pages with a `Cross-Origin-Opener-Policy` look closed while they are open. */
    | { type: "window-closed" }
    /** `confirm` was called. */
    | { type: "confirming" }
    /** As the server tells it. A person who declined can try again in the window: still `CONNECTING`. */
    | { type: "status"; status: ConnectStatus }
    /** As the window tells it. A hint only. */
    | { type: "message"; message: ConnectMessage };

interface ConnectMessage {
    type: "weavz-connect-result";
    status: "success" | "error";
    connectionId: string | null;
    integrationName: string;
    externalId: string;
    sessionId: string;
    error: string | null;
}

/** In capitals: this page stopped waiting, or the API refused. In small letters: the session has failed. */
type ConnectErrorCode =
    | ConnectPageErrorCode
    | ConnectSessionErrorCode
    // Others may come with a newer portal.
    | (string & Record<never, never>);

type ConnectPageErrorCode =
    /** By the person in the dialog, or by `cancel()`. */
    | "CANCELLED"
    /** Only with `ui: false`: the window has looked closed for three minutes. */
    | "WINDOW_CLOSED"
    /** Only with `redirect: false` or in a frame. */
    | "POPUP_BLOCKED"
    /** The `connectUrl` or `token` was not usable, or its promise failed: see `cause`. */
    | "NO_CONNECT_URL"
    /** `confirm` rejected: see `cause`. */
    | "NOT_CONFIRMED"
    /** No answer for a minute. If never any: are `allowedOrigins` and this page's `connect-src` right? */
    | "UNREACHABLE"
    /** The token is forged, unknown, or of a session that ended long ago. */
    | "INVALID_TOKEN";

type ConnectSessionErrorCode =
    /** The person gave up on the connect page. */
    | "cancelled"
    /** The person did not share their account. */
    | "access_denied"
    /** The link's time is over. */
    | "session_expired"
    /** Your backend withdrew the link. */
    | "revoked"
    /** Your backend did not confirm in time. */
    | "not_confirmed"
    /** What the person typed was refused, and they gave up. */
    | "credentials_rejected"
    | "invalid_characters"
    | "invalid_input"
    /** The last thing that went wrong before they gave up. */
    | "authorization_expired"
    | "conflict"
    | "identity_not_proven"
    | "interrupted"
    | "invalid_grant"
    | "no_answer"
    | "not_saved"
    | "nothing_to_connect"
    | "overloaded"
    | "provider_error"
    | "provider_timeout"
    | "provider_unavailable"
    | "provider_unreachable"
    | "invalid_response"
    | "issuer_mismatch"
    /** The OAuth app or the integration needs the operator. */
    | "invalid_client"
    | "invalid_scope"
    | "misconfigured"
    | "redirect_uri_mismatch";
