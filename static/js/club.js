// The club on a phone: its worker, notifications after a tap, the code on a screen that stays awake, and nothing left by who signs out.
const club = document.querySelector('meta[name="club"]').content;
const section = () => document.querySelector("#notifications");
const canWork = "serviceWorker" in navigator;
const canShow = canWork && "PushManager" in window && "Notification" in window;
const isApple = /iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone;
const subscription = async () => (canShow ? (await navigator.serviceWorker.ready).pushManager.getSubscription() : null);
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

if (canWork) {
  navigator.serviceWorker.register("/club/sw.js", { scope: "/club/" }).then(async () => {
    const wasThere = navigator.serviceWorker.controller;
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ offline: document.querySelector('meta[name="club"]').dataset.offline });
    const files = [...document.querySelectorAll("link[rel=stylesheet], script[src], use, image")];
    const places = files.map((one) => (one.href?.baseVal ?? one.href ?? one.src).split("#")[0]).filter((place) => place);
    if (!wasThere) active.postMessage({ keep: location.pathname, files: [...new Set(places)] });
  }).catch(() => {});
}

// A page out of the browser's memory may be of somebody who has signed out since.
addEventListener("pageshow", (event) => event.persisted && location.reload());
const showOffline = () => document.querySelectorAll("[data-club-offline]").forEach((one) => { one.hidden = navigator.onLine; });
addEventListener("offline", showOffline);
addEventListener("online", showOffline);

const leaveNothing = async (begins) => {
  const pages = await caches.open("club-pages");
  for (const kept of await pages.keys()) if (new URL(kept.url).pathname.startsWith(begins)) await pages.delete(kept);
};
// Nobody is signed in: whoever was has signed out elsewhere, or has not come for half a year.
// Offers that were read as a guest stay.
const leaveOffers = async () => {
  const pages = await caches.open("club-pages");
  for (const kept of await pages.keys()) {
    if (!new URL(kept.url).pathname.startsWith(`${club}offers/`)) continue;
    const text = await (await pages.match(kept))?.text();
    if (!text?.includes("data-club-guest")) await pages.delete(kept);
  }
};
if (canWork && document.querySelector("[data-club-guest]")) leaveNothing(`${club}cards/`).then(leaveOffers).catch(() => {});

// Notifications
const refused = (text) => {
  const place = section().querySelector("[data-refused]");
  place.textContent = text;
  place.hidden = !text;
};

const subscribed = async () => {
  const { pushManager } = await navigator.serviceWorker.ready, key = bytes(section().dataset.serverKey);
  const had = await pushManager.getSubscription();
  const its = had?.options.applicationServerKey && new Uint8Array(had.options.applicationServerKey);
  const isOurs = its && its.length === key.length && its.every((one, place) => one === key[place]);
  if (had && !isOurs) await had.unsubscribe();
  return had && isOurs ? had : pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
};

const fill = (form, { endpoint, keys }) => {
  for (const [name, value] of Object.entries({ endpoint, ...keys })) if (form.elements[name]) form.elements[name].value = value;
};

const whyNot = async () => {
  if (!canShow) return isApple && !isInstalled
    ? said("On an iPhone put this page on your Home Screen first: tap Share, then Add to Home Screen. Open it from there, and tap again.")
    : said("This browser shows no notifications. What is new lies in the inbox here.");
  const leave = await Notification.requestPermission();
  return leave === "granted" ? "" : said("This browser is not allowed to show notifications of this page. Allow it in its settings, then tap again.");
};

const switchOn = async (form) => {
  const reason = await whyNot();
  if (!reason) fill(form, (await subscribed()).toJSON());
  return reason;
};

document.addEventListener("htmx:confirm", (event) => {
  const form = event.target.closest?.("[data-notify]");
  if (!form) return;
  event.preventDefault();
  const isOn = form.dataset.notify === "on", wasMuted = "muted" in section().dataset;
  const ready = isOn ? switchOn(form) : subscription().then((one) => { if (one) fill(form, one.toJSON()); return ""; });
  ready.catch(() => said("This browser could not be set up to show notifications. The inbox has all that comes.")).then((reason) => {
    // Its inbox is switched on all the same.
    if (!reason || wasMuted) event.detail.issueRequest(true);
    if (reason) addEventListener("htmx:afterSettle", () => refused(reason), { once: wasMuted });
    if (reason && !wasMuted) refused(reason);
  });
});

const digest = async (text) => {
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...made].map((one) => one.toString(16).padStart(2, "0")).join("");
};

// Both keep their room, so that nothing moves.
const showHere = (isHere) => {
  section().querySelector("[data-here]").classList.toggle("unseen", !isHere);
  section().querySelector('[data-notify="on"]').classList.toggle("unseen", isHere);
};

// What this browser shows, as the server knows it; a browser that had leave is set up anew where the key, or its address, is another one.
const look = async () => {
  const here = section();
  if (!here) return;
  const on = here.querySelector('[data-notify="on"]'), had = await subscription().catch(() => null);
  if (had && "doneWith" in here.dataset) await had.unsubscribe();
  if ("muted" in here.dataset) return;
  const isKnown = had && here.dataset.browsers.split(" ").includes(await digest(had.endpoint));
  showHere(Boolean(isKnown));
  if (had && Notification.permission === "granted") {
    const now = await subscribed();
    if (isKnown && now.endpoint === had.endpoint) return;
    fill(on, now.toJSON());
    await fetch(on.action, { method: "POST", body: new URLSearchParams(new FormData(on)), headers: { "HX-Request": "true" } });
    showHere(true);
  }
};
look().catch(() => {});
document.addEventListener("htmx:afterSwap", (event) => event.target.id === "notifications" && look().catch(() => {}));

// Whoever signs out sees no news here any more, and leaves nothing.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-club-leaving]");
  if (!form || !canWork) return;
  event.preventDefault();
  const left = async () => {
    const one = await Promise.race([subscription(), new Promise((done) => setTimeout(done, 1000))]);
    if (one) fill(form, one.toJSON());
    await leaveNothing(club);
  };
  left().catch(() => {}).then(() => form.submit());
});

// To the home screen
let offer;
const acts = () => document.querySelectorAll("[data-install]");
if (isApple && !isInstalled) document.querySelectorAll("[data-install-by-hand]").forEach((one) => { one.hidden = false; });
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event;
  acts().forEach((one) => { one.hidden = false; });
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-install]") || !offer) return;
  offer.prompt();
  acts().forEach((one) => { one.hidden = true; });
});

// The screen stays awake while the code, or a use, shows, and no longer.
let lock = null; // that is asked for, or held
const letGo = async () => {
  const held = lock;
  lock = null;
  (await held)?.release();
};
const wake = async () => {
  if (lock || document.visibilityState !== "visible") return;
  const asked = lock = navigator.wakeLock.request("screen");
  const forget = () => { if (lock === asked) lock = null; };
  await asked.then((held) => held.addEventListener("release", forget), forget);
};
if ("wakeLock" in navigator && document.querySelector(".card-code, [data-use]")) {
  const seen = new IntersectionObserver((entries) => (entries.at(-1).isIntersecting ? wake() : letGo()).catch(() => {}), { threshold: 0.5 });
  const watch = () => {
    seen.disconnect();
    const code = document.querySelector("#card-code, [data-use]");
    if (code) seen.observe(code);
  };
  watch();
  document.addEventListener("htmx:afterSettle", watch);
  document.addEventListener("visibilitychange", watch);
}
