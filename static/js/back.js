// Whoever sent a form by the keyboard, and reads the same page again, goes on where they were: at the button, at the next one
// in its place where what it decided is gone, or at the heading.
const KEPT = "back", NAMES = "main :is(button, summary)";
let byKeys = false;

addEventListener("keydown", () => { byKeys = true; }, true);
addEventListener("pointerdown", () => { byKeys = false; }, true);

const places = () => [...document.querySelectorAll(NAMES)].filter((one) => one.checkVisibility());

addEventListener("submit", (event) => {
  const edit = event.target.closest("main details"), pressed = edit?.querySelector("summary") ?? event.submitter;
  if (!byKeys || !pressed?.closest("main")) return;
  try { sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, places().indexOf(pressed), Date.now()])); } catch { /* A browser that keeps nothing. */ }
});

const taken = () => {
  try {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return JSON.parse(kept) ?? [];
  } catch { return []; }
};

const [path, place, at] = taken();
if (path === location.pathname && Date.now() - at < 30_000 && document.activeElement === document.body) {
  const heading = document.querySelector("main h1");
  const next = places()[place] ?? heading;
  if (next === heading) heading?.setAttribute("tabindex", "-1");
  next?.focus();
}
