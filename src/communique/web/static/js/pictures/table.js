// The same data as a table: for who does not see the picture, or wants the numbers.
const most = 1000;

export function fillTable(place, rows, words) {
  if (!place || !rows.length) return;
  const keys = Object.keys(rows[0]);
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const key of keys) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = words[key] ?? words[{ number: "events", name: "place" }[key]] ?? key;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows.slice(0, most)) {
    const line = body.insertRow();
    for (const key of keys) {
      const value = row[key];
      line.insertCell().textContent = value === null ? "" : typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : String(value);
    }
  }
  place.replaceChildren(table);
}
