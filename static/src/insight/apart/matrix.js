// The completion report: each number leads to the people behind it, the row's list narrowed to the column's course. Five hundred addresses in
// the page would be most of it; without script the row's own link opens its list, where one chooses the course.
const table = document.querySelector("table.matrix");
const heads = [...(table?.tHead.rows[0].cells ?? [])];

for (const row of table?.tBodies[0].rows ?? []) {
  const list = row.querySelector("th small a");
  const name = row.querySelector("th > *")?.textContent;
  if (!list) continue;
  for (const cell of row.cells) {
    const head = heads[cell.cellIndex];
    if (!head.dataset.course || cell.matches(".few")) continue;
    const address = new URL(list.href);
    address.searchParams.set("course", head.dataset.course);
    const link = document.createElement("a");
    link.href = address.pathname + address.search;
    link.setAttribute("aria-label", `${name}, ${head.textContent}: ${[...cell.childNodes].map((part) => part.textContent).join(", ")}`);
    link.append(...cell.childNodes);
    cell.append(link);
  }
}
