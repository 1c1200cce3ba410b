// Bookmark, tags and notes of a record, changed without leaving the page.
import { tell } from "./aloud.js";

const csrf = () => document.querySelector("meta[name=csrf]").content;

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

/** Keep a record of a list as a bookmark. */
export async function bookmark(record, words) {
  const answer = await fetch(`/bookmarks/${encodeURIComponent(record)}`, {
    method: "POST", body: new URLSearchParams({ csrf: csrf() }), redirect: "manual",
  });
  tell(answer.type === "opaqueredirect" || answer.ok ? words : `${answer.status}`);
}

addEventListener("submit", async (event) => {
  const kept = event.target.closest(".kept");
  if (!kept) return;
  event.preventDefault();
  const form = event.target;
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
  if (answer.type !== "opaqueredirect" && !answer.ok) return tell(`${answer.status}`);
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
