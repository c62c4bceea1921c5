// How long a use is still active: by the server's word and how long the page has been there, whatever the phone's clock says. A page
// that comes to sight again asks anew, for clocks stand still while a phone is locked.
const shownUse = document.querySelector("[data-use]");
if (shownUse) {
  const face = shownUse.querySelector("[data-use-clock]"), voice = document.querySelector("[data-use-said]");
  const over = document.querySelector("[data-use-over]"), told = new Set();
  const came = performance.getEntriesByType("navigation")[0]?.responseStart || performance.now();
  let ends = came + Number(shownUse.dataset.useLeft);
  const two = (number) => String(number).padStart(2, "0");
  const words = { 30: said("30 seconds left"), 10: said("10 seconds left"), 0: said("This use has ended.") };

  const show = () => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    const text = `${two(Math.floor(left / 60))}:${two(left % 60)}`;
    if (face.textContent !== text) face.textContent = text;
    if (left in words && !told.has(left)) {
      told.add(left);
      voice.textContent = words[left];
    }
    shownUse.hidden = !left;
    over.hidden = Boolean(left);
  };

  const ask = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const now = performance.now(), page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) ends = now + Number(page.querySelector("[data-use]")?.dataset.useLeft || 0);
    show();
  };

  show();
  setInterval(show, 250);
  let gone = null; // when the page went out of sight, by both clocks
  const slept = () => {
    const [then, wall] = gone;
    ends -= Math.max(0, Date.now() - wall - (performance.now() - then));
    show();
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask().catch(() => gone && slept()).finally(() => { gone = null; });
    else gone = [performance.now(), Date.now()];
  });
}
