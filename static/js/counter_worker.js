// The counter opens without a connection: its page and what that is made of are kept on the phone, nothing of anybody's.
// FILES stands above: their addresses change with their content, and this script with them.
const SHELL = "/counter/shell";
const KEPT = "counter-shell";

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.delete(KEPT).then(() => caches.open(KEPT)).then((cache) => cache.addAll([SHELL, ...FILES])));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  if (event.data === "keep") {
    event.waitUntil(caches.has(KEPT).then((has) => has || caches.open(KEPT).then((cache) => cache.addAll([SHELL, ...FILES]))));
  }
});

const kept = async (request) => (await caches.match(request)) ?? fetch(request);
const orShell = (request) => fetch(request).catch(async () => (await caches.match(SHELL)) ?? Response.error());

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, search, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  if (FILES.includes(pathname + search)) event.respondWith(kept(request));
  else if (request.mode === "navigate" && /^\/counter(\/|$)/.test(pathname)) event.respondWith(orShell(request));
});
