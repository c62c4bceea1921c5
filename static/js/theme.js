// Runs before the first paint, so that a chosen theme never flashes.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const show = () => {
    const chosen = stored();
    if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
    else delete root.dataset.theme;
    root.dataset.shown = root.dataset.theme ?? (dark.matches ? "dark" : "light");
  };

  root.dataset.scripts = "";
  show();
  dark.addEventListener("change", show);
  addEventListener("storage", show);
  addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-theme-toggle]")) return;
    const next = root.dataset.shown === "dark" ? "light" : "dark";
    const system = dark.matches ? "dark" : "light";
    try {
      if (next === system) localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch { /* A browser that keeps nothing still follows the system. */ }
    show();
  });
})();
