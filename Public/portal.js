// Improves the hosted pages; every one of them works without it. All words come from the page.

const page = document.querySelector("main");
const each = (selector, action) => document.querySelectorAll(selector).forEach((element) => action(element));

leaveTokenOutOfAddressBar();
tellServerAboutPopup();
each("form[data-once]", submitOnce);
each("form[data-once]", explainInvalidFields);
each("[data-reveal]", revealSecret);
each("[data-copy]", offerToCopy);
each("[data-find]", offerToFind);
if (page.dataset.outcome) tellOpener();
if (page.dataset.waiting !== undefined) waitForApp();
else if (page.dataset.popup !== undefined) finishPopup();

function leaveTokenOutOfAddressBar() {
    if (page.dataset.cleanUrl) history.replaceState(null, "", page.dataset.cleanUrl);
}

/** The result page has to know whether an app is waiting in another window. */
function tellServerAboutPopup() {
    if (window.opener) each("input[name=display]", (input) => { input.value = "popup"; });
}

/** Shows progress and swallows repeated submits until the answer comes, or for half a minute at most. */
function submitOnce(form) {
    let button = form.querySelector("[type=submit]");
    const live = document.querySelector("[data-live]");
    let label;
    let busy = false;

    form.addEventListener("submit", (event) => {
        if (busy) return event.preventDefault();
        button = event.submitter ?? button;
        label = button.textContent;
        setBusy(true);
        setTimeout(setBusy, 30_000, false);
    });
    // The Back button restores the page as it was left.
    window.addEventListener("pageshow", (event) => { if (event.persisted && busy) setBusy(false); });

    function setBusy(value) {
        busy = value;
        button.setAttribute("aria-disabled", String(busy));
        const progress = button.dataset.busy;
        if (!progress) return;
        button.textContent = busy ? progress : label;
        live.textContent = busy ? progress : "";
    }
}

/** Puts the browser's own words under the field, where the server puts its errors. */
function explainInvalidFields(form) {
    form.addEventListener("invalid", (event) => {
        event.preventDefault();
        mark(event.target, event.target.validationMessage);
        form.querySelector(":invalid").focus();
    }, true);
    form.addEventListener("input", ({ target }) => {
        if (target.hasAttribute("aria-invalid") && target.validity.valid) mark(target, "");
    });

    function mark(control, problem) {
        document.getElementById(`${control.id}-error`).textContent = problem;
        control.closest(".field").classList.toggle("invalid", problem !== "");
        if (problem) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
    }
}

function revealSecret(button) {
    const input = document.getElementById(button.getAttribute("aria-controls"));
    const show = (visible) => {
        input.type = visible ? "text" : "password";
        button.setAttribute("aria-pressed", String(visible));
    };
    button.hidden = false;
    button.addEventListener("click", () => show(input.type === "password"));
    // Browsers remember what was typed into plain text fields.
    input.form.addEventListener("submit", () => show(false));
}

function offerToCopy(button) {
    const field = button.previousElementSibling;
    button.hidden = false;
    button.addEventListener("click", async () => {
        field.select();
        await navigator.clipboard.writeText(field.value).catch(() => document.execCommand("copy"));
        button.textContent = field.dataset.copied;
    });
}

/** Leaves those choices whose names contain what is typed, without case and accents. */
function offerToFind(input) {
    const choices = [...document.getElementById(input.getAttribute("aria-controls")).children];
    const line = input.closest(".find").querySelector("[data-found]");
    const fold = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
    input.closest(".find").hidden = false;
    input.addEventListener("input", () => {
        const sought = fold(input.value.trim());
        choices.forEach((choice) => { choice.hidden = !fold(choice.textContent).includes(sought); });
        const count = choices.filter((choice) => !choice.hidden).length;
        const sentence = count === 0 ? line.dataset.nothingFound : line.dataset.found.replace("{count}", count);
        line.textContent = sought === "" ? "" : sentence;
    });
}

/** At its exact origins only. */
function tellOpener() {
    const { outcome, targets } = page.dataset;
    if (!window.opener) return;
    JSON.parse(targets).forEach((origin) => window.opener.postMessage(JSON.parse(outcome), origin));
}

/** The app's page confirms, in the window that opened this one or, where that is out of reach, in this one. */
function waitForApp() {
    if (!window.opener && page.dataset.waiting) return void location.replace(page.dataset.waiting);
    setTimeout(async () => {
        const answer = await fetch(location.href).then((response) => response.text(), () => "data-waiting");
        if (answer.includes("data-waiting")) waitForApp();
        else location.reload();
    }, 1000);
}

/** A popup closes itself after success; after failure it waits. */
function finishPopup() {
    if (page.dataset.success !== undefined) return void setTimeout(() => window.close(), 1200);

    const button = document.querySelector("[data-close]");
    const hint = document.querySelector("[data-closing]");
    const offerButton = (offered) => {
        button.hidden = !offered;
        hint.hidden = offered;
    };
    offerButton(true);
    button.addEventListener("click", () => {
        window.close();
        setTimeout(offerButton, 300, false); // still here: this window may not close itself
    });
}
