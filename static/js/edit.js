// A form that opens in the place of what it changes takes the focus, and gives it back on Escape.
const enter = (form) => {
  const field = form.querySelector("[aria-invalid='true'], input:not([type='hidden']), textarea, select");
  field?.focus();
  if (field?.matches("input:not([type='checkbox'], [type='radio'])")) field.select();
};

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details.edit-form") && event.target.open) enter(event.target);
}, true);

// One that is brought only when it is opened.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.matches?.("details.edit-form[open] > form")) enter(event.target.parentElement);
});

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
