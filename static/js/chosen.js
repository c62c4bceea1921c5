// What is typed into the field of a choice chooses it. What stands in the field of another choice is not sent: it is taken
// out, and put back with a change of mind.
const choiceOf = (field) => field.form?.elements[field.dataset.chooses];
const isChosen = (field) => choiceOf(field)?.value === field.dataset.chosen;
const shownFirst = (field) => Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));

const put = (field) => {
  if (isChosen(field)) {
    field.value = field.dataset.typed ?? field.value;
    delete field.dataset.typed;
  } else if (field.options) field.selectedIndex = shownFirst(field);
  else if (field.value) {
    field.dataset.typed = field.value;
    field.value = "";
  }
};
const putAll = (form, name) => form.querySelectorAll(`[data-chooses="${CSS.escape(name)}"]`).forEach(put);

addEventListener("input", ({ target }) => {
  if (!target.dataset?.chooses || !target.value || isChosen(target)) return;
  delete target.dataset.typed;
  choiceOf(target).value = target.dataset.chosen;
  putAll(target.form, target.dataset.chooses);
});
addEventListener("change", ({ target }) => {
  if (target.form && target.name) putAll(target.form, target.name);
  if (target.matches?.(".choice input")) {
    const search = target.closest("fieldset")?.querySelector("[data-search-only]");
    if (search) search.value = "";
  }
});
