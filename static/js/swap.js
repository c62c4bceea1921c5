// After a part of the page is replaced: focus goes where the change is, and what went wrong is said.
const REASONS = {
  400: said("The portal did not understand this request. Reload the page and try again."),
  401: said("Your sign-in has ended. Reload the page to sign in again."),
  403: said("Your role does not allow this. Ask an owner of this partner."),
  404: said("This is no longer there. Reload the page to see what is."),
  409: said("Someone else changed this meanwhile. Reload the page and try again."),
  413: said("This file is too large. Choose a smaller one."),
  429: said("Too many tries in a short time. Wait a minute and try again."),
  503: said("The portal is busy. Nothing was changed. Try again in a moment."),
};
const OTHERWISE = said("Something went wrong on our side. Try again; if it happens again, reload the page.");
const UNREACHABLE = said("The portal cannot be reached. Check your connection and try again.");

const say = (text) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: "danger" } }));
let lastSaid = "";
const isPolling = (event) => event.detail.requestConfig?.triggeringEvent === undefined;

// A part that polls says once that it is out of date, not every few seconds.
const sayOnce = (event, text) => {
  if (isPolling(event) && text === lastSaid) return;
  lastSaid = text;
  say(text);
};

document.addEventListener("htmx:responseError", (event) => {
  sayOnce(event, REASONS[event.detail.xhr.status] ?? OTHERWISE);
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => sayOnce(event, UNREACHABLE));
}

let hadFocus = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  // A suggestion that comes late must not replace what somebody has typed meanwhile.
  const isTyped = (place) => place.value !== "";
  if (event.detail.target.matches("[data-suggestion]")) {
    event.detail.shouldSwap &&= ![...event.detail.target.querySelectorAll("input")].some(isTyped);
  }
  if (!event.detail.isError) lastSaid = "";
  hadFocus = event.detail.target.contains(document.activeElement) && document.activeElement !== document.body;
});

document.addEventListener("htmx:afterSwap", () => {
  // Whoever stands in the field already goes on typing: over the suggestion, not behind it.
  document.activeElement?.closest("[data-suggestion]") && document.activeElement.select();
});

const focusInside = (part) => {
  // What lies in a dialog that is shut cannot take the focus.
  const first = (selector) => [...part.querySelectorAll(selector)].find((place) => !place.closest("dialog:not([open])"));
  const place = first("[aria-invalid='true']") ?? first("[autofocus], [data-focus]") ?? part;
  if (!place.matches("a, button, input, select, textarea, summary")) place.tabIndex = -1;
  place.focus({ preventScroll: place === part });
};

// What an answer changes besides its own part, such as a count in the menu, settles first and has no claim to the focus.
const besides = new WeakSet();
document.addEventListener("htmx:oobAfterSwap", (event) => besides.add(event.target));

document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.target;
  if (!besides.has(part)) {
    const invalid = part.querySelector?.("[aria-invalid='true']");
    const lost = hadFocus && (document.activeElement === document.body || document.activeElement === null);
    if (lost || (hadFocus && invalid)) focusInside(part);
    hadFocus = false;
  }
  const news = part.matches?.("[data-announce]") ? part : part.querySelector?.("[data-announce]");
  if (news) document.getElementById("live").textContent = news.dataset.announce;
});
