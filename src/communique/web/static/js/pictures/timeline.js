// Events by type over time: a row a type, all on one scale, so that no colour has to be told from another.
import { groups, max, scaleBand, scaleLinear, sum } from "../../vendor/d3.js";
import { canvas, element, periods, short, timeAxis } from "./svg.js";

export function draw(bars, { words, width }) {
  if (!bars.length) return null;
  const types = groups(bars, (bar) => bar.type);
  types.sort((a, b) => sum(b[1], (bar) => bar.number) - sum(a[1], (bar) => bar.number));
  const all = periods(bars.map((bar) => bar.period));
  const left = 104, right = 44, row = 40;
  const x = scaleBand(all, [left, width - right]).paddingInner(0.15);
  const y = scaleLinear([0, max(bars, (bar) => bar.number)], [0, row - 10]);
  const svg = canvas(width, types.length * row + 28);
  types.forEach(([type, own], index) => {
    const base = (index + 1) * row;
    svg.append(
      element("line", { class: "rule", x1: left, x2: width - right, y1: base + 0.5, y2: base + 0.5 }),
      element("text", { x: 0, y: base - 6 }, short(type, 15)),
      element("text", { class: "axis", x: width, y: base - 6, "text-anchor": "end" }, String(sum(own, (bar) => bar.number))),
    );
    for (const bar of own) {
      svg.append(element("rect", {
        class: "cooperation", x: x(bar.period), width: Math.max(1, Math.min(x.bandwidth(), 48)), y: base - y(bar.number), height: y(bar.number),
        title: `${bar.period} ${type}: ${bar.number} ${words.events}`,
      }));
    }
  });
  svg.append(...timeAxis(all, x, types.length * row + 20));
  return svg;
}
