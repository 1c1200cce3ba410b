// Pictures: data → drawing, table, and files to take away.
import { draw as goldstein } from "./pictures/goldstein.js";
import { draw as map } from "./pictures/map.js";
import { draw as network } from "./pictures/network.js";
import { pngOf, save, svgOf } from "./pictures/saving.js";
import { draw as tallies, rowsOf } from "./pictures/tallies.js";
import { fillTable } from "./pictures/table.js";
import { draw as timeline } from "./pictures/timeline.js";

const draws = { timeline, goldstein, map, network, tallies };

async function show(figure) {
  const words = JSON.parse(figure.dataset.words);
  const name = figure.dataset.picture;
  let data;
  if (figure.dataset.source) {
    const answer = await fetch(figure.dataset.source);
    if (!answer.ok) { figure.textContent = `${answer.status}`; return; }
    data = await answer.json();
  } else data = rowsOf(figure.nextElementSibling.querySelector("table"));
  const width = Math.max(figure.clientWidth - 16, 340);
  const svg = await draws[name](data, { words, width });
  if (!svg) {
    figure.textContent = words.nothing;
    figure.dataset.drawn = "empty";
    figure.nextElementSibling?.querySelectorAll(".as-table, [data-save]").forEach((one) => one.remove());
    return;
  }
  svg.setAttribute("aria-label", figure.dataset.label);
  figure.replaceChildren(svg);
  figure.dataset.drawn = "true";
  const below = figure.nextElementSibling;
  if (below?.classList.contains("below")) {
    fillTable(below.querySelector(".as-table .wide"), name === "network" ? data.ties : data, words);
    for (const button of below.querySelectorAll("[data-save]")) {
      button.addEventListener("click", async () => {
        const made = svgOf(svg);
        const kind = button.dataset.save;
        save(kind === "svg" ? new Blob([made], { type: "image/svg+xml" }) : await pngOf(made, svg), `${name}.${kind}`);
      });
    }
  }
}

document.querySelectorAll(".picture").forEach(show);
