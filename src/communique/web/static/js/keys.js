// Keyboard shortcuts; they can be turned off, as some people's tools send single letters.
import * as article from "./article.js";
import { tell } from "./aloud.js";
import { notebook } from "./kept.js";

const help = document.getElementById("shortcuts");
const toggle = help?.querySelector("input");
const off = () => localStorage.getItem("shortcuts") === "off";
const rows = [...document.querySelectorAll(".row .go, .row .title")];

function step(by) {
  if (article.records().length) return article.walk(by);
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))]?.focus();
}

const here = () => article.current() ?? document.querySelector("main .kept")?.dataset.record;
const inRow = () => document.activeElement?.closest(".row");
const press = (selector) => document.querySelector(selector)?.click();
const inItem = (selector) => article.current() && document.getElementById(article.current()).querySelector(selector)?.click();

const actions = {
  "/": () => document.getElementById("q")?.focus(),
  "?": () => help?.showModal(),
  j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
  b: async () => {
    if (inRow()) return inRow().querySelector(".marker button")?.click();
    const found = here() && await notebook(here());
    found?.querySelector(".bookmarking button")?.click();
  },
  t: async () => (here() && await notebook(here()))?.querySelector("input[name=tag]")?.focus(),
  m: async () => (here() && await notebook(here()))?.querySelector(".noting textarea")?.focus(),
  w: () => inItem(".why"), e: () => inItem(".correct"), l: () => inItem(".share") ?? press(".share-page"),
  o: () => press(".original"), f: () => press(".narrow-open"), d: () => press(".theme-switch"),
};

addEventListener("keydown", (event) => {
  if (help?.open) return; // the dialogue has keys of its own
  if (event.key === "Escape") {
    document.querySelectorAll("details.more[open]").forEach((one) => { one.open = false; one.querySelector("summary").focus(); });
    if (article.current()) article.choose(null);
    if (location.hash === "#narrow") location.hash = "#main";
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || off()) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

if (toggle) {
  toggle.checked = !off();
  toggle.addEventListener("change", () => {
    if (toggle.checked) localStorage.removeItem("shortcuts");
    else localStorage.setItem("shortcuts", "off");
  });
}
document.querySelectorAll(".show-shortcuts").forEach((one) => one.addEventListener("click", () => help.showModal()));

document.querySelector(".theme-switch")?.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
});

addEventListener("click", async (event) => {
  document.querySelectorAll("details.more[open]").forEach((one) => { if (!one.contains(event.target)) one.open = false; });
  const link = event.target.closest(".share, .share-page");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const address = link.href || location.href;
  try {
    await navigator.clipboard.writeText(address);
    tell(document.body.dataset.copied);
  } catch {
    prompt(link.textContent.trim(), address); // where the browser lets no page write to the clipboard
  }
});
