// Making elements of SVG; and the periods of a time axis.
const space = "http://www.w3.org/2000/svg";

/** Return an element with attributes and children; texts become text, a ``title`` attribute a tooltip. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue;
    if (key === "title") made.append(element("title", {}, value));
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function canvas(width, height, role = "img") {
  return element("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role });
}

/** Return a name cut to a length. */
export const short = (text, length = 28) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** Return all periods from the first to the last ("2022", "2022-02" or "2022-02-10"), at most ``most``. */
export function periods(known, most = 500) {
  const sorted = [...new Set(known)].sort();
  if (sorted.length < 2) return sorted;
  const last = sorted.at(-1);
  const made = [];
  for (let at = sorted[0]; at <= last && made.length < most; at = after(at)) made.push(at);
  return made.length < most ? made : sorted.slice(-most);
}

function after(period) {
  const [year, month, day] = period.split("-").map(Number);
  if (!month) return String(year + 1).padStart(4, "0");
  if (!day) return month === 12 ? `${String(year + 1).padStart(4, "0")}-01` : `${period.slice(0, 5)}${String(month + 1).padStart(2, "0")}`;
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return next.toISOString().slice(0, 10);
}

/** Draw the labels of a time axis, as many as have room. */
export function timeAxis(all, x, y) {
  const room = 18 + 7 * all[0].length;
  const each = Math.ceil((all.length * room) / Math.max(1, x.range()[1] - x.range()[0]));
  return all.filter((_, index) => index % each === 0).map((period) =>
    element("text", { class: "axis", x: x(period) + x.bandwidth() / 2, y, "text-anchor": "middle" }, period));
}
