// The browser half of Acme Notes: opens the connect popup and shows what it hears.

const log = document.getElementById("log");
const empty = document.getElementById("log-empty");
empty.hidden = false;

document.addEventListener("submit", (event) => {
    const form = event.target;
    const opensPopup = form.matches("[data-connect]") && event.submitter?.matches("[data-popup]");
    if (!opensPopup || !window.ConnectPortal) return;
    event.preventDefault();
    connect(form.elements.integrationName.value);
});

async function connect(integrationName) {
    note("page", `asks its own backend for a connect URL for ${integrationName}`);
    // The promise goes in as it is: the popup must open while the click still counts as one.
    const connectUrl = mint(integrationName);
    let ended;
    try {
        ended = await window.ConnectPortal.open({ connectUrl, onEvent: noteEvent });
        note("result", describe(ended));
    } catch (error) {
        ended = error;
        note("error", `${error.code}: ${error.message}`);
    }
    await refreshAccounts(ended.sessionId);
    document.querySelector(`[data-integration="${integrationName}"] [data-popup]`)?.focus();
}

async function mint(integrationName) {
    const response = await fetch("/demo/connect-url", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ integrationName }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    note("backend", `minted session ${answer.sessionId}`);
    return answer.connectUrl;
}

/** What is connected, and what became of the session, is the backend's to say, not the popup's. */
async function refreshAccounts(sessionId) {
    const response = await fetch(sessionId ? `/demo?sessionId=${sessionId}` : "/demo");
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const accounts = page.getElementById("accounts");
    if (!accounts) return;
    document.getElementById("accounts").replaceWith(accounts);
    note("backend", "read the connections again");
}

function noteEvent(event) {
    const { type, message, ...details } = event;
    note(type, describe(message ?? details));
}

/** Addresses and tokens stay out of the log, as they should in any app. */
function describe(details) {
    return Object.entries(details)
        .filter(([, value]) => value !== null && value !== undefined && !/token=|^cst_/.test(String(value)))
        .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
        .join(", ");
}

function note(source, text) {
    const item = document.createElement("li");
    const time = document.createElement("time");
    time.textContent = new Date().toLocaleTimeString([], { hour12: false });
    const label = document.createElement("strong");
    label.textContent = source;
    item.append(time, " ", label, " ", text);
    log.append(item);
    log.hidden = false;
    empty.hidden = true;
    log.scrollTop = log.scrollHeight;
}
