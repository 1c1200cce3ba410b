// Who did what to whom: actors that deal with each other lie near each other.
import { extent, forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, groups, max, scaleSqrt } from "../../vendor/d3.js";
import { canvas, element, short } from "./svg.js";

export function draw({ nodes, ties }, { words, width }) {
  if (!nodes.length) return null;
  const height = Math.max(360, Math.min(620, nodes.length * 34 + 160, width * 0.8));
  const radius = scaleSqrt([0, Math.max(10, max(nodes, (node) => node.number))], [3, 16]);
  const strong = max(ties, (tie) => tie.number);
  const placed = nodes.map((node) => ({ ...node, r: radius(node.number) }));
  const links = ties.map((tie) => ({ ...tie }));
  // d3's own random numbers are the same each time: so is the drawing.
  const simulation = forceSimulation(placed)
    .force("link", forceLink(links).id((node) => node.id).distance(110).strength(0.3))
    .force("charge", forceManyBody().strength(-260))
    .force("x", forceX(width / 2).strength(0.06 * Math.min(1, height / width)))
    .force("y", forceY(height / 2).strength(0.1))
    .force("center", forceCenter(width / 2, height / 2))
    .force("collide", forceCollide((node) => node.r + 14))
    .stop();
  simulation.tick(300);
  spread(placed, "x", Math.min(90, width / 6), width - Math.min(90, width / 6));
  spread(placed, "y", 24, height - 40);
  const svg = canvas(width, height + 26, "group");
  svg.append(element("defs", {}, ...["warm", "cold", "even"].map((kind) => element(
    "marker", { id: `end-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto", markerUnits: "userSpaceOnUse" },
    element("path", { d: "M0 0L8 4L0 8Z", class: kind === "warm" ? "cooperation" : kind === "cold" ? "conflict" : "axis" }),
  ))));
  const pairOf = (tie) => [tie.source.id, tie.target.id].sort().join(" ");
  const numbers = new Map(groups(links, pairOf).map(([pair, own]) => [pair, own.length]));
  for (const tie of links) {
    const { source: from, target: to } = tie;
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
    // Ties between the same two lie side by side, what both do together in the middle.
    const off = !tie.mutual && numbers.get(pairOf(tie)) > 1 ? 4 : 0;
    const kind = tie.goldstein === null || Math.abs(tie.goldstein) < 0.5 ? "even" : tie.goldstein > 0 ? "warm" : "cold";
    const tone = tie.goldstein === null ? "" : `, ${words.goldstein} ${tie.goldstein.toFixed(1)}`;
    svg.append(element("line", {
      class: `tie ${kind}`, x1: from.x + ux * from.r - uy * off, y1: from.y + uy * from.r + ux * off,
      x2: to.x - ux * (to.r + 3) - uy * off, y2: to.y - uy * (to.r + 3) + ux * off,
      "stroke-width": 1 + 4 * (tie.number / strong), ...(tie.mutual ? {} : { "marker-end": `url(#end-${kind})` }),
      title: `${from.name} ${tie.mutual ? "–" : "→"} ${to.name}: ${tie.number} ${words.events}${tone}`,
    }));
  }
  for (const node of placed) {
    svg.append(element(
      "a", { href: `/actor/${encodeURIComponent(node.id)}`, title: `${node.name}: ${node.number} ${words.events}` },
      element("circle", { class: "node", cx: node.x, cy: node.y, r: node.r }),
      element("text", { class: "halo", x: node.x, y: node.y + node.r + 12, "text-anchor": "middle" }, short(node.name)),
    ));
  }
  svg.append(
    element("line", { class: "tie warm", x1: 4, x2: 34, y1: height + 14, y2: height + 14, "stroke-width": 3 }),
    element("text", { x: 40, y: height + 18 }, words.cooperation),
    element("line", { class: "tie cold", x1: 160, x2: 190, y1: height + 14, y2: height + 14, "stroke-width": 3 }),
    element("text", { x: 196, y: height + 18 }, words.conflict),
  );
  return svg;
}

/** Use the whole room along an axis, but draw nothing more than twice as far apart. */
function spread(placed, axis, first, last) {
  const [low, high] = extent(placed, (node) => node[axis]);
  const factor = high > low ? Math.min(2, (last - first) / (high - low)) : 1;
  for (const node of placed) node[axis] = (first + last) / 2 + (node[axis] - (low + high) / 2) * factor;
}
