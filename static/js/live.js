// New rows show themselves to somebody who watches the top of a list; to somebody who reads further down, who has
// chosen something in it, or who wants less motion on the page, they are announced with a button instead.

const watching = (list) =>
  window.scrollY < 240 &&
  !document.hidden &&
  !list?.contains(document.activeElement) &&
  !list?.querySelector("tbody :checked") &&
  getSelection().isCollapsed;

document.body.addEventListener("htmx:afterSettle", () => {
  const show = document.querySelector("[data-show-new]");
  if (show && watching(document.querySelector(show.getAttribute("hx-target") ?? "#deals"))) show.click();
});
