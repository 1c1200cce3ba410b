// The records of an article, walked through and shown in its text.
import { tell } from "./aloud.js";
import { notebook } from "./kept.js";

const items = [...document.querySelectorAll(".margin li[data-record]")];
const marks = [...document.querySelectorAll(".text .mark")].map((element) => ({
  element,
  // "ID:role ID:role", the widest first
  on: element.dataset.marks.split(" ").map((pair) => pair.split(":")),
}));
const labels = new Map([...document.querySelectorAll(".legend [data-role]")].map((one) => [one.dataset.role, one.textContent.trim()]));
let active = null;

export const current = () => active;
export const records = () => items;

function paint(record, name) {
  const told = new Set();
  for (const { element, on } of marks) {
    const roles = record ? on.filter(([id]) => id === record).map(([, role]) => role) : [];
    element.classList.toggle(name, roles.length > 0);
    if (name !== "on") continue;
    const role = roles.at(-1);
    if (labels.has(role) && !told.has(role)) {
      told.add(role);
      element.dataset.label = labels.get(role);
    } else delete element.dataset.label;
  }
  for (const item of items) item.classList.toggle(name, item.dataset.record === record);
  if (name === "on") apart(marks.filter(({ element }) => element.dataset.label).map(({ element }) => element));
}

/** Labels that would lie on the one before stand below their words instead. */
function apart(labelled) {
  let last = null;
  for (const element of labelled) {
    const { left, right, top } = element.getClientRects()[0];
    const wide = 10 + 6.5 * element.dataset.label.length;
    const [from, to] = getComputedStyle(element).direction === "rtl" ? [right - wide, right] : [left, left + wide];
    const lies = last && Math.abs(last.top - top) < 12 && from < last.to && to > last.from;
    element.classList.toggle("low", Boolean(lies));
    if (!lies) last = { top, from, to };
  }
}

/** Show a record in the text; ``to`` says what comes into view: "text", "margin" or "both". */
export function choose(record, to = "both") {
  active = record;
  paint(null, "near");
  paint(record, "on");
  for (const item of items) {
    const go = item.querySelector(".go");
    if (item.dataset.record === record) go.setAttribute("aria-current", "true");
    else go.removeAttribute("aria-current");
  }
  if (!record) return;
  history.replaceState(null, "", `?record=${record}#${record}`);
  if (to !== "margin") marks.find(({ on }) => on.some(([id]) => id === record))?.element.scrollIntoView({ block: "center" });
  if (to !== "text") document.getElementById(record)?.scrollIntoView({ block: "nearest" });
}

/** Go to the next record (1) or the one before (-1). */
export function walk(step) {
  if (!items.length) return;
  const at = items.findIndex((item) => item.dataset.record === active);
  const next = items[at < 0 ? (step > 0 ? 0 : items.length - 1) : (at + step + items.length) % items.length];
  choose(next.dataset.record);
  next.querySelector(".go").focus({ preventScroll: true });
}

/** Put a record's explanation beside it, or take it away. */
export async function explain(record) {
  const beside = document.getElementById(record)?.querySelector(".beside");
  if (!beside) return;
  if (beside.querySelector(".explanation")) return beside.replaceChildren();
  beside.setAttribute("aria-busy", "true");
  tell(document.body.dataset.wait);
  const answer = await fetch(`/explain/${encodeURIComponent(record)}?part=1`);
  beside.removeAttribute("aria-busy");
  if (!answer.ok) { location.href = `/explain/${encodeURIComponent(record)}`; return; }
  beside.innerHTML = await answer.text(); // our own template, escaped there
  tell(beside.querySelector(".explanation")?.getAttribute("aria-label"));
}

const narrowest = (element) => element.dataset.marks.split(" ").map((pair) => pair.split(":")[0]);

if (items.length) {
  document.querySelector(".text").addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark || String(getSelection())) return;
    // Of several records on the same words the narrowest comes first; a further click shows the next.
    const ids = [...new Set(narrowest(mark).reverse())];
    choose(ids[(ids.indexOf(active) + 1) % ids.length], "margin");
  });
  document.querySelector(".text").addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const mark = event.target.closest(".mark");
    paint(mark ? narrowest(mark).at(-1) : null, "near");
  });
  for (const item of items) {
    const record = item.dataset.record;
    item.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && paint(record, "near"));
    item.addEventListener("pointerleave", () => paint(null, "near"));
    item.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const link = event.target.closest("a, .close");
      if (!link) return;
      if (link.matches(".close")) choose(null);
      else if (link.matches(".go")) { event.preventDefault(); choose(record, "text"); }
      else if (link.matches(".why")) { event.preventDefault(); choose(record, "margin"); await explain(record); }
      else if (link.matches(".keep")) {
        event.preventDefault();
        choose(record, "margin");
        const found = await notebook(record);
        found?.scrollIntoView({ block: "nearest" });
        found?.querySelector("button")?.focus();
      }
    });
  }
  const wanted = document.querySelector(".margin li.chosen")?.dataset.record;
  if (wanted) choose(wanted);
  document.querySelector(".marks-switch")?.addEventListener("click", (event) => {
    const hidden = document.body.classList.toggle("hide-marks");
    event.currentTarget.setAttribute("aria-pressed", String(hidden));
  });
}
