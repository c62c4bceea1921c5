// Rows are put in order by dragging a handle, or by the arrow keys on it. The rows hold the order themselves: their fields are sent
// as they stand. A row that moves stays where it is in the page, and others change around it: so it keeps the focus and the finger.
const EDGE = 64;
const listOf = (handle) => handle.closest("[data-order]");
const rowOf = (handle) => [...listOf(handle).children].find((row) => row.contains(handle));
const middle = (row) => row.getBoundingClientRect().top + row.getBoundingClientRect().height / 2;

const up = (row) => row.previousElementSibling && row.after(row.previousElementSibling);
const down = (row) => row.nextElementSibling && row.before(row.nextElementSibling);

const tell = (list, row) => {
  const rows = [...list.children];
  const words = { name: row.dataset.name ?? "", place: rows.indexOf(row) + 1, all: rows.length };
  const sentence = said("{name}: place {place} of {all}");
  document.getElementById("live").textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  list.dispatchEvent(new CustomEvent("order", { bubbles: true }));
};

let dragged = null;

const end = (isKept) => {
  if (!dragged) return;
  const { list, row, before } = dragged;
  dragged = null;
  row.classList.remove("dragged");
  if (!isKept) list.append(...before);
  else if (before.some((each, place) => list.children[place] !== each)) tell(list, row);
};

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  if (!handle || event.button) return;
  event.preventDefault();
  handle.focus();
  const list = listOf(handle), row = rowOf(handle);
  dragged = { list, row, before: [...list.children] };
  row.classList.add("dragged");
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const { row } = dragged;
  while (row.previousElementSibling && event.clientY < middle(row.previousElementSibling)) up(row);
  while (row.nextElementSibling && event.clientY > middle(row.nextElementSibling)) down(row);
  if (event.clientY < EDGE) scrollBy(0, -EDGE / 4);
  if (event.clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4);
});

document.addEventListener("pointerup", () => end(true));
document.addEventListener("pointercancel", () => end(false));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && dragged) return end(false);
  const move = { ArrowUp: up, ArrowDown: down }[event.key];
  const handle = move && event.target.closest?.("[data-handle]");
  if (!handle) return;
  event.preventDefault();
  const row = rowOf(handle);
  if (move(row) !== null) tell(listOf(handle), row);
});
