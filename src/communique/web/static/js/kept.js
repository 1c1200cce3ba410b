// Bookmark, tags and notes of a record, changed without leaving the page.
import { tell } from "./aloud.js";

/** Return the notebook of a record: the section of the page, or one fetched into its place in the margin. */
export async function notebook(record) {
  const known = document.querySelector(`.kept[data-record="${CSS.escape(record)}"]`);
  if (known) return known;
  const item = document.getElementById(record);
  const beside = item?.querySelector(".beside");
  if (!beside) return null;
  await fill(beside, record);
  return beside.querySelector(".kept");
}

async function fill(place, record) {
  const answer = await fetch(`/kept/${encodeURIComponent(record)}`);
  if (!answer.ok) return tell(`${answer.status}`);
  place.innerHTML = await answer.text(); // our own template: escaped there, and no script runs by the page's policy
}

/** Send a form; return whether it was taken, and tell if it was not. */
async function sent(form) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
  const taken = answer.type === "opaqueredirect" || answer.ok;
  if (!taken) tell(`${answer.status}`);
  return taken;
}

addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.matches(".marker")) {
    event.preventDefault();
    if (!await sent(form)) return;
    const marked = form.elements.drop.value !== "true";
    form.elements.drop.value = String(marked);
    form.querySelector("button").setAttribute("aria-pressed", String(marked));
    return tell(marked ? form.dataset.told : form.dataset.gone);
  }
  const kept = form.closest(".kept");
  if (!kept) return;
  event.preventDefault();
  if (!await sent(form)) return;
  const place = kept.parentElement.classList.contains("beside") ? kept.parentElement : null;
  const action = form.getAttribute("action");
  const record = kept.dataset.record;
  if (place) await fill(place, record);
  else {
    const holder = document.createElement("div");
    await fill(holder, record);
    if (holder.firstElementChild) kept.replaceWith(holder.firstElementChild);
  }
  const renewed = document.querySelector(`.kept[data-record="${CSS.escape(record)}"]`);
  // The focus stays where it was, though its button is another one now.
  (renewed?.querySelector(`form[action="${CSS.escape(action)}"] :is(input:not([type=hidden]), button)`)
    ?? renewed?.querySelector("button"))?.focus();
  tell(form.dataset.told);
});
