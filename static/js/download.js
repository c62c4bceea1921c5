// A link to a file leaves its page as it is: what the page says of the file hears of it here, as htmx keeps the browser from
// following a link whose own click it waits for.
document.addEventListener("click", (event) => {
  event.target.closest("[data-download]")?.dispatchEvent(new CustomEvent("download", { bubbles: true }));
});
