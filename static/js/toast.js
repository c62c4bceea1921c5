// Shows messages; good news leaves by itself, bad news stays until it is dismissed.
const region = document.getElementById("toasts");
const LEAST = matchMedia("(max-width: 40rem)").matches ? 4500 : 7000; // On a phone it lies on the page.
const A_LETTER = 80; // Milliseconds. Whoever reads slowly comes to the end of what is long.

const leave = (toast) => {
  toast.classList.add("leaving");
  setTimeout(() => toast.remove(), 300);
};

const watch = (toast) => {
  if (toast.dataset.watched !== undefined) return;
  toast.dataset.watched = "";
  if (toast.dataset.stays !== undefined) return;
  const shownFor = Math.max(LEAST, A_LETTER * toast.querySelector(".toast-text").textContent.length);
  let timer;
  const start = () => { clearTimeout(timer); timer = setTimeout(() => leave(toast), shownFor); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("mouseenter", stop);
  toast.addEventListener("mouseleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
};

const add = ({ text, tone = "info" }) => {
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  toast.classList.add(`tone-${tone}`);
  toast.querySelector(".toast-text").textContent = text;
  if (tone === "danger") {
    toast.dataset.stays = "";
    toast.setAttribute("role", "alert");
  }
  region.append(toast);
};

if (region) {
  region.querySelectorAll(".toast").forEach(watch);
  new MutationObserver(() => region.querySelectorAll(".toast").forEach(watch)).observe(region, { childList: true });
  region.addEventListener("click", (event) => {
    const button = event.target.closest(".toast button");
    if (button) leave(button.closest(".toast"));
  });
  document.addEventListener("toast", (event) => add(event.detail));
}
