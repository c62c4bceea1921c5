// One box chooses all rows of its list, and the button says how many are chosen.
const boxesOf = (list) => [...list.querySelectorAll("tbody input[type='checkbox']")];

const tell = (all) => {
  const boxes = boxesOf(document.querySelector(all.dataset.chooseAll));
  const chosen = boxes.filter((box) => box.checked).length;
  all.checked = boxes.length > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
  const count = all.form?.querySelector("[data-chosen]");
  if (count) count.textContent = chosen ? ` ${chosen}` : "";
};

addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-all]")) {
    for (const box of boxesOf(document.querySelector(event.target.dataset.chooseAll))) box.checked = event.target.checked;
  }
  document.querySelectorAll("[data-choose-all]").forEach(tell);
});

for (const event of ["pageshow", "htmx:afterSettle"]) {
  addEventListener(event, () => document.querySelectorAll("[data-choose-all]").forEach(tell));
}
