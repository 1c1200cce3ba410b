// Tells what has happened, to eyes and to screen readers.
const place = document.querySelector(".told-aloud");
let timer = 0;

export function tell(words) {
  if (!place || !words) return;
  clearTimeout(timer);
  place.textContent = words;
  timer = setTimeout(() => { place.textContent = ""; }, 4000);
}
