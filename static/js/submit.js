// Enter in a field that only searches inside a form looks up at once, and does not send the form.
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.("[data-search-only]")) return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("search"));
});

// A form is sent once. The pressed button keeps its focus, so it is not disabled but ignored.
const GIVE_UP_AFTER = 10000;

const release = (form) => {
  delete form.dataset.sending;
  form.querySelectorAll("[data-pressed]").forEach((button) => {
    delete button.dataset.pressed;
    button.removeAttribute("aria-disabled");
  });
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sending !== undefined) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "";
  if (event.submitter) {
    event.submitter.dataset.pressed = "";
    event.submitter.setAttribute("aria-disabled", "true");
  }
  setTimeout(() => release(form), GIVE_UP_AFTER);
}, true);

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-sending]");
  if (form) release(form);
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
