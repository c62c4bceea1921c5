// One box chooses all rows of its list, and the bar says how many are chosen.
const boxesOf = (list) => [...(document.querySelector(list)?.querySelectorAll("tbody input[type='checkbox']") ?? [])];

const tell = (all) => {
  const boxes = boxesOf(all.dataset.chooseAll);
  const chosen = boxes.filter((box) => box.checked).length;
  all.checked = boxes.length > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
  const count = all.form?.querySelector("[data-chosen]");
  if (count) count.textContent = chosen ? count.dataset.chosen.replace("{count}", chosen) : "";
};
const tellAll = () => document.querySelectorAll("[data-choose-all]").forEach(tell);

const choose = (list, isChosen) => {
  for (const box of boxesOf(list)) box.checked = isChosen;
  tellAll();
};

addEventListener("change", (event) => {
  const { chooseAll } = event.target.dataset;
  if (chooseAll) choose(chooseAll, event.target.checked);
  else tellAll();
});

addEventListener("click", (event) => {
  const none = event.target.closest?.("[data-choose-none]");
  if (!none) return;
  const [first] = boxesOf(none.dataset.chooseNone).filter((box) => box.checked);
  choose(none.dataset.chooseNone, false);
  first?.focus();
});

for (const event of ["pageshow", "htmx:afterSettle"]) addEventListener(event, tellAll);
