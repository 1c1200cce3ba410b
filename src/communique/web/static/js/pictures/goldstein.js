// The mean of Goldstein's scores by pair of countries over time: a line a pair, named at its end.
import { groups, line, scaleBand, scaleLinear } from "../../vendor/d3.js";
import { canvas, element, periods, timeAxis } from "./svg.js";

const dashes = [null, "7 3", "2 3", "9 3 2 3", "4 4", "1 4"];

export function draw(tones, { words, width }) {
  const told = tones.filter((tone) => tone.goldstein !== null);
  if (!told.length) return null;
  const all = periods(told.map((tone) => tone.period));
  const left = 34, right = 96, top = 12, height = 380;
  const x = scaleBand(all, [left, width - right]);
  const y = scaleLinear([-10, 10], [height - 30, top]);
  const svg = canvas(width, height);
  for (const tick of [-10, -5, 0, 5, 10]) {
    svg.append(
      element("line", { class: tick ? "rule" : "zero", x1: left, x2: width - right, y1: y(tick), y2: y(tick) }),
      element("text", { class: "axis", x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, tick > 0 ? `+${tick}` : String(tick)),
    );
  }
  const middle = (tone) => x(tone.period) + x.bandwidth() / 2;
  const ends = [];
  groups(told, (tone) => `${tone.source} ${tone.mutual ? "–" : "→"} ${tone.target}`).forEach(([pair, own], index) => {
    const sorted = own.toSorted((a, b) => a.period.localeCompare(b.period));
    const path = line(middle, (tone) => y(tone.goldstein))(sorted);
    svg.append(element("path", { class: `series tone-${index}`, d: path, "stroke-dasharray": dashes[index] }));
    for (const tone of sorted) {
      svg.append(element("circle", {
        class: `dot tone-${index}`, cx: middle(tone), cy: y(tone.goldstein), r: 3.5,
        title: `${pair}, ${tone.period}: ${tone.goldstein.toFixed(1)} (${tone.number} ${words.events})`,
      }));
    }
    ends.push({ pair, index, at: y(sorted.at(-1).goldstein), x: middle(sorted.at(-1)) });
  });
  // The names keep a line's height apart.
  ends.sort((a, b) => a.at - b.at);
  ends.forEach((end, place) => { if (place) end.at = Math.max(end.at, ends[place - 1].at + 15); });
  for (const { pair, index, at } of ends) {
    svg.append(
      element("line", { class: `series tone-${index}`, x1: width - right + 4, x2: width - right + 24, y1: at, y2: at, "stroke-dasharray": dashes[index] }),
      element("text", { x: width - right + 28, y: at + 4 }, pair.replaceAll(" ", "")),
    );
  }
  svg.append(...timeAxis(all, x, height - 8));
  return svg;
}
