// Cooperation above the line, conflict below it, by month; drawn from the table that is beside it.
import { max, scaleBand, scaleLinear } from "../../vendor/d3.js";
import { canvas, element, periods, timeAxis } from "./svg.js";

export function rowsOf(table) {
  return [...table.tBodies[0].rows].map(({ cells }) => ({
    period: cells[0].textContent, cooperation: Number(cells[1].textContent), conflict: Number(cells[2].textContent),
  }));
}

export function draw(tallies, { words, width }) {
  if (!tallies.length) return null;
  const height = 170, half = (height - 24) / 2;
  const all = periods(tallies.map((tally) => tally.period));
  const x = scaleBand(all, [10, width - 10]).padding(0.2);
  const y = scaleLinear([0, max(tallies, (tally) => Math.max(tally.cooperation, tally.conflict)) || 1], [0, half - 16]);
  const svg = canvas(width, height);
  for (const { period, cooperation, conflict } of tallies) {
    const wide = Math.min(x.bandwidth(), 40);
    const at = x(period) + (x.bandwidth() - wide) / 2;
    svg.append(
      element("rect", { class: "cooperation", x: at, y: half - y(cooperation), width: wide, height: y(cooperation), title: `${period}: ${cooperation} ${words.cooperation}` }),
      element("rect", { class: "conflict", x: at, y: half, width: wide, height: y(conflict), title: `${period}: ${conflict} ${words.conflict}` }),
    );
  }
  svg.append(
    element("line", { class: "zero", x1: 0, x2: width, y1: half, y2: half }),
    element("text", { class: "halo", x: 0, y: 11 }, `▲ ${words.cooperation}`),
    element("text", { class: "halo", x: 0, y: height - 22 }, `▼ ${words.conflict}`),
    ...timeAxis(all, x, height - 4),
  );
  return svg;
}
