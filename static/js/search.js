// The search box: keys that lead to it, and the arrow keys through its suggestions.
const SLASH_OFF = "search-without-slash";
const form = document.querySelector("[data-search]");
const box = form?.querySelector("input");
const list = () => document.getElementById("suggestions");
const options = () => [...list().querySelectorAll("[role='option']")];
const chosen = () => list().querySelector("[aria-selected='true']");
const isTyping = (place) => place.matches?.("input, textarea, select, [contenteditable]");
const wantsSlash = () => {
  try { return !localStorage.getItem(SLASH_OFF); } catch { return true; }
};

const tell = (isOpen) => {
  box.setAttribute("aria-expanded", String(isOpen && options().length > 0));
  if (!isOpen) box.removeAttribute("aria-activedescendant");
};

const shut = () => {
  list().hidden = true;
  chosen()?.setAttribute("aria-selected", "false");
  tell(false);
};

const choose = (option) => {
  chosen()?.setAttribute("aria-selected", "false");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", option.id);
};

const step = (by) => {
  const all = options();
  if (!all.length) return;
  list().hidden = false;
  tell(true);
  const place = all.indexOf(chosen());
  choose(all[place < 0 ? (by > 0 ? 0 : all.length - 1) : (place + by + all.length) % all.length]);
};

const open = () => {
  const sidebar = document.getElementById("sidebar");
  if (!box.checkVisibility()) sidebar.showPopover();
  box.focus();
  box.select();
};

if (box) {
  addEventListener("keydown", (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (document.querySelector("dialog[open]") || !(isShortcut || (isSlash && wantsSlash()))) return;
    event.preventDefault();
    open();
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list().hidden && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape" && !list().hidden) {
      event.preventDefault();
      shut();
    } else if (event.key === "Tab") {
      shut();
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "suggestions") return;
    // An answer that comes after somebody went on, or emptied the box, is no longer asked for.
    if (document.activeElement !== box || !box.value.trim()) shut();
    else tell(!list().hidden);
  });
  addEventListener("click", (event) => { if (!form.contains(event.target)) shut(); });
  box.addEventListener("focus", () => { if (box.value.trim() && options().length) { list().hidden = false; tell(true); } });
}

const slash = document.querySelector("[data-slash]");
if (slash) {
  slash.checked = wantsSlash();
  slash.addEventListener("change", () => {
    try { slash.checked ? localStorage.removeItem(SLASH_OFF) : localStorage.setItem(SLASH_OFF, "1"); } catch { /* It stays on. */ }
  });
}
