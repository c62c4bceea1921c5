// The one worker of all clubs. It shows what is pushed, and keeps the pages of cards and offers to be read without a connection.
// WORDS is put before it by the portal (portal/club/app.py): what it says, by language.
const PAGES = "club-pages", FILES = "club-files", OFFLINE = "club-offline";
const MOST_FILES = 80;
const words = WORDS[navigator.language.split("-")[0]] || WORDS.en;
const clubOf = (path) => /^\/club\/[^/]+\//.exec(path)?.[0];
const isKept = (path) => /^\/club\/[^/]+\/((c|cards|offers)\/[^/]+)?$/.test(path);
const isFile = (place) => (place.pathname.startsWith("/static/") && place.searchParams.has("v")) || /^\/club\/[^/]+\/colours\.css$/.test(place.pathname) || /^\/pictures\/[^/]+$/.test(place.pathname);
const AS_IT_IS = { ignoreVary: true, ignoreSearch: true };

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event, place = new URL(request.url);
  if (place.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(read(event, place));
  else if (request.mode === "navigate") event.respondWith(send(request, place));
  else if (request.method === "GET" && isFile(place)) event.respondWith(file(request));
});

addEventListener("message", (event) => {
  if (event.data.offline) event.waitUntil(keepOffline(event.data.offline));
  if (event.data.keep) event.waitUntil(keepAll(event.data.keep, event.data.files));
});

// The network first; what answers is kept. A page that leads elsewhere or is gone takes along what was kept of it.
const read = async (event, place) => {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return offline(place.pathname);
  }
  if (answer.type === "opaqueredirect" && clubOf(place.pathname)) await forget(clubOf(place.pathname));
  else if (answer.status >= 400 && answer.status < 500) await (await caches.open(PAGES)).delete(place.pathname);
  else if (answer.ok && !answer.redirected && isKept(place.pathname)) event.waitUntil(put(place.pathname, answer.clone()));
  return answer;
};

// Whoever signs out leaves nothing here.
const send = async (request, place) => {
  const answer = await fetch(request);
  if (/\/(sign-out|sign-ins\/endings|removal)$/.test(place.pathname)) await forget(clubOf(place.pathname));
  return answer;
};

const put = async (path, answer) => (await caches.open(PAGES)).put(path, answer);

const forget = async (club) => {
  const pages = await caches.open(PAGES);
  const kept = await pages.keys();
  await Promise.all(kept.filter((one) => new URL(one.url).pathname.startsWith(club)).map((one) => pages.delete(one)));
};

const file = async (request) => {
  const files = await caches.open(FILES);
  const known = await files.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) {
    const [oldest, ...others] = await files.keys();
    if (others.length >= MOST_FILES) await files.delete(oldest);
    await files.put(request, answer.clone());
  }
  return answer;
};

// The first page that somebody opens is there before the worker is.
const keepAll = async (path, files) => {
  await Promise.allSettled(files.map((one) => file(new Request(one))));
  const answer = await fetch(path);
  if (answer.ok && !answer.redirected && isKept(path)) await put(path, answer);
};

// What a club shows of a page that is not kept; another one when the club has changed its looks, which its address tells.
const keepOffline = async (place) => {
  const kept = await caches.open(OFFLINE), { pathname } = new URL(place, location.origin);
  if (await kept.match(place, { ignoreVary: true })) return;
  const answer = await fetch(place);
  if (!answer.ok || answer.redirected) return;
  await kept.delete(pathname, AS_IT_IS);
  await kept.put(place, answer);
};

// As it was read last, which it says; a code that has aged gives way to the card's number.
const offline = async (path) => {
  const kept = await (await caches.open(PAGES)).match(path, AS_IT_IS);
  if (!kept) {
    const ofClub = clubOf(path) && (await (await caches.open(OFFLINE)).match(`${clubOf(path)}offline`, AS_IT_IS));
    if (ofClub) return ofClub;
  }
  if (!kept) return new Response(words.offline, { status: 503, headers: { "Content-Type": "text/plain; charset=utf-8" } });
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  const page = (await kept.text())
    .replace("data-club-offline hidden", "data-club-offline")
    .replace("<div data-live", "<div hidden data-live")
    .replace("<div data-still hidden>", "<div data-still>");
  return new Response(page, { headers });
};

// A push that shows nothing would cost the leave to show any.
addEventListener("push", (event) => event.waitUntil(show(event.data)));

const show = async (data) => {
  let told = {};
  try {
    told = data.json() || {};
  } catch {
    // What cannot be read is shown as news all the same.
  }
  await registration.showNotification(told.title || words.news, { body: told.body || "", tag: told.tag || "", data: { url: told.url } });
  if (told.signature) await fetch(`/push/${told.recipient}/${told.signature}/shown`, { method: "POST", keepalive: true }).catch(() => {});
};

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});

const open = async (url) => {
  const path = new URL(url || "/club/", location.origin).pathname, key = path.split("/").pop();
  const shown = (await clients.matchAll({ type: "window" })).find((one) => key && new URL(one.url).pathname.endsWith(`/c/${key}`));
  return shown ? shown.focus() : clients.openWindow(path);
};

// The browser has another address: that it names the old one proves that it is the same.
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

const renew = async ({ oldSubscription: old, newSubscription: given }) => {
  if (!old) return;
  const asked = { userVisibleOnly: true, applicationServerKey: old.options.applicationServerKey };
  const { endpoint, keys } = (given || (await registration.pushManager.subscribe(asked))).toJSON();
  await fetch("/push/renewal", { method: "POST", body: new URLSearchParams({ old: old.endpoint, endpoint, ...keys }) });
};
