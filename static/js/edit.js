// A form that opens in the place of what it changes takes the focus, and gives it back on Escape.
document.addEventListener("toggle", (event) => {
  const form = event.target;
  if (!form.matches?.("details.edit-form") || !form.open) return;
  const field = form.querySelector("[aria-invalid='true'], input:not([type='hidden']), textarea, select");
  field?.focus();
  if (field?.matches("input:not([type='checkbox'], [type='radio'])")) field.select();
}, true);

const shut = (form) => {
  form.open = false;
  form.querySelector("summary").focus();
};

addEventListener("keydown", (event) => {
  const form = event.key === "Escape" && event.target.closest?.("details.edit-form[open]");
  if (form) shut(form);
});

addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-close-edit]")) return;
  event.preventDefault();
  shut(event.target.closest("details.edit-form"));
});
