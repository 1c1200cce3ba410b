// Events on a map: at each place a half circle of cooperation (left) and one of conflict (right), areas by number.
import { extent, feature, geoGraticule10, geoNaturalEarth1, geoPath, max, mesh, scaleSqrt } from "../../vendor/d3.js";
import { canvas, element, short } from "./svg.js";

export async function draw(spots, { words, width }) {
  if (!spots.length) return null;
  const world = await (await fetch(new URL("../../vendor/world.json", import.meta.url))).json();
  const height = Math.round(width * 0.55);
  const projection = geoNaturalEarth1().fitSize([width, height], { type: "Sphere" });
  closer(projection, spots, width, height);
  const path = geoPath(projection.clipExtent([[0, 0], [width, height]]));
  const svg = canvas(width, height + 24);
  svg.append(
    element("path", { class: "sphere", d: path({ type: "Sphere" }) }),
    element("path", { class: "rule", d: path(geoGraticule10()), "stroke-width": 0.4 }),
    element("path", { class: "land", d: path(feature(world, world.objects.land)) }),
    element("path", { class: "rule", d: path(mesh(world, world.objects.countries, (a, b) => a !== b)), "stroke-width": 0.7 }),
  );
  const radius = scaleSqrt([0, Math.max(10, max(spots, (spot) => spot.number))], [0, 20]);
  const names = [];
  const labels = []; // last, so that no circle covers them
  for (const spot of spots) {
    const at = projection([spot.lon, spot.lat]);
    if (!at || at[0] < 0 || at[0] > width || at[1] < 0 || at[1] > height) continue;
    const told = `${spot.name}: ${spot.cooperation} ${words.cooperation}, ${spot.conflict} ${words.conflict}`;
    const group = element("g", { transform: `translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`, title: told });
    for (const [kind, number, sweep] of [["cooperation", spot.cooperation, 0], ["conflict", spot.conflict, 1]]) {
      if (!number) continue;
      const r = Math.max(4, radius(number));
      group.append(element("path", { class: `spot ${kind}`, d: `M0 ${-r}A${r} ${r} 0 0 ${sweep} 0 ${r}Z` }));
    }
    if (!spot.cooperation && !spot.conflict) group.append(element("circle", { class: "spot node", r: 4 }));
    svg.append(group);
    if (names.length < 12 && !names.some(([x, y]) => Math.abs(x - at[0]) < 90 && Math.abs(y - at[1]) < 14)) {
      names.push(at);
      const near = at[0] > width - 90;
      labels.push(element("text", { class: "halo", x: at[0] + (near ? -10 : 10), y: at[1] - 8, "text-anchor": near ? "end" : "start" }, short(spot.name, 20)));
    }
  }
  svg.append(
    ...labels,
    element("path", { class: "spot cooperation", d: `M10 ${height + 6}a7 7 0 0 0 0 14Z` }), element("text", { x: 16, y: height + 18 }, words.cooperation),
    element("path", { class: "spot conflict", d: `M150 ${height + 6}a7 7 0 0 1 0 14Z` }), element("text", { x: 164, y: height + 18 }, words.conflict),
  );
  return svg;
}

/** Show the part of the world where the places are, not closer than the map's lines allow. */
function closer(projection, spots, width, height) {
  const [west, east] = extent(spots, (spot) => spot.lon);
  const [south, north] = extent(spots, (spot) => spot.lat);
  if (east - west > 120 || north - south > 60) return;
  const whole = projection.scale();
  projection.rotate([-(west + east) / 2, 0]);
  projection.fitExtent([[60, 50], [width - 60, height - 50]], { type: "MultiPoint", coordinates: spots.map((spot) => [spot.lon, spot.lat]) });
  if (projection.scale() <= whole * 5) return;
  projection.scale(whole * 5).translate([0, 0]);
  const [x, y] = projection([(west + east) / 2, (south + north) / 2]);
  projection.translate([width / 2 - x, height / 2 - y]);
}
