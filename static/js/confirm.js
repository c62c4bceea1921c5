// A link to a page that asks opens the same question in a dialog.
addEventListener("click", (event) => {
  const opener = event.target.closest?.("a[data-dialog]");
  if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest?.("[data-close-dialog]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  } else if (event.target.matches?.("dialog[open]")) {
    event.target.close();
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) event.target.closest?.("dialog[open]:not([data-palette])")?.close();
});
