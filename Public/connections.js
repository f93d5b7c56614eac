// Finds what the person types among what the page offers, as they type; without this script the portal finds the same.

const form = document.querySelector("[role=search]");
const input = form.querySelector("[type=search]");
const line = document.querySelector(".found");
const live = document.querySelector("[data-live]");
const hits = document.querySelector(".hits");
const all = document.querySelector(".all");
const none = document.querySelector(".none");
const links = [...document.querySelectorAll("a[data-category]")];
const titles = new Map(links.map((link) => [link.dataset.category, link.firstElementChild.textContent]));

const connected = [...document.querySelectorAll(".entry")].map((item) => findable(item));
const available = [...(all?.querySelectorAll(".app") ?? [])].map((item) => findable(item)).sort(byPlace);
let category = links.find((link) => link.ariaCurrent)?.dataset.category ?? "";
let pause;

input.addEventListener("input", show);
form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
});
line.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    input.value = "";
    category = "";
    show();
    input.focus();
});
links.forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    category = link.dataset.category;
    show();
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
}));

/** At once; what is read aloud and the address wait for a pause in the typing. */
function show() {
    const terms = words(input.value);
    const isSought = input.value.trim() !== "";
    const isFiltered = isSought || category !== "";

    connected.forEach((entry) => { entry.item.hidden = isSought && rank(entry, terms) === undefined; });
    const mine = connected.filter(({ item }) => !item.hidden).length;
    document.querySelector(".connected").hidden = mine === 0;
    if (none) none.hidden = isSought;

    const found = !isFiltered ? [] : available
        .filter(({ categories }) => category === "" || categories.includes(category))
        .map((entry) => ({ item: entry.item, rank: isSought ? rank(entry, terms) : 0 }))
        .filter(({ rank }) => rank !== undefined)
        .sort((one, other) => one.rank - other.rank);
    if (all) {
        hits.querySelector("ul").replaceChildren(...found.map(({ item }) => item.cloneNode(true)));
        const title = hits.querySelector("h3");
        title.textContent = titles.get(category);
        title.hidden = category === "" || found.length === 0;
        hits.hidden = !isFiltered;
        all.hidden = isFiltered;
        document.querySelector(".available").hidden = isSought && category === "" && found.length === 0;
    }
    links.forEach((link) => { link.ariaCurrent = link.dataset.category === category ? "true" : null; });
    line.hidden = !isSought;
    const count = found.length + (isSought ? mine : 0);
    const sentence = count === 0 ? line.dataset.nothingFound : line.dataset.found.replace("{count}", count);
    line.firstElementChild.textContent = sentence;
    clearTimeout(pause);
    pause = setTimeout(() => {
        live.textContent = isFiltered ? sentence : "";
        keepInAddress();
    }, 500);
}

/** The same is shown again after a reload, or on the way back. */
function keepInAddress() {
    const address = new URL(form.action);
    if (category) address.searchParams.set("category", category);
    if (input.value.trim()) address.searchParams.set("q", input.value);
    history.replaceState(null, "", address);
}

function findable(item) {
    const { category, also = "", order = 0 } = item.dataset;
    const categories = category?.split(" ") ?? [];
    const texts = [...item.querySelectorAll(".about, .entry-item bdi")].map((element) => element.textContent);
    const others = [...texts, also, ...categories.map((name) => titles.get(name) ?? "")];
    const title = item.querySelector(".strong").textContent;
    const name = words(title);
    return {
        item, categories, name, order: Number(order), folded: fold(title), whole: name.join(""),
        all: [...name, ...others.flatMap(words)],
    };
}

/** As the workspace orders them, then by name. */
function byPlace(one, other) {
    return one.order - other.order || (one.folded < other.folded ? -1 : 1);
}

/** How well it is meant, 0 best, by the rules of the portal's own search. */
function rank({ name, whole, all }, terms) {
    const compact = terms.join("");
    if (compact === "") return undefined;
    if (whole.startsWith(compact)) return 0;
    if (terms.every((term) => name.some((word) => word.startsWith(term)))) return 1;
    if (compact.length > 1 && whole.includes(compact)) return 2;
    return terms.every((term) => all.some((word) => begins(word, term))) ? 3 : undefined;
}

/** Scripts without spaces between words have a term anywhere. */
function begins(word, term) {
    return /[\u2e80-\uffff]/.test(term) ? word.includes(term) : word.startsWith(term);
}

/** Compared without case, accents and punctuation. */
function words(text) {
    return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function fold(text) {
    return text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
}
