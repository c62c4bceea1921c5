// How long something is still held, in minutes and seconds, by how long the page has been there: nobody's clock is asked. When
// it is over the page is loaded anew, and says what became of it.
const begun = new WeakMap();
const two = (number) => String(number).padStart(2, "0");

const tick = () => {
  for (const clock of document.querySelectorAll("[data-left]")) {
    if (!begun.has(clock)) begun.set(clock, performance.now());
    const left = Math.ceil(Number(clock.dataset.left) - (performance.now() - begun.get(clock)) / 1000);
    const text = `${two(Math.floor(Math.max(left, 0) / 60))}:${two(Math.max(left, 0) % 60)}`;
    if (clock.textContent !== text) clock.textContent = text;
    if (left < 0 && clock.dataset.over === undefined) {
      clock.dataset.over = "";
      if (clock.dataset.reload !== undefined) location.reload();
    }
  }
};

let ticking;
const begin = () => {
  if (!ticking && document.querySelector("[data-left]")) ticking = setInterval(tick, 500);
};

begin();
document.addEventListener("htmx:afterSettle", begin);
