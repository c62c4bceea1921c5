// A list's filters apply by themselves: what is chosen at once, what is typed when nothing was typed for a moment.
const TYPED = 350;
const DAY_TYPED = 900;
const asked = (form) => new URLSearchParams(new FormData(form)).toString();
const shown = new WeakMap();
let waits;

const apply = (form) => {
  if (shown.get(form) === asked(form)) return;
  shown.set(form, asked(form));
  form.requestSubmit();
};

addEventListener("focusin", (event) => {
  const form = event.target.closest?.("form[data-filters]");
  if (form && !shown.has(form)) shown.set(form, asked(form));
});

for (const kind of ["input", "change"]) {
  addEventListener(kind, (event) => {
    const form = event.target.closest?.("form[data-filters]");
    // A field with a list is applied once somebody has chosen: half a name is nobody's.
    if (!form || (kind === "input" && event.target.matches("input[list]"))) return;
    clearTimeout(waits);
    const isTyped = kind === "input" && event.target.matches("[type='search'], [type='text'], [type='date'], [type='number']");
    const pause = isTyped ? (event.target.type === "date" ? DAY_TYPED : TYPED) : 0;
    waits = setTimeout(() => apply(form), pause);
  });
}
