// The search over any page: keys that open it, the arrow keys through what it finds, and what was opened lately.
const SLASH_OFF = "search-without-slash";
const RECENT = 6;
const palette = document.querySelector("dialog[data-palette]");
const box = palette?.querySelector("input");
const list = () => document.getElementById("suggestions");
const options = () => [...list().querySelectorAll("[role='option']")].filter((option) => option.checkVisibility());
const chosen = () => list().querySelector("[aria-selected='true']");
const isTyping = (place) => place.matches?.("input, textarea, select, [contenteditable]");
const kept = (name) => {
  try { return localStorage.getItem(name); } catch { return null; }
};
const keep = (name, value) => {
  try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* A browser that keeps nothing. */ }
};
const wantsSlash = () => !kept(SLASH_OFF);

const choose = (option) => {
  chosen()?.setAttribute("aria-selected", "false");
  option.id ||= `suggestion-${options().indexOf(option) + 1}`;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", option.id);
};

const step = (by) => {
  const all = options();
  if (!all.length) return;
  const place = all.indexOf(chosen());
  choose(all[place < 0 ? (by > 0 ? 0 : all.length - 1) : (place + by + all.length) % all.length]);
};

// What was opened lately stays in this browser, for this person at this partner.
const recentKey = palette && `recent-${palette.dataset.palette}`;
const recent = () => {
  try { return JSON.parse(kept(recentKey)) ?? []; } catch { return []; }
};
const remember = (url, name, note) => {
  if (!name) return;
  const others = recent().filter((one) => one.url !== url);
  keep(recentKey, JSON.stringify([{ url, name, note }, ...others].slice(0, RECENT)));
};

// Whoever signs out leaves nothing behind, of no partner that they worked for.
const forgetRecent = () => {
  try { Object.keys(localStorage).filter((name) => name.startsWith("recent-")).forEach((name) => keep(name, "")); } catch { /* As above. */ }
};

const showRecent = () => {
  const group = document.getElementById("recent");
  if (!group) return;
  const option = document.getElementById("recent-option").content.firstElementChild;
  for (const { url, name, note } of recent().filter((one) => one.url !== location.pathname)) {
    const shown = option.cloneNode(true);
    shown.href = new URL(url, location.origin).pathname;
    const [title, small] = shown.querySelectorAll(".suggestion-text > *");
    title.textContent = name;
    small.textContent = note;
    group.append(shown);
    group.hidden = false;
  }
};

const open = () => {
  const sidebar = document.getElementById("sidebar");
  if (sidebar.matches(":popover-open")) sidebar.hidePopover();
  palette.showModal();
  box.select();
  htmx.trigger(box, "asked");
};

if (palette?.showModal) {
  addEventListener("keydown", (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (document.querySelector("dialog[open]") || !(isShortcut || (isSlash && wantsSlash()))) return;
    event.preventDefault();
    open();
  });

  addEventListener("click", (event) => {
    if (event.target.closest?.("[role='option']")?.closest("dialog[data-palette]")) palette.close();
    if (!event.target.closest?.("a[data-palette-open]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen() && list().dataset.of === box.value.trim()) {
      event.preventDefault();
      chosen().click();
    }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "suggestions") return;
    list().dataset.of = event.detail.requestConfig.parameters.q?.trim() ?? "";
    showRecent();
    const all = options();
    box.setAttribute("aria-expanded", String(all.length > 0));
    if (all.length) choose(all[0]);
    else box.removeAttribute("aria-activedescendant");
    document.getElementById("palette-said").textContent = list().dataset.said;
  });

  const head = document.querySelector("main h1");
  const trail = document.querySelector("main .breadcrumbs a");
  if (head && trail && !document.querySelector("main form.form:not(.edit-form form)")) {
    remember(location.pathname, head.textContent.trim(), trail.textContent.trim());
  }
  document.getElementById("sign-out")?.addEventListener("submit", forgetRecent);
}

const slash = document.querySelector("[data-slash]");
if (slash) {
  slash.checked = wantsSlash();
  slash.addEventListener("change", () => keep(SLASH_OFF, slash.checked ? "" : "1"));
}
