// The browser half of Acme Notes: opens the connect popup and shows what it hears.

const log = document.getElementById("log");
const empty = document.getElementById("log-empty");
const find = document.getElementById("find");
if (empty) empty.hidden = false;
let isElsewhere = false;

find?.addEventListener("input", showFound);
find?.form.addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("submit", (event) => {
    const form = event.target;
    const { integrationName } = form.elements;
    if (event.submitter?.matches("[data-popup]") && window.ConnectPortal) {
        event.preventDefault();
        connect(integrationName.value, form.dataset.locale);
    } else if (form.matches("[data-here]")) {
        event.preventDefault();
        submitHere(form);
    } else {
        isElsewhere = true;
    }
});

document.addEventListener("click", async ({ target }) => {
    if (!target.dataset.copy) return;
    isElsewhere = true;
    const input = document.getElementById(target.dataset.copy);
    input.select();
    await navigator.clipboard.writeText(input.value);
    target.textContent = "Copied";
});

/** What was done in another tab meanwhile shows when the person comes back. */
window.addEventListener("focus", () => {
    if (!isElsewhere) return;
    isElsewhere = false;
    refresh();
});

async function connect(integrationName, locale) {
    note("page", `asks its own backend for a connect URL for ${integrationName}`);
    // The promise goes in as it is: the popup must open while the click still counts as one.
    const connectUrl = mint(integrationName);
    let ended;
    try {
        ended = await window.ConnectPortal.open({ connectUrl, locale, confirm, onEvent: noteEvent });
        note("result", describe(ended));
    } catch (error) {
        ended = error;
        note("error", `${error.code}: ${error.message}`);
    }
    await refresh(ended.sessionId);
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

/** Only the backend knows who is signed in to this app. */
async function confirm({ sessionId, handle }) {
    const response = await fetch("/demo/confirm", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ sessionId, handle }),
    });
    if (!response.ok) throw new Error("The app did not confirm.");
    note("backend", `confirmed session ${sessionId}`);
}

/** What is connected, and what became of the session, is the backend's to say, not the popup's. */
async function refresh(sessionId) {
    await show(await fetch(location.pathname + (sessionId ? `?sessionId=${sessionId}` : "")));
    note("backend", "read the connections again");
}

/** Stays on this page, where without a script the answer would be a page of its own. */
async function submitHere(form) {
    const card = form.closest("[id]").id;
    await show(await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }));
    const place = document.getElementById(card);
    (place.querySelector("[autofocus]") ?? place.querySelector("button")).focus();
}

async function show(response) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const gallery = page.getElementById("gallery");
    if (gallery) document.getElementById("gallery").replaceWith(gallery);
    if (find) showFound();
}

/** Hides what is not looked for, and the categories of which nothing is left. */
function showFound() {
    const terms = find.value.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().split(/\s+/);
    const services = [...document.querySelectorAll(".service")];
    services.forEach((service) => {
        service.hidden = !terms.every((term) => service.dataset.find.includes(term));
    });
    document.querySelectorAll("#gallery section").forEach((section) => {
        const count = section.querySelectorAll(".service:not([hidden])").length;
        const link = document.querySelector(`.contents [href="#${section.getAttribute("aria-labelledby")}"]`);
        section.hidden = link.hidden = count === 0;
        link.querySelector(".hint").textContent = count;
    });
    const count = services.filter((service) => !service.hidden).length;
    document.getElementById("nothing").hidden = count > 0;
    document.getElementById("found").textContent = `Found: ${count}`;
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
    if (!log) return;
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
